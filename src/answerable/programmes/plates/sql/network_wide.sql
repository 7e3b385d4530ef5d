-- Searches that covered nearly all that any search of the same month covered.
WITH peaks AS (
  SELECT month, max(networks) AS most_networks, max(devices) AS most_devices
  FROM marked_searches
  GROUP BY month
),
compared AS (
  SELECT searches.agency, searches.month,
    CASE
      WHEN searches.networks IS NOT NULL THEN 100e0 * searches.networks >= {percent} * most_networks
      ELSE 100e0 * searches.devices >= {percent} * most_devices
    END AS is_wide
  FROM marked_searches AS searches
  LEFT JOIN peaks ON peaks.month = searches.month
  WHERE searches.networks IS NOT NULL OR searches.devices IS NOT NULL
),
counted AS (
  SELECT agency, month, count(*) FILTER (WHERE is_wide) AS numerator, count(*) AS denominator
  FROM compared
  GROUP BY agency, month
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(numerator), 0) AS numerator, coalesce(sum(denominator), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'agency', coalesce(agency, '(organisation not stated)'), sum(numerator), sum(denominator) FROM counted GROUP BY agency
  UNION ALL
  SELECT 2, 'month', coalesce(month, '(month not stated)'), sum(numerator), sum(denominator) FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN denominator END DESC NULLS LAST, label
