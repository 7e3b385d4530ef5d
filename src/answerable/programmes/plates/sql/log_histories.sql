-- In which logs searches are found: a digit for each log in the order of their labels, 1 found and 0 not, and how many.
SELECT '11' AS history, pairs AS searches FROM log_counts CROSS JOIN log_count WHERE in_measures AND logs = 2 AND pairs > 0
UNION ALL
SELECT '10', ones - pairs FROM log_counts CROSS JOIN log_count WHERE in_measures AND logs = 2 AND ones > pairs
UNION ALL
SELECT '01', twos - pairs FROM log_counts CROSS JOIN log_count WHERE in_measures AND logs = 2 AND twos > pairs
UNION ALL
SELECT substring($digits, 1, CAST(logs AS INTEGER)), searches
FROM log_found CROSS JOIN log_all
