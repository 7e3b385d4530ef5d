-- What three or more logs are compared by, all at once: the period that all cover by the first log's clock, the fields that all
-- show, and whether an ID tells a search wherever there is one: each log numbers all of its searches or none, and any two that
-- number theirs do it alike.
WITH firsts AS (
  SELECT min(log) AS first_log FROM log_together
),
clocks AS (
  SELECT log_held.log, numbered, searches, first_second - coalesce(shift, 0) AS begins, last_second - coalesce(shift, 0) AS ends
  FROM log_together
  JOIN log_held ON log_held.log = log_together.log
  CROSS JOIN firsts
  LEFT JOIN log_terms ON log_terms.one = first_log AND log_terms.other = log_together.log
),
whole AS (
  SELECT count(*) AS logs, max(begins) AS begins, min(ends) AS ends,
    bool_and(numbered = 0 OR numbered = searches) AS whole_or_none, count(CASE WHEN numbered > 0 THEN 1 END) AS with_ids
  FROM clocks
),
paired AS (
  SELECT bool_and(by_agency) AS by_agency, bool_and(by_type) AS by_type, bool_and(by_networks) AS by_networks,
    bool_or(own) AS own, count(CASE WHEN numbering = 'all' AND numbering_agrees THEN 1 END) AS agreeing
  FROM log_terms
  JOIN log_together AS ones ON ones.log = one
  JOIN log_together AS others ON others.log = other
)
SELECT logs, first_log, begins, ends, by_agency, by_type, by_networks, own,
  whole_or_none AND with_ids > 1 AND agreeing = with_ids * (with_ids - 1) / 2 AS by_id
FROM whole CROSS JOIN paired CROSS JOIN firsts
WHERE logs > 2
