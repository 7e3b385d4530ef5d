-- Organisations of the sharing list for which $what, among those of which it can be told.
WITH named AS (
  SELECT partners.*, agencies.home_state, agencies.is_federal
  FROM partners LEFT JOIN agencies ON agencies.agency = partners.agency
),
home AS (
  SELECT home_state AS most FROM named WHERE home_state IS NOT NULL GROUP BY home_state ORDER BY count(*) DESC, home_state LIMIT 1
),
counted AS (
  SELECT home_state, CASE WHEN $counts THEN 1 ELSE 0 END AS counted
  FROM named LEFT JOIN home ON TRUE
  WHERE $among
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(counted), 0) AS numerator, count(*) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'state in the name', coalesce(home_state, '(the name shows none)'), sum(counted), count(*) FROM counted GROUP BY home_state
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, denominator DESC NULLS LAST, label
