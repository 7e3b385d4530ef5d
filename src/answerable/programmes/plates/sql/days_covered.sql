-- Calendar days from the first search to the last, both counted.
WITH spans AS (
  SELECT source, min(CAST(clock_time AS DATE)) AS first_day, max(CAST(clock_time AS DATE)) AS last_day
  FROM base_searches
  WHERE clock_time IS NOT NULL
  GROUP BY source
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    days_between(min(first_day), max(last_day)) + 1 AS days
  FROM spans
  HAVING count(*) > 0
  UNION ALL
  SELECT source, 'source',
    concat('Source ', source, ': ', iso_date(first_day), ' to ', iso_date(last_day)),
    days_between(first_day, last_day) + 1
  FROM spans
)
SELECT breakdown, label, CAST(days AS DOUBLE) AS value, days AS numerator, CAST(NULL AS DOUBLE) AS denominator
FROM parts
ORDER BY place, label
