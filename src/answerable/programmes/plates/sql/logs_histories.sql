-- How many searches are found in which logs, and how many each log holds, on the ground that all of them have in common.
WITH held AS (
  SELECT place, label,
    sum(CASE WHEN substring(history, place, 1) = '1' THEN log_histories.searches ELSE 0 END) AS searches
  FROM log_together JOIN log_list ON log_list.log = log_together.log CROSS JOIN log_histories
  GROUP BY place, label
),
parts AS (
  SELECT 0 AS part, 0 AS place, 'all' AS breakdown, 'all' AS label, sum(searches) AS value FROM log_histories
  UNION ALL
  SELECT 1, 0, 'found in', history, searches FROM log_histories
  UNION ALL
  SELECT 2, place, 'log', label, searches FROM held
  UNION ALL
  SELECT 3, log_list.log, 'left out', label, log_list.searches
  FROM log_list LEFT JOIN log_together ON log_together.log = log_list.log WHERE log_together.log IS NULL
  UNION ALL
  SELECT 4, 0, 'organisation in one log', 'pairs of logs of which one names organisations', count(*)
  FROM log_terms
  JOIN log_together AS ones ON ones.log = one
  JOIN log_together AS others ON others.log = other
  WHERE organisation_in_one
)
SELECT breakdown, label, CAST(value AS DOUBLE) AS value, CAST(NULL AS DOUBLE) AS numerator, CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY part, place, label DESC
