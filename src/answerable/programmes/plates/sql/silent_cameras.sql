-- Cameras that some record of the case names and that have no read over a run of days, among all such cameras.
WITH period AS (
  SELECT min(CAST(clock_time AS DATE)) AS first_day, max(CAST(clock_time AS DATE)) AS last_day FROM base_reads
),
cameras AS (
  SELECT camera FROM base_reads WHERE camera IS NOT NULL
  UNION SELECT camera FROM base_hits WHERE camera IS NOT NULL
  UNION SELECT camera FROM verifications WHERE camera IS NOT NULL
),
seen AS (
  SELECT camera, CAST(clock_time AS DATE) AS day FROM base_reads
  WHERE camera IS NOT NULL AND clock_time IS NOT NULL GROUP BY camera, CAST(clock_time AS DATE)
),
gaps AS (
  SELECT camera, days_between(coalesce(lag(day) OVER (PARTITION BY camera ORDER BY day), first_day), day) - 1 AS gap
  FROM seen CROSS JOIN period
  UNION ALL
  SELECT camera, days_between(max(day), max(last_day)) FROM seen CROSS JOIN period GROUP BY camera
  UNION ALL
  SELECT camera, days_between(min(first_day), min(day)) FROM seen CROSS JOIN period GROUP BY camera
),
longest AS (
  SELECT cameras.camera, max(gaps.gap) AS gap FROM cameras LEFT JOIN gaps ON gaps.camera = cameras.camera GROUP BY cameras.camera
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    count(*) FILTER (WHERE gap IS NULL OR gap >= {days}) AS numerator, count(*) AS denominator
  FROM longest
  UNION ALL
  SELECT 1, 'how long', 'no read at all', count(*) FILTER (WHERE gap IS NULL), count(*) FROM longest
  UNION ALL
  SELECT 2, 'how long', 'no read for {days} days or more', count(*) FILTER (WHERE gap >= {days}), count(*) FROM longest
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
