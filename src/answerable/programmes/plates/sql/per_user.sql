-- Searches per account. A quantile is the smallest number that at least that share of accounts does not exceed.
WITH accounts AS (
  SELECT account, count(*) AS searches FROM base_searches WHERE account IS NOT NULL GROUP BY account
),
ranked AS (
  SELECT searches, sum(count(*)) OVER (ORDER BY searches) AS up_to, sum(count(*)) OVER () AS total
  FROM accounts
  GROUP BY searches
),
wanted (place, label, quantile) AS (
  VALUES (1, 'quietest account', 0e0), (2, 'lower quartile', 0.25e0), (3, 'median', 0.5e0),
    (4, 'upper quartile', 0.75e0), (5, '90th percentile', 0.9e0), (6, 'busiest account', 1e0)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, min(searches) AS value, max(total) AS denominator
  FROM ranked WHERE up_to >= 0.5e0 * total
  UNION ALL
  SELECT place, 'distribution', label, min(searches), max(total)
  FROM ranked CROSS JOIN wanted WHERE up_to >= quantile * total
  GROUP BY place, label
)
SELECT breakdown, label, CAST(value AS DOUBLE) AS value, CAST(NULL AS DOUBLE) AS numerator, denominator
FROM parts
ORDER BY place, label
