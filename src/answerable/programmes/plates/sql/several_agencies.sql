-- Accounts seen under two organisations or more.
WITH seen AS (
  SELECT account, count(*) AS agencies
  FROM (
    SELECT account, agency FROM base_searches
    WHERE account IS NOT NULL AND agency IS NOT NULL
    GROUP BY account, agency
  ) AS pairs
  GROUP BY account
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    count(*) FILTER (WHERE agencies > 1) AS numerator, count(*) AS denominator
  FROM seen
  UNION ALL
  SELECT 1, 'organisations', '1', count(*) FILTER (WHERE agencies = 1), count(*) FROM seen
  UNION ALL
  SELECT 2, 'organisations', '2', count(*) FILTER (WHERE agencies = 2), count(*) FROM seen
  UNION ALL
  SELECT 3, 'organisations', '3 or more', count(*) FILTER (WHERE agencies > 2), count(*) FROM seen
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
