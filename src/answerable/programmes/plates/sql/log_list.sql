-- Each log: its number, how many searches it holds and of how many it shows an ID, an organisation, a type and networks,
-- and its first and last second. `shown` is a cell that was exported and not withheld, `stated` one that holds a value.
WITH counted AS (
  SELECT log, count(*) AS searches, count(id) AS numbered,
    min(seconds_between(TIMESTAMP '2000-01-01 00:00:00', searched_at)) AS first_second,
    max(seconds_between(TIMESTAMP '2000-01-01 00:00:00', searched_at)) AS last_second,
    count(CASE WHEN agency_state IN ('present', 'blank') THEN 1 END) AS agency_shown, count(agency) AS agency_stated,
    count(CASE WHEN search_type_state IN ('present', 'blank') THEN 1 END) AS type_shown, count(search_type) AS type_stated,
    count(CASE WHEN networks_state IN ('present', 'blank') THEN 1 END) AS networks_shown, count(networks) AS networks_stated,
    count(CASE WHEN user_name_state <> 'not exported' THEN 1 END) AS names_exported
  FROM log_searches CROSS JOIN (SELECT logs FROM log_count WHERE logs > 1) AS several
  WHERE searched_at IS NOT NULL
  GROUP BY log
)
SELECT CAST(row_number() OVER (ORDER BY log NULLS FIRST) AS INTEGER) AS log, log AS label, searches, numbered,
  first_second, last_second, agency_shown, agency_stated, type_shown, type_stated, networks_shown, networks_stated, names_exported
FROM counted
