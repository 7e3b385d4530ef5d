-- In which logs searches are found: a digit for each log in the order of their places, 1 found and 0 not, and how many.
WITH two AS (
  SELECT ones, twos, pairs
  FROM log_figures
  JOIN log_together AS first ON first.log = log_figures.one
  JOIN log_together AS second ON second.log = log_figures.other
  CROSS JOIN (SELECT count(*) AS logs FROM log_together) AS counted
  WHERE logs = 2
)
SELECT '11' AS history, pairs AS searches FROM two WHERE pairs > 0
UNION ALL
SELECT '10', ones - pairs FROM two WHERE ones > pairs
UNION ALL
SELECT '01', twos - pairs FROM two WHERE twos > pairs
UNION ALL
SELECT substring($digits, 1, CAST(logs AS INTEGER)), searches
FROM log_found CROSS JOIN log_all
