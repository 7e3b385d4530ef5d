-- Distinct accounts that searched, in all, by organisation and by month.
WITH seen AS (
  SELECT account, agency, month FROM base_searches WHERE account IS NOT NULL GROUP BY account, agency, month
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, count(DISTINCT account) AS accounts FROM seen
  UNION ALL
  SELECT 1, 'agency', coalesce(agency, '(organisation not stated)'), count(DISTINCT account) FROM seen GROUP BY agency
  UNION ALL
  SELECT 2, 'month', coalesce(month, '(month not stated)'), count(DISTINCT account) FROM seen GROUP BY month
)
SELECT breakdown, label, CAST(accounts AS DOUBLE) AS value, accounts AS numerator,
  CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN accounts END DESC NULLS LAST, label
