-- How many incidents the outcomes stand for, by type, by how they were recorded and by month.
WITH counted AS (
  SELECT coalesce(type, '(type not stated)') AS type, coalesce(recorded_how, '(not stated)') AS how,
    coalesce(month, '(month not stated)') AS month, coalesce(CAST(sum(incidents) AS BIGINT), 0) AS number
  FROM base_outcomes GROUP BY type, recorded_how, month
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(number), 0) AS number FROM counted
  UNION ALL
  SELECT 1, 'type', type, sum(number) FROM counted GROUP BY type
  UNION ALL
  SELECT 2, 'how recorded', how, sum(number) FROM counted GROUP BY how
  UNION ALL
  SELECT 3, 'month', month, sum(number) FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(number AS DOUBLE) AS value, CAST(number AS BIGINT) AS numerator, CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY place, label
