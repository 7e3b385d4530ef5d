-- Distinct organisations that stand as $role organisations in the last list.
WITH named AS (
  SELECT $side AS agency, $state AS state FROM latest_edges GROUP BY $side, $state
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, count(DISTINCT agency) AS counted FROM named
  UNION ALL
  SELECT 1, 'state in the name', coalesce(state, '(the name shows none)'), count(DISTINCT agency) FROM named GROUP BY state
)
SELECT breakdown, label, CAST(counted AS DOUBLE) AS value, counted AS numerator, CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY place, counted DESC NULLS LAST, label
