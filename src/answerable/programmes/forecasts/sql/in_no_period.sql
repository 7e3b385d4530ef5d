-- Incidents whose time falls in no period of any forecast; the breakdown says where.
WITH bounds AS (
  SELECT min(period_start) AS first_start, max(period_end) AS last_end FROM forecast_periods
),
fallen AS (
  SELECT DISTINCT occurred_time FROM outcome_periods
),
counted AS (
  SELECT CASE WHEN fallen.occurred_time IS NOT NULL THEN 0 WHEN outcome.occurred_time < first_start THEN 1
    WHEN outcome.occurred_time >= last_end THEN 2 ELSE 3 END AS place, incidents
  FROM base_outcomes AS outcome
  LEFT JOIN fallen ON fallen.occurred_time = outcome.occurred_time
  CROSS JOIN bounds
  WHERE outcome.occurred_time IS NOT NULL AND incidents IS NOT NULL
),
sums AS (
  SELECT place, sum(incidents) AS number FROM counted GROUP BY place
),
whole AS (
  SELECT coalesce(sum(number), 0) AS total, coalesce(sum(CASE WHEN place > 0 THEN number END), 0) AS outside FROM sums
),
labels (place, label) AS (
  VALUES (1, 'before the first period'), (2, 'after the last period'), (3, 'between periods')
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, outside AS numerator, total AS denominator FROM whole
  UNION ALL
  SELECT labels.place, 'where', labels.label, coalesce(number, 0), total
  FROM labels LEFT JOIN sums ON sums.place = labels.place CROSS JOIN whole
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, CAST(numerator AS BIGINT) AS numerator, CAST(denominator AS BIGINT) AS denominator
FROM parts
ORDER BY place
