-- Each pair of logs, and what both show. A field can tell searches apart where each log shows it (exported and not
-- withheld) in 99 of 100 searches or more, and states it in half of them or more. A log that names one organisation is an
-- organisation's own.
WITH held AS (
  SELECT log_list.*,
    100 * agency_shown >= 99 * searches AND 2 * agency_stated >= searches AS has_agency,
    100 * type_shown >= 99 * searches AND 2 * type_stated >= searches AS has_type,
    100 * networks_shown >= 99 * searches AND 2 * networks_stated >= searches AS has_networks,
    2 * names_exported >= searches AS has_names, coalesce(agencies, 0) = 1 AS one_agency
  FROM log_list
  LEFT JOIN (
    SELECT log_named.log AS named_log, count(DISTINCT agency) AS agencies
    FROM log_named JOIN log_agencies ON log_agencies.written = log_named.written
    GROUP BY log_named.log
  ) AS named ON named_log = log
)
SELECT CAST(row_number() OVER (ORDER BY one.log, other.log) AS INTEGER) AS pair, one.log AS one, other.log AS other,
  one.label AS one_label, other.label AS other_label, concat(one.label, ' and ', other.label) AS label,
  one.has_agency AND other.has_agency AS by_agency,
  one.has_type AND other.has_type AS by_type,
  one.has_networks AND other.has_networks AS by_networks,
  one.has_names AND other.has_names AS by_name,
  one.has_agency AND other.has_agency AND (one.one_agency OR other.one_agency) AS own,
  one.has_agency <> other.has_agency AS organisation_in_one,
  one.numbered > 0 AND other.numbered > 0 AS some_numbered,
  one.numbered = one.searches AND other.numbered = other.searches AS all_numbered,
  one.searches AS one_searches, other.searches AS other_searches,
  one.first_second AS one_first, one.last_second AS one_last,
  other.first_second AS other_first, other.last_second AS other_last
FROM held AS one JOIN held AS other ON one.log < other.log
