-- Incidents in areas that no forecast names.
SELECT 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value, coalesce(CAST(sum(CASE WHEN NOT in_forecasts THEN incidents END) AS BIGINT), 0) AS numerator, coalesce(CAST(sum(incidents) AS BIGINT), 0) AS denominator
FROM areas_known WHERE in_outcomes
