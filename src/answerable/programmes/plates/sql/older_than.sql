-- Reads that were held at the date of the audit although they were older than a number of days, among all held then.
WITH held AS (
  SELECT month, agency, days_between(CAST(clock_time AS DATE), as_of) AS age, count(*) AS seen
  FROM base_reads CROSS JOIN stated
  WHERE clock_time IS NOT NULL
    AND (deleted_at IS NULL OR CAST(coalesce(deleted_at_local, deleted_at) AS DATE) > as_of)
  GROUP BY month, agency, days_between(CAST(clock_time AS DATE), as_of)
),
limits (days) AS (VALUES (30), (60), (90), (180), (365)),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(CASE WHEN age > {days} THEN seen ELSE 0 END), 0) AS numerator,
    coalesce(sum(seen), 0) AS denominator
  FROM held
  UNION ALL
  SELECT days, 'days', CAST(days AS STRING), coalesce(sum(CASE WHEN age > days THEN seen ELSE 0 END), 0), sum(seen)
  FROM held CROSS JOIN limits GROUP BY days
  UNION ALL
  SELECT 1000, 'agency', coalesce(agency, '(organisation not stated)'), sum(CASE WHEN age > {days} THEN seen ELSE 0 END), sum(seen)
  FROM held GROUP BY agency
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN denominator END DESC NULLS LAST, label
