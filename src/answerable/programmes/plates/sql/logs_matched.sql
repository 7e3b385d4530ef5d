-- The searches of each log, on the ground that it has in common with another, that are found in the other.
WITH both_ways AS (
  SELECT pair, 1 AS way, concat(one_label, ', found in ', other_label) AS label, ones_found AS found, ones AS searches,
    ones_untold AS untold, concat(one_label, ', against ', other_label) AS against, one_searches AS held
  FROM log_figures
  UNION ALL
  SELECT pair, 2, concat(other_label, ', found in ', one_label), twos_found, twos, twos_untold,
    concat(other_label, ', against ', one_label), other_searches
  FROM log_figures
),
other_ground AS (
  SELECT log_counts.*, one_label, other_label
  FROM log_counts JOIN log_figures ON log_figures.pair = log_counts.pair
  WHERE NOT in_measures AND by_agency AND (log_counts.ones <> log_figures.ones OR log_counts.twos <> log_figures.twos)
),
other_ways AS (
  SELECT pair, 1 AS way, concat(one_label, ', found in ', other_label) AS label, least(pairs, ones) AS found,
    ones AS searches, ground
  FROM other_ground
  UNION ALL
  SELECT pair, 2, concat(other_label, ', found in ', one_label), least(pairs, twos), twos, ground
  FROM other_ground
),
parts AS (
  SELECT 0 AS place, 0 AS pair, 0 AS way, 'all' AS breakdown, 'all' AS label, coalesce(sum(found), 0) AS numerator,
    coalesce(sum(searches), 0) AS denominator
  FROM both_ways
  UNION ALL
  SELECT 1, pair, way, 'direction', label, found, searches FROM both_ways WHERE searches > 0
  UNION ALL
  SELECT 2, pair, way, CASE WHEN ground = 'both' THEN 'direction, organisations that both logs name'
    ELSE 'direction, every organisation' END, label, found, searches
  FROM other_ways WHERE searches > 0
  UNION ALL
  SELECT 4, pair, 1, 'found by', concat(label, ': by ID'), ids_same + ids_near + ids_hour, pairs
  FROM log_figures WHERE numbering <> 'none' AND pairs > 0
  UNION ALL
  SELECT 4, pair, 2, 'found by', concat(label, ': by the rule (', rule, ')'), rule_single + rule_tied + rule_hour, pairs
  FROM log_figures WHERE numbering <> 'all' AND pairs > 0
  UNION ALL
  SELECT 5, pair, way, 'on common ground', against, searches + untold, held FROM both_ways
  UNION ALL
  SELECT 6, pair, way, 'told apart by the rule or an ID', label, searches, searches + untold FROM both_ways WHERE untold > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, pair, way
