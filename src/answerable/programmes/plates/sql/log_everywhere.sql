-- The organisations that all of three or more logs name.
SELECT log_agencies.agency
FROM log_named
JOIN log_together ON log_together.log = log_named.log
JOIN log_agencies ON log_agencies.written = log_named.written
CROSS JOIN log_all
WHERE by_agency
GROUP BY log_agencies.agency, logs
HAVING count(DISTINCT log_named.log) = logs
