-- Areas of which two rows state different figures.
SELECT 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value, count(*) FILTER (WHERE disagrees) AS numerator, count(*) AS denominator
FROM areas_known WHERE in_areas
