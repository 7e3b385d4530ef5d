-- How far back searches looked, in days, to the minute.
WITH sizes AS (
  SELECT month, minutes, count(*) AS searches
  FROM (
    SELECT month, floor(seconds_between(frame_start, searched_at) / 60e0) AS minutes
    FROM base_searches
    WHERE frame_start IS NOT NULL AND searched_at IS NOT NULL
  ) AS frames
  GROUP BY month, minutes
),
ranked AS (
  SELECT minutes, sum(searches) OVER (ORDER BY minutes) AS up_to, sum(searches) OVER () AS total
  FROM (SELECT minutes, sum(searches) AS searches FROM sizes GROUP BY minutes) AS overall
),
ranked_in_month AS (
  SELECT month, minutes,
    sum(searches) OVER (PARTITION BY month ORDER BY minutes) AS up_to,
    sum(searches) OVER (PARTITION BY month) AS total
  FROM sizes
),
wanted (place, label, quantile) AS (
  VALUES (1, 'shortest', 0e0), (2, 'lower quartile', 0.25e0), (3, 'median', 0.5e0),
    (4, 'upper quartile', 0.75e0), (5, '90th percentile', 0.9e0), (6, 'longest', 1e0)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, min(minutes) AS minutes, max(total) AS denominator
  FROM ranked WHERE up_to >= 0.5e0 * total
  UNION ALL
  SELECT place, 'distribution', label, min(minutes), max(total)
  FROM ranked CROSS JOIN wanted WHERE up_to >= quantile * total
  GROUP BY place, label
  UNION ALL
  SELECT 10, 'month', coalesce(month, '(month not stated)'), min(minutes), max(total)
  FROM ranked_in_month WHERE up_to >= 0.5e0 * total
  GROUP BY month
)
SELECT breakdown, label, round(minutes / 1440e0, 2) AS value, CAST(NULL AS DOUBLE) AS numerator, denominator
FROM parts
ORDER BY place, label
