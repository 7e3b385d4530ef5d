-- How many organisations a giving organisation's cameras are open to in one step, and in one or two: over the givers of the
-- last list, by quantile.
WITH steps AS (
  SELECT giver, receiver FROM latest_edges WHERE giver <> receiver
  UNION
  SELECT first.giver, second.receiver
  FROM (SELECT giver, receiver FROM latest_edges) AS first
  JOIN (SELECT giver, receiver FROM latest_edges) AS second ON second.giver = first.receiver
  WHERE first.giver <> second.receiver
),
reached AS (
  SELECT giver, count(*) AS two_steps FROM steps GROUP BY giver
),
direct AS (
  SELECT giver, count(*) AS one_step FROM latest_edges WHERE giver <> receiver GROUP BY giver
),
ranked AS (
  SELECT 'two' AS steps, two_steps AS size, count(*) OVER (ORDER BY two_steps) AS up_to, count(*) OVER () AS total FROM reached
  UNION ALL
  SELECT 'one', one_step, count(*) OVER (ORDER BY one_step), count(*) OVER () FROM direct
),
wanted (place, label, quantile) AS (
  VALUES (1, 'fewest', 0e0), (2, 'lower quartile', 0.25e0), (3, 'median', 0.5e0), (4, 'upper quartile', 0.75e0),
    (5, '90th percentile', 0.9e0), (6, 'most', 1e0)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, min(size) AS size, max(total) AS denominator
  FROM ranked WHERE steps = 'two' AND up_to >= 0.5e0 * total HAVING count(*) > 0
  UNION ALL
  SELECT place, 'in one or two steps', label, min(size), max(total)
  FROM ranked CROSS JOIN wanted WHERE steps = 'two' AND up_to >= quantile * total GROUP BY place, label
  UNION ALL
  SELECT place + 10, 'in one step', label, min(size), max(total)
  FROM ranked CROSS JOIN wanted WHERE steps = 'one' AND up_to >= quantile * total GROUP BY place, label
)
SELECT breakdown, label, CAST(size AS DOUBLE) AS value, CAST(NULL AS DOUBLE) AS numerator, denominator
FROM parts
ORDER BY place
