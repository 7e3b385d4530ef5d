-- The same account searching for the same plate several times over days. Counts only: no account, no plate.
WITH pairs AS (
  SELECT account, count(*) AS searches
  FROM base_searches
  WHERE account IS NOT NULL AND plate IS NOT NULL AND plate_state = 'present' AND searched_at IS NOT NULL
  GROUP BY account, plate
  HAVING count(*) >= {times} AND seconds_between(min(searched_at), max(searched_at)) >= {days} * 86400
),
whole AS (
  SELECT count(*) AS searches, count(DISTINCT account) AS accounts
  FROM base_searches
  WHERE account IS NOT NULL AND plate IS NOT NULL AND plate_state = 'present' AND searched_at IS NOT NULL
),
sizes (place, label, least, most) AS (
  VALUES (3, 'under 5 searches', 0, 4), (4, '5 to 9 searches', 5, 9), (5, '10 to 19 searches', 10, 19),
    (6, '20 searches or more', 20, 1000000000)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value,
    (SELECT coalesce(sum(searches), 0) FROM pairs) AS numerator, searches AS denominator
  FROM whole
  UNION ALL
  SELECT 1, 'pairs', 'pairs of an account and a plate', CAST(count(*) AS DOUBLE), NULL, NULL FROM pairs
  UNION ALL
  SELECT 2, 'accounts', 'accounts with such a pair', NULL, (SELECT count(DISTINCT account) FROM pairs), accounts
  FROM whole
  UNION ALL
  SELECT place, 'size of pairs', label, NULL, count(*), (SELECT count(*) FROM pairs)
  FROM pairs JOIN sizes ON pairs.searches BETWEEN least AND most
  GROUP BY place, label
)
SELECT breakdown, label, value, numerator, denominator
FROM parts
ORDER BY place, label
