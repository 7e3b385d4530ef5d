-- Confirmed alerts among alerts, over the rows of hotlists' figures that report both.
WITH counted AS (
  SELECT hotlist, agency, month, alerts, confirmed FROM hotlists
  WHERE alerts IS NOT NULL AND confirmed IS NOT NULL AND confirmed <= alerts
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(confirmed), 0) AS numerator, coalesce(sum(alerts), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'hotlist', coalesce(hotlist, '(hotlist not stated)'), sum(confirmed), sum(alerts) FROM counted GROUP BY hotlist
  UNION ALL
  SELECT 2, 'agency', coalesce(agency, '(organisation not stated)'), sum(confirmed), sum(alerts) FROM counted GROUP BY agency
  UNION ALL
  SELECT 3, 'month', coalesce(month, '(month not stated)'), sum(confirmed), sum(alerts) FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown <> 'month' THEN denominator END DESC NULLS LAST, label
