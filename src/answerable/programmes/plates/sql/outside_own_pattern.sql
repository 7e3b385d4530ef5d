-- Searches made in a six-hour block of the week in which the same account seldom searched over the whole log.
WITH blocks AS (
  SELECT account, block, count(*) AS searches
  FROM (
    SELECT account, (iso_weekday(local_time) - 1) * 4 + floor(hour_of_day(local_time) / 6e0) AS block
    FROM base_searches
    WHERE account IS NOT NULL AND local_time IS NOT NULL
  ) AS placed
  GROUP BY account, block
),
patterns AS (
  SELECT account, block, searches, sum(searches) OVER (PARTITION BY account) AS total FROM blocks
),
sorted AS (
  SELECT account, block, searches, CASE WHEN 100e0 * searches < {percent} * total THEN searches ELSE 0 END AS outside
  FROM patterns
  WHERE total >= {least}
),
days (first_block, day) AS (
  VALUES (0, 'Monday'), (4, 'Tuesday'), (8, 'Wednesday'), (12, 'Thursday'), (16, 'Friday'), (20, 'Saturday'),
    (24, 'Sunday')
),
hours (step, span) AS (
  VALUES (0, '00 to 06'), (1, '06 to 12'), (2, '12 to 18'), (3, '18 to 24')
),
parts AS (
  SELECT -1 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(outside), 0) AS numerator, coalesce(sum(searches), 0) AS denominator
  FROM sorted
  UNION ALL
  SELECT first_block + step, 'time of week', concat(day, ' ', span), sum(outside), sum(searches)
  FROM sorted CROSS JOIN days CROSS JOIN hours
  WHERE block = first_block + step
  GROUP BY first_block, step, day, span
  UNION ALL
  SELECT 30, 'accounts', 'with a pattern to compare against', count(DISTINCT account),
    (SELECT count(DISTINCT account) FROM blocks)
  FROM sorted
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, label
