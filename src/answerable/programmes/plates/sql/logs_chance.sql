-- What the rule found at the right clock, what it left over, and how many pairs it makes of that at clocks that cannot be right.
WITH left_over AS (
  SELECT log_figures.pair, label, rule_single + rule_tied AS matched, rule_hour, ones_left, twos_left
  FROM log_figures WHERE numbering <> 'all' AND rule_single + rule_tied + rule_hour > 0
),
parts AS (
  SELECT 0 AS place, 0 AS pair, 0 AS turn, 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS DOUBLE) AS numerator, CAST(sum(matched + rule_hour) AS DOUBLE) AS denominator
  FROM left_over
  UNION ALL
  SELECT 1, pair, 0, 'pairs at the right clock', label, matched, NULL, NULL FROM left_over
  UNION ALL
  SELECT 2, pair, 0, 'pairs an hour apart', label, rule_hour, NULL, NULL FROM left_over
  UNION ALL
  SELECT 3, pair, 0, 'left over in the first log', label, ones_left, NULL, NULL FROM left_over
  UNION ALL
  SELECT 4, pair, 0, 'left over in the second log', label, twos_left, NULL, NULL FROM left_over
  UNION ALL
  SELECT 5, left_over.pair, moved, concat('tried at a clock wrong by ', family), label, ones, NULL, NULL
  FROM left_over JOIN log_chance ON log_chance.pair = left_over.pair
  UNION ALL
  SELECT 6, left_over.pair, moved, concat('pairs at a clock wrong by ', family), label, pairs, NULL, NULL
  FROM left_over JOIN log_chance ON log_chance.pair = left_over.pair
)
SELECT breakdown, label, CAST(value AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, pair, turn
