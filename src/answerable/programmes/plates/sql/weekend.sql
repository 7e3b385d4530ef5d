-- Searches by local weekday; the headline counts Saturday and Sunday.
WITH weekdays AS (
  SELECT iso_weekday(local_time) AS weekday, count(*) AS searches
  FROM base_searches
  WHERE local_time IS NOT NULL
  GROUP BY iso_weekday(local_time)
),
counted AS (
  SELECT agency, month, count(*) AS searches, count(*) FILTER (WHERE iso_weekday(local_time) >= 6) AS weekend
  FROM base_searches
  WHERE local_time IS NOT NULL
  GROUP BY agency, month
),
names (weekday, name) AS (
  VALUES (1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday'), (6, 'Saturday'),
    (7, 'Sunday')
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(weekend), 0) AS numerator, coalesce(sum(searches), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT names.weekday, 'weekday', name, searches, (SELECT sum(searches) FROM counted)
  FROM weekdays JOIN names ON names.weekday = weekdays.weekday
  UNION ALL
  SELECT 8, 'agency', coalesce(agency, '(organisation not stated)'), sum(weekend), sum(searches) FROM counted GROUP BY agency
  UNION ALL
  SELECT 9, 'month', coalesce(month, '(month not stated)'), sum(weekend), sum(searches) FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN denominator END DESC NULLS LAST, label
