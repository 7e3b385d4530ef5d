-- Each source on each side of each pair: how far its clock is ahead of the first log's.
SELECT log_terms.*, 1 AS side, log_sources.source, CAST(0 AS BIGINT) AS ahead
FROM log_terms JOIN log_sources ON log_sources.log = log_terms.one
UNION ALL
SELECT log_terms.*, 2, log_sources.source, CAST(shift AS BIGINT)
FROM log_terms JOIN log_sources ON log_sources.log = log_terms.other
