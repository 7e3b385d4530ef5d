-- Searches that looked back further than a number of days, by elapsed time and by the other ways of counting days.
WITH frames AS (
  SELECT agency, month, seconds_between(frame_start, searched_at) AS seconds,
    days_between(CAST(frame_start AS DATE), CAST(searched_at AS DATE)) AS dates
  FROM base_searches
  WHERE frame_start IS NOT NULL AND searched_at IS NOT NULL
),
counted AS (
  SELECT agency, month, count(*) AS denominator,
    count(*) FILTER (WHERE seconds > {days} * 86400) AS elapsed,
    count(*) FILTER (WHERE seconds >= {days} * 86400 + 43200) AS rounded,
    count(*) FILTER (WHERE seconds >= {days} * 86400 + 86400) AS completed,
    count(*) FILTER (WHERE dates > {days}) AS dated
  FROM frames
  GROUP BY agency, month
),
total AS (
  SELECT coalesce(sum(denominator), 0) AS denominator, coalesce(sum(elapsed), 0) AS elapsed,
    coalesce(sum(rounded), 0) AS rounded, coalesce(sum(completed), 0) AS completed,
    coalesce(sum(dated), 0) AS dated
  FROM counted
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, elapsed AS numerator, denominator FROM total
  UNION ALL
  SELECT 1, 'rule', 'elapsed time: more than {days} × 24 h (the rule used)', elapsed, denominator FROM total
  UNION ALL
  SELECT 2, 'rule', 'elapsed time rounded to whole days: more than {days}', rounded, denominator FROM total
  UNION ALL
  SELECT 3, 'rule', 'completed days: more than {days}', completed, denominator FROM total
  UNION ALL
  SELECT 4, 'rule', 'calendar dates: more than {days} apart', dated, denominator FROM total
  UNION ALL
  SELECT 5, 'agency', coalesce(agency, '(organisation not stated)'), sum(elapsed), sum(denominator) FROM counted GROUP BY agency
  UNION ALL
  SELECT 6, 'month', coalesce(month, '(month not stated)'), sum(elapsed), sum(denominator) FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN denominator END DESC NULLS LAST, label
