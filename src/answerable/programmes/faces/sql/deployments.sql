-- $over among $under, over deployments that state both, in all and by deployment in the order of their dates.
WITH counted AS (
  SELECT iso_date(clock_time) AS day, location, source, $over AS numerator, $under AS denominator
  FROM base_deployments
  WHERE $over IS NOT NULL AND $under IS NOT NULL AND ($where)
),
contradicting AS (
  SELECT count(*) AS deployments FROM base_deployments WHERE $over IS NOT NULL AND $under IS NOT NULL AND NOT ($where)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(numerator), 0) AS numerator,
    coalesce(sum(denominator), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'deployment', concat(day, CASE WHEN location IS NOT NULL THEN concat(', ', location) ELSE '' END), numerator, denominator FROM counted
  UNION ALL
  SELECT 2, 'left out', 'deployments with more of the first than of the second', deployments, NULL
  FROM contradicting WHERE deployments > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, label, denominator, numerator
