-- $what that used data older than d days of 24 hours, for d from 1 to 365: what keeping reads for d days would have cost.
WITH ages AS (
  -- An age of exactly d days is within d days: it counts among the ages that d - 1 days would have cost.
  SELECT CAST(least(ceil($age / 86400e0), 366) AS INTEGER) AS day, count(*) AS counted
  FROM $view
  WHERE $age IS NOT NULL AND $age >= 0 AND ($which)
  GROUP BY CAST(least(ceil($age / 86400e0), 366) AS INTEGER)
),
days AS (
  SELECT hundreds.n * 100 + tens.n * 10 + ones.n AS day
  FROM (VALUES (0), (1), (2), (3)) AS hundreds (n)
  CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS tens (n)
  CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS ones (n)
),
curve AS (
  SELECT days.day, coalesce(sum(CASE WHEN ages.day > days.day THEN counted ELSE 0 END), 0) AS numerator,
    coalesce(sum(counted), 0) AS denominator
  FROM days LEFT JOIN ages ON TRUE
  WHERE days.day BETWEEN 1 AND 365
  GROUP BY days.day
)
SELECT CASE WHEN place = 0 THEN 'all' ELSE 'days' END AS breakdown, CASE WHEN place = 0 THEN 'all' ELSE CAST(day AS STRING) END AS label,
  CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM (
  SELECT 0 AS place, day, numerator, denominator FROM curve WHERE day = {days}
  UNION ALL
  SELECT day, day, numerator, denominator FROM curve WHERE denominator > 0
) AS parts
ORDER BY place
