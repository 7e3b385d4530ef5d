-- Searches that covered nearly all that any search of the same month covered.
WITH peaks AS (
  SELECT month, max(networks) AS most_networks, max(devices) AS most_devices
  FROM base_searches
  GROUP BY month
),
-- What is left out is left out in the counting, not in a WHERE: the engines then read the searches without copying them.
counted AS (
  SELECT searches.agency, searches.month,
    count(*) FILTER (WHERE CASE
      WHEN searches.networks IS NOT NULL THEN 100e0 * searches.networks >= {percent} * most_networks
      ELSE 100e0 * searches.devices >= {percent} * most_devices
    END) AS numerator,
    count(*) FILTER (WHERE searches.networks IS NOT NULL OR searches.devices IS NOT NULL) AS denominator
  FROM base_searches AS searches
  JOIN peaks ON peaks.month = searches.month
  GROUP BY searches.agency, searches.month
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(numerator), 0) AS numerator, coalesce(sum(denominator), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'agency', coalesce(agency, '(organisation not stated)'), sum(numerator), sum(denominator) FROM counted GROUP BY agency
  HAVING sum(denominator) > 0
  UNION ALL
  SELECT 2, 'month', coalesce(month, '(month not stated)'), sum(numerator), sum(denominator) FROM counted GROUP BY month
  HAVING sum(denominator) > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN denominator END DESC NULLS LAST, label
