-- Pairs that the rule makes of one search in each log, by their set of verdicts. The fields that the rule may read agree by
-- construction, so no verdict is given on them.
SELECT pair, common, $verdicts, count(*) AS pairs
FROM (
  SELECT one.pair, one.common,
    $compared
  FROM log_open AS one
  JOIN log_open AS other ON other.pair = one.pair AND other.at_second = one.at_second AND other.key_agency = one.key_agency
    AND other.key_type = one.key_type AND other.key_networks = one.key_networks
  LEFT JOIN log_ties ON log_ties.pair = one.pair AND log_ties.at_second = one.at_second
    AND log_ties.key_agency = one.key_agency AND log_ties.key_type = one.key_type
    AND log_ties.key_networks = one.key_networks
  WHERE one.side = 1 AND other.side = 2 AND log_ties.pair IS NULL
) AS compared
GROUP BY pair, common, $verdicts
