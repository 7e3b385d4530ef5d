-- The age in days, at the date of the audit, of the oldest read that was held then, in all, by source and by organisation.
WITH held AS (
  SELECT source, agency, days_between(min(CAST(clock_time AS DATE)), max(as_of)) AS age
  FROM base_reads CROSS JOIN stated
  WHERE clock_time IS NOT NULL
    AND (deleted_at IS NULL OR CAST(coalesce(deleted_at_local, deleted_at) AS DATE) > as_of)
  GROUP BY source, agency
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, max(age) AS age FROM held HAVING count(*) > 0
  UNION ALL
  SELECT source, 'source', concat('Source ', source), max(age) FROM held GROUP BY source
  UNION ALL
  SELECT 1000000001, 'agency', coalesce(agency, '(organisation not stated)'), max(age) FROM held GROUP BY agency
)
SELECT breakdown, label, CAST(age AS DOUBLE) AS value, CAST(NULL AS DOUBLE) AS numerator, CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY place, label
