-- How many searches are found in which logs, and how many each log holds, on the ground that all of them have in common.
WITH held AS (
  SELECT log_list.log, label, sum(CASE WHEN substring(history, log_list.log, 1) = '1' THEN log_histories.searches ELSE 0 END) AS searches
  FROM log_list CROSS JOIN log_histories
  GROUP BY log_list.log, label
),
parts AS (
  SELECT 0 AS place, 0 AS turn, 'all' AS breakdown, 'all' AS label, sum(searches) AS value FROM log_histories
  UNION ALL
  SELECT 1, 0, 'found in', history, searches FROM log_histories
  UNION ALL
  SELECT 2, log, 'log', label, searches FROM held
  UNION ALL
  SELECT 3, 0, 'organisation in one log', 'pairs of logs of which one names organisations', count(*)
  FROM log_terms WHERE organisation_in_one
)
SELECT breakdown, label, CAST(value AS DOUBLE) AS value, CAST(NULL AS DOUBLE) AS numerator, CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY place, turn, label DESC
