-- $what as portals state them for 30 days, beside what the log holds of the same organisation in the same 30 days. A portal is
-- compared where the log covers its 30 days whole.
WITH named AS (
  SELECT lower(trim(agency)) AS name, agency, $stated AS said, coalesce(updated_at, accessed_at) AS until
  FROM portals WHERE agency IS NOT NULL AND $stated IS NOT NULL AND coalesce(updated_at, accessed_at) IS NOT NULL
),
covered AS (
  SELECT min($time) AS first_time, max($time) AS last_time FROM $view
),
log_names AS (
  SELECT lower(trim(agency)) AS name FROM $view WHERE agency IS NOT NULL GROUP BY lower(trim(agency))
),
comparable AS (
  SELECT named.* FROM named JOIN log_names ON log_names.name = named.name CROSS JOIN covered
  WHERE seconds_between(first_time, until) >= 30 * 86400 AND last_time >= until
),
counted AS (
  SELECT comparable.agency, comparable.until, max(comparable.said) AS said,
    count(CASE WHEN seconds_between($time, comparable.until) >= 0 AND seconds_between($time, comparable.until) < 30 * 86400 THEN 1 END) AS held
  FROM comparable LEFT JOIN (SELECT lower(trim(agency)) AS name, $time FROM $view) AS logged ON logged.name = comparable.name
  GROUP BY comparable.agency, comparable.until
),
judged AS (
  SELECT *, CASE WHEN abs(said - held) * 1e2 <= {percent} * greatest(said, held) THEN 1 ELSE 0 END AS agrees FROM counted
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value, CAST(coalesce(sum(agrees), 0) AS DOUBLE) AS numerator,
    CAST(count(*) AS DOUBLE) AS denominator, CAST(NULL AS TIMESTAMP) AS until
  FROM judged
  UNION ALL
  SELECT 1, 'stated on the portal', concat(agency, ', to ', iso_date(until)), said, NULL, NULL, until FROM judged
  UNION ALL
  SELECT 2, 'held by the log', concat(agency, ', to ', iso_date(until)), held, NULL, NULL, until FROM judged
)
SELECT breakdown, label, value, numerator, denominator
FROM parts
ORDER BY place, label, until
