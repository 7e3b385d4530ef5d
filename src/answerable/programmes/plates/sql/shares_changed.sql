-- Edges that only the $one of two lists holds, among the edges of that list. The lists are the first and the last by their labels.
WITH labels AS (SELECT min(log) AS earlier, max(log) AS later FROM edges HAVING min(log) < max(log)),
ours AS (
  SELECT edges.giver, edges.receiver, edges.log FROM edges JOIN labels ON edges.log = labels.$one
),
theirs AS (
  SELECT edges.giver, edges.receiver FROM edges JOIN labels ON edges.log = labels.$other
),
-- An organisation that the other list does not have as a giver was not looked at then, or did not share.
givers AS (SELECT giver FROM theirs GROUP BY giver),
changed AS (
  SELECT ours.giver, ours.log, theirs.giver IS NULL AS is_changed, givers.giver IS NOT NULL AS in_both
  FROM ours LEFT JOIN theirs ON theirs.giver = ours.giver AND theirs.receiver = ours.receiver
  LEFT JOIN givers ON givers.giver = ours.giver
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, count(*) FILTER (WHERE is_changed) AS numerator, count(*) AS denominator
  FROM changed
  UNION ALL
  SELECT 1, 'whose giver is in both lists', CASE WHEN in_both THEN 'yes' ELSE 'no' END, count(*) FILTER (WHERE is_changed), count(*)
  FROM changed GROUP BY in_both
  UNION ALL
  SELECT 2, 'giving organisation', giver, count(*) FILTER (WHERE is_changed), count(*) FROM changed GROUP BY giver
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, denominator DESC NULLS LAST, label
