-- What the system's own filter did with each search.
WITH counted AS (
  SELECT month, lower(moderation) AS outcome, count(*) AS searches
  FROM base_searches
  WHERE moderation IS NOT NULL
  GROUP BY month, lower(moderation)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(CASE WHEN outcome IN ('allow', 'allowed') THEN 0 ELSE searches END), 0) AS numerator,
    coalesce(sum(searches), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'outcome', outcome, sum(searches), (SELECT sum(searches) FROM counted) FROM counted GROUP BY outcome
  UNION ALL
  SELECT 2, 'month', coalesce(month, '(month not stated)'),
    sum(CASE WHEN outcome IN ('allow', 'allowed') THEN 0 ELSE searches END), sum(searches)
  FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'outcome' THEN numerator END DESC NULLS LAST, label
