-- The organisations that all of three or more logs name.
SELECT agency
FROM log_named JOIN log_agencies ON log_agencies.written = log_named.written CROSS JOIN log_all
WHERE by_agency
GROUP BY agency, logs
HAVING count(DISTINCT log) = logs
