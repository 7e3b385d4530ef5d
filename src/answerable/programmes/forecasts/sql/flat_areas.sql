-- Areas whose border encloses less than a square metre.
SELECT 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value, count(*) FILTER (WHERE computed_km2 < 1e-6) AS numerator, count(*) AS denominator
FROM area_sizes WHERE TRUE
