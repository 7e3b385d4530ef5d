-- Types that appear or vanish in mid-series, among types with enough outcomes.
WITH spans AS (
  SELECT type_key, count(*) AS number, min(occurred_time) AS first_time, max(occurred_time) AS last_time
  FROM base_outcomes WHERE occurred_time IS NOT NULL AND type_key <> ''
  GROUP BY type_key
),
whole AS (
  SELECT min(occurred_time) AS start, max(occurred_time) AS finish FROM base_outcomes
),
judged AS (
  SELECT seconds_between(start, first_time) > {days} * 86400 AS appears, seconds_between(last_time, finish) > {days} * 86400 AS vanishes
  FROM spans CROSS JOIN whole WHERE number >= {least}
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, count(*) FILTER (WHERE appears OR vanishes) AS numerator, count(*) AS denominator
  FROM judged
  UNION ALL
  SELECT 1, 'how', 'appear', count(*) FILTER (WHERE appears AND NOT vanishes), count(*) FROM judged HAVING count(*) > 0
  UNION ALL
  SELECT 2, 'how', 'vanish', count(*) FILTER (WHERE vanishes AND NOT appears), count(*) FROM judged HAVING count(*) > 0
  UNION ALL
  SELECT 3, 'how', 'appear and vanish', count(*) FILTER (WHERE appears AND vanishes), count(*) FROM judged HAVING count(*) > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
