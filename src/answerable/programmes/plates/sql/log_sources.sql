-- The sources of each log.
SELECT log_list.log, sources.source
FROM sources JOIN log_list ON log_list.label = sources.log
WHERE sources.kind = 'search'
