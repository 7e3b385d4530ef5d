-- Days without any search, between the first day with one and the last.
WITH days AS (
  SELECT day, lag(day) OVER (ORDER BY day NULLS LAST) AS before
  FROM (SELECT DISTINCT CAST(clock_time AS DATE) AS day FROM base_searches WHERE clock_time IS NOT NULL) AS seen
),
gaps AS (
  SELECT before, day, days_between(before, day) - 1 AS empty FROM days WHERE days_between(before, day) > 1
),
span AS (
  SELECT days_between(min(day), max(day)) + 1 AS length FROM days HAVING count(*) > 0
),
longest AS (
  SELECT before, day, empty FROM gaps ORDER BY empty DESC NULLS LAST, day NULLS LAST LIMIT 10
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce((SELECT sum(empty) FROM gaps), 0) AS empty, length
  FROM span
  UNION ALL
  SELECT 1, 'longest gaps', concat(iso_date(before + INTERVAL '1' DAY), ' to ', iso_date(day - INTERVAL '1' DAY)),
    empty, length
  FROM longest CROSS JOIN span
)
SELECT breakdown, label, CAST(empty AS DOUBLE) AS value, empty AS numerator, length AS denominator
FROM parts
ORDER BY place, empty DESC NULLS LAST, label
