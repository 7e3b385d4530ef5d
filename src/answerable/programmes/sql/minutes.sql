-- $what, in minutes: quantiles.
WITH sizes AS (
  SELECT $seconds AS size, count(*) AS number FROM $view WHERE $seconds >= 0 GROUP BY $seconds
),
ranked AS (
  SELECT size, sum(number) OVER (ORDER BY size) AS up_to, sum(number) OVER () AS total FROM sizes
),
wanted (place, label, quantile) AS (
  VALUES (1, 'shortest', 0e0), (2, 'lower quartile', 0.25e0), (3, 'median', 0.5e0), (4, 'upper quartile', 0.75e0),
    (5, '90th percentile', 0.9e0), (6, 'longest', 1e0)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, min(size) AS size, max(total) AS denominator
  FROM ranked WHERE up_to >= 0.5e0 * total HAVING count(*) > 0
  UNION ALL
  SELECT place, 'distribution', label, min(size), max(total)
  FROM ranked CROSS JOIN wanted WHERE up_to >= quantile * total
  GROUP BY place, label
)
SELECT breakdown, label, round(size / 60e0, 2) AS value, CAST(NULL AS DOUBLE) AS numerator, denominator
FROM parts
ORDER BY place
