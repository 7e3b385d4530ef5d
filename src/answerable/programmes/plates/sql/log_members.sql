-- Each source of each of three or more logs: the log's place as a power of two, and how far its clock is ahead of the first.
SELECT log_sources.source, log_sources.log, CAST(pow(2, place - 1) AS BIGINT) AS bit, coalesce(shift, 0) AS ahead,
  log_all.begins, log_all.ends, by_id, log_all.by_agency, log_all.by_type, log_all.by_networks, log_all.own
FROM log_together
JOIN log_sources ON log_sources.log = log_together.log
CROSS JOIN log_all
LEFT JOIN log_terms ON log_terms.one = first_log AND log_terms.other = log_together.log
