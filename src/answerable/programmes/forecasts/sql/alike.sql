-- Outcomes beyond the first of those with the same time, place, type and number.
WITH groups AS (
  SELECT count(*) AS number
  FROM base_outcomes
  WHERE occurred_time IS NOT NULL AND area_known <> 'not stated'
  GROUP BY occurred_time, area, latitude, longitude, x, y, type_key, incidents
)
SELECT 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value,
  coalesce(CAST(sum(number - 1) AS BIGINT), 0) AS numerator, coalesce(CAST(sum(number) AS BIGINT), 0) AS denominator
FROM groups
