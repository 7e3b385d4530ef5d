-- What each log shows. A field can tell searches apart where the log shows it (exported and not withheld) in 99 of 100 searches or
-- more, and states it in half of them or more. A log that names one organisation is that organisation's own.
WITH named AS (
  SELECT log_named.log, count(DISTINCT agency) AS agencies, min(agency) AS agency
  FROM log_named JOIN log_agencies ON log_agencies.written = log_named.written
  GROUP BY log_named.log
)
SELECT log_list.*,
  100 * agency_shown >= 99 * searches AND 2 * agency_stated >= searches AS has_agency,
  100 * type_shown >= 99 * searches AND 2 * type_stated >= searches AS has_type,
  100 * networks_shown >= 99 * searches AND 2 * networks_stated >= searches AS has_networks,
  2 * names_exported >= searches AS has_names, coalesce(agencies, 0) = 1 AS one_agency, agency
FROM log_list LEFT JOIN named ON named.log = log_list.log
