-- Records dated after the audit, among all that have a time. They are in no rate.
WITH counted AS (
  SELECT source, count(*) AS dated,
    count(*) FILTER (WHERE CAST(coalesce(${time}_local, $time) AS DATE) > as_of) AS later
  FROM $kind CROSS JOIN stated
  WHERE $time IS NOT NULL
  GROUP BY source
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(later), 0) AS numerator, coalesce(sum(dated), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT source, 'source', concat('Source ', source), later, dated FROM counted
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, label
