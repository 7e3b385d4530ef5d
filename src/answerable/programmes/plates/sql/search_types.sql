-- Searches by tool; the headline counts the tools that do not look up one plate.
WITH tools AS (
  SELECT tool, count(*) AS searches FROM base_searches WHERE tool IS NOT NULL GROUP BY tool
),
counted AS (
  SELECT agency, month, count(*) AS searches,
    count(*) FILTER (
      WHERE tool NOT IN ('lookup', 'search', 'apilookup', 'apiv1', 'apiv2', 'searchsummary')
    ) AS other
  FROM base_searches
  WHERE tool IS NOT NULL
  GROUP BY agency, month
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(other), 0) AS numerator, coalesce(sum(searches), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'type', tool, searches, (SELECT sum(searches) FROM counted) FROM tools
  UNION ALL
  SELECT 2, 'agency', coalesce(agency, '(organisation not stated)'), sum(other), sum(searches) FROM counted GROUP BY agency
  UNION ALL
  SELECT 3, 'month', coalesce(month, '(month not stated)'), sum(other), sum(searches) FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE breakdown WHEN 'type' THEN numerator WHEN 'agency' THEN denominator END DESC NULLS LAST, label
