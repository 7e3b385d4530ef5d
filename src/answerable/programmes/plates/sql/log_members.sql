-- Each source of each of three or more logs: the log's place as a power of two, and how far its clock is ahead of the first.
SELECT log_sources.source, log_sources.log, CAST(pow(2, log_sources.log - 1) AS BIGINT) AS bit, coalesce(shift, 0) AS ahead,
  log_all.begins, log_all.ends, by_id, log_all.by_agency, log_all.by_type, log_all.by_networks, log_all.own
FROM log_sources
CROSS JOIN log_all
LEFT JOIN log_terms ON log_terms.one = 1 AND log_terms.other = log_sources.log
