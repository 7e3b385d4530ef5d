-- Sharing edges for which $what, among the edges of the last list of which it can be told.
WITH counted AS (
  SELECT giver, receiver_state, CASE WHEN $counts THEN 1 ELSE 0 END AS counted
  FROM latest_edges
  WHERE $among
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(counted), 0) AS numerator, count(*) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'giving organisation', giver, sum(counted), count(*) FROM counted GROUP BY giver
  UNION ALL
  SELECT 2, 'state in the receiver''s name', coalesce(receiver_state, '(the name shows none)'), sum(counted), count(*)
  FROM counted GROUP BY receiver_state
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, denominator DESC NULLS LAST, label
