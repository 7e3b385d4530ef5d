-- Each pair of logs, and what both show.
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
FROM log_held AS one JOIN log_held AS other ON one.log < other.log
