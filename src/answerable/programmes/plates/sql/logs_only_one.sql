-- The different searches of two logs, on the ground that they have in common, that one of them alone shows.
WITH parts AS (
  SELECT 0 AS place, 0 AS pair, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(ones - ones_found + twos - twos_found), 0) AS numerator,
    coalesce(sum(ones - ones_found + twos), 0) AS denominator
  FROM log_figures
  UNION ALL
  SELECT 1, pair, 'pair of logs', label, ones - ones_found + twos - twos_found, ones - ones_found + twos
  FROM log_figures WHERE ones + twos > 0
  UNION ALL
  SELECT 2, pair, 'log', concat(one_label, ', not in ', other_label), ones - ones_found, ones - ones_found + twos
  FROM log_figures WHERE ones + twos > 0
  UNION ALL
  SELECT 2, pair, 'log', concat(other_label, ', not in ', one_label), twos - twos_found, ones - ones_found + twos
  FROM log_figures WHERE ones + twos > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, pair, label
