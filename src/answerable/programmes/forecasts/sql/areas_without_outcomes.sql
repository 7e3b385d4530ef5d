-- Areas with forecasts in which no incident is recorded.
SELECT 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value, count(*) FILTER (WHERE coalesce(incidents, 0) = 0) AS numerator, count(*) AS denominator
FROM areas_known WHERE in_forecasts
