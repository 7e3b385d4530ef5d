-- How far the clock of the second log of each pair is ahead of the first's, and how many pairs of searches agree on that.
WITH parts AS (
  SELECT 0 AS place, pair, 0 AS turn, 'all' AS breakdown, 'all' AS label, abs(shift) AS value,
    ids_same + rule_single + rule_tied AS numerator, pairs AS denominator
  FROM (SELECT log_figures.*, row_number() OVER (ORDER BY abs(shift) DESC, pair) AS largest FROM log_figures) AS ordered
  WHERE largest = 1
  UNION ALL
  SELECT 1, pair, 0, 'seconds ahead', concat(other_label, ' ahead of ', one_label), shift, NULL, NULL FROM log_figures
  UNION ALL
  SELECT 2, pair, 0, CASE shown_by WHEN 'IDs' THEN 'seconds ahead, by searches of one ID'
    WHEN 'fields' THEN 'seconds ahead, by searches alike in the other fields' ELSE 'no difference is evident' END,
    label, shift, NULL, NULL
  FROM log_figures
  UNION ALL
  SELECT 3, pair, turn, 'pairs of searches', concat(label, ': ', said), NULL, number, pairs
  FROM (
    SELECT pair, label, 1 AS turn, 'agree to the second' AS said, ids_same + rule_single + rule_tied AS number, pairs FROM log_figures
    UNION ALL
    SELECT pair, label, 2, 'agree within a minute', ids_near, pairs FROM log_figures
    UNION ALL
    SELECT pair, label, 3, 'differ by an hour', ids_hour + rule_hour, pairs FROM log_figures
  ) AS clocks
  WHERE pairs > 0
)
SELECT breakdown, label, CAST(value AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, pair, turn
