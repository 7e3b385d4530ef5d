-- Each organisation that each log names, as it is written.
SELECT DISTINCT log_sources.log, log_searches.agency AS written
FROM log_searches JOIN log_sources ON log_sources.source = log_searches.source
WHERE log_searches.agency IS NOT NULL
