-- Areas that overlap another.
WITH touched AS (
  SELECT area_1 AS area FROM area_overlaps UNION SELECT area_2 FROM area_overlaps
)
SELECT 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value, (SELECT count(*) FROM touched) AS numerator, count(*) AS denominator
FROM area_sizes
