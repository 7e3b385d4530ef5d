-- The distribution of a number over the searches that have one. A quantile is the smallest number that at least that
-- share of searches does not exceed, which is exact and needs one row per distinct number only.
WITH sizes AS (
  SELECT month, size, count(*) AS searches
  FROM (SELECT month, $size AS size FROM base_searches) AS sized
  WHERE size IS NOT NULL
  GROUP BY month, size
),
ranked AS (
  SELECT size, sum(searches) OVER (ORDER BY size) AS up_to, sum(searches) OVER () AS total
  FROM (SELECT size, sum(searches) AS searches FROM sizes GROUP BY size) AS overall
),
ranked_in_month AS (
  SELECT month, size,
    sum(searches) OVER (PARTITION BY month ORDER BY size) AS up_to,
    sum(searches) OVER (PARTITION BY month) AS total
  FROM sizes
),
wanted (place, label, quantile) AS (
  VALUES (1, '$least', 0e0), (2, 'lower quartile', 0.25e0), (3, 'median', 0.5e0), (4, 'upper quartile', 0.75e0),
    (5, '90th percentile', 0.9e0), (6, '$most', 1e0)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, min(size) AS value, max(total) AS denominator
  FROM ranked WHERE up_to >= 0.5e0 * total
  UNION ALL
  SELECT place, 'distribution', label, min(size), max(total)
  FROM ranked CROSS JOIN wanted WHERE up_to >= quantile * total
  GROUP BY place, label
  UNION ALL
  SELECT 10, 'month', coalesce(month, '(month not stated)'), min(size), max(total)
  FROM ranked_in_month WHERE up_to >= 0.5e0 * total
  GROUP BY month
)
SELECT breakdown, label, $value AS value, CAST(NULL AS DOUBLE) AS numerator, denominator
FROM parts
ORDER BY place, label
