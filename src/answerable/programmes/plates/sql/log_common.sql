-- The organisations that both logs of a pair name.
WITH named AS (
  SELECT DISTINCT log, agency FROM log_named JOIN log_agencies ON log_agencies.written = log_named.written
)
SELECT log_terms.pair, ones.agency
FROM log_terms
JOIN named AS ones ON ones.log = log_terms.one
JOIN named AS others ON others.log = log_terms.other AND others.agency = ones.agency
WHERE by_agency
