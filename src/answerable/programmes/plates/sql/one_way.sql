-- Edges of the last list whose reverse is not in it, among edges between organisations that both give.
WITH givers AS (SELECT giver FROM latest_edges GROUP BY giver),
between AS (
  SELECT edges.giver, edges.receiver, reverse.giver IS NULL AS is_one_way
  FROM (SELECT giver, receiver FROM latest_edges) AS edges
  JOIN givers ON givers.giver = edges.receiver
  LEFT JOIN (SELECT giver, receiver FROM latest_edges) AS reverse
    ON reverse.giver = edges.receiver AND reverse.receiver = edges.giver
  WHERE edges.giver <> edges.receiver
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, count(*) FILTER (WHERE is_one_way) AS numerator, count(*) AS denominator
  FROM between
  UNION ALL
  SELECT 1, 'giving organisation', giver, count(*) FILTER (WHERE is_one_way), count(*) FROM between GROUP BY giver
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, denominator DESC NULLS LAST, label
