-- What the system's own filter did with each search.
WITH counted AS (
  SELECT month, outcome, sum(searches) AS searches
  FROM (
    SELECT month, searches, CASE
        WHEN lower(moderation) IN ('allow', 'allowed', 'warn', 'warned', 'block', 'blocked') THEN lower(moderation)
        ELSE 'another answer' -- never named: in a shifted export its column may hold anything
      END AS outcome
    FROM (SELECT month, moderation, count(*) AS searches FROM base_searches GROUP BY month, moderation) AS answers
    WHERE moderation IS NOT NULL
  ) AS named
  GROUP BY month, outcome
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
