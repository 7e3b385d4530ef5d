-- Periods in which every score is the same, among periods with two or more.
WITH counted AS (
  SELECT CASE WHEN model_key = '' AND type_key = '' THEN 'one series' WHEN model_key = '' THEN type_key WHEN type_key = '' THEN model_key ELSE concat(model_key, ': ', type_key) END AS series, sum(CASE WHEN score_least = score_most THEN 1 ELSE 0 END) AS numerator, count(*) AS denominator
  FROM forecast_periods WHERE scored >= 2
  GROUP BY model_key, type_key
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(numerator), 0) AS numerator, coalesce(sum(denominator), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'series', series, numerator, denominator FROM counted
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, label
