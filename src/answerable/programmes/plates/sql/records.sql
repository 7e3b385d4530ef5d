-- How many searches the records hold, by source, month and organisation.
WITH counted AS (
  SELECT source, month, agency, count(*) AS searches FROM base_searches GROUP BY source, month, agency
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(searches), 0) AS searches FROM counted
  UNION ALL
  SELECT source, 'source', concat('Source ', source), sum(searches) FROM counted GROUP BY source
  UNION ALL
  SELECT 1000000001, 'month', coalesce(month, '(month not stated)'), sum(searches) FROM counted GROUP BY month
  UNION ALL
  SELECT 1000000002, 'agency', coalesce(agency, '(organisation not stated)'), sum(searches) FROM counted GROUP BY agency
)
SELECT breakdown, label, CAST(searches AS DOUBLE) AS value, searches AS numerator,
  CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN searches END DESC NULLS LAST, label
