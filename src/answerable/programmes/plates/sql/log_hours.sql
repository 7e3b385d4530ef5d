-- Pairs that the rule makes of what is left over, where a part of the searches is evidently an hour apart.
WITH crossed AS (
  SELECT one.pair, one.common, one.one_left_0, one.one_left_1, other.two_left_0, other.two_left_1,
    least(one.one_left_1, other.two_left_0) AS one_to_0, least(one.one_left_0, other.two_left_1) AS two_to_0
  FROM log_loose AS one
  JOIN log_terms ON log_terms.pair = one.pair
  JOIN log_loose AS other ON other.pair = one.pair AND other.at_second = one.at_second + log_terms.hour
    AND other.key_agency = one.key_agency AND other.key_type = one.key_type AND other.key_networks = one.key_networks
  WHERE log_terms.hour <> 0 AND one.one_left_0 + one.one_left_1 > 0 AND other.two_left_0 + other.two_left_1 > 0
)
SELECT pair, common, sum(one_to_0 + two_to_0 + least(one_left_0 - two_to_0, two_left_0 - one_to_0)) AS pairs
FROM crossed
GROUP BY pair, common
