-- Searches that share the fields of the rule but are not one in each log: how many each log holds, with an ID (1) or
-- without (0), how many pairs they make, and how many are left over in each. Two searches with IDs make no pair here: theirs
-- differ. What is not in this table is one search in each log, and one pair.
WITH alike AS (
  SELECT pair, common, at_second, key_agency, key_type, key_networks,
    count(CASE WHEN side = 1 AND NOT numbered THEN 1 END) AS one_0, count(CASE WHEN side = 1 AND numbered THEN 1 END) AS one_1,
    count(CASE WHEN side = 2 AND NOT numbered THEN 1 END) AS two_0, count(CASE WHEN side = 2 AND numbered THEN 1 END) AS two_1
  FROM log_open
  GROUP BY pair, common, at_second, key_agency, key_type, key_networks
),
crossed AS (
  SELECT alike.*, least(one_1, two_0) AS one_to_0, least(one_0, two_1) AS two_to_0
  FROM alike
  WHERE one_0 + one_1 <> 1 OR two_0 + two_1 <> 1 OR one_0 + two_0 = 0
),
plain AS (
  SELECT crossed.*, least(one_0 - two_to_0, two_0 - one_to_0) AS of_0 FROM crossed
)
SELECT pair, common, at_second, key_agency, key_type, key_networks, one_0 + one_1 AS ones, two_0 + two_1 AS twos,
  one_to_0 + two_to_0 + of_0 AS pairs,
  one_0 - two_to_0 - of_0 AS one_left_0, one_1 - one_to_0 AS one_left_1,
  two_0 - one_to_0 - of_0 AS two_left_0, two_1 - two_to_0 AS two_left_1
FROM plain
