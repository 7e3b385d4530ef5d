-- What portals state of their retention: quantiles, and how many state each number of days.
WITH stated_days AS (
  SELECT retention AS size, count(*) AS portals FROM portals WHERE retention IS NOT NULL GROUP BY retention
),
ranked AS (
  SELECT size, sum(portals) OVER (ORDER BY size) AS up_to, sum(portals) OVER () AS total FROM stated_days
),
parts AS (
  SELECT 0 AS place, 0e0 AS size, 'all' AS breakdown, 'all' AS label, min(size) AS value, CAST(NULL AS DOUBLE) AS numerator,
    CAST(max(total) AS DOUBLE) AS denominator
  FROM ranked WHERE up_to >= 0.5e0 * total HAVING count(*) > 0
  UNION ALL
  SELECT 1, size, 'stated days', concat(CAST(CAST(size AS BIGINT) AS STRING), ' days'), portals * 1e0 / (SELECT sum(portals) FROM stated_days),
    portals, (SELECT sum(portals) FROM stated_days)
  FROM stated_days
)
SELECT breakdown, label, value, numerator, denominator
FROM parts
ORDER BY place, size
