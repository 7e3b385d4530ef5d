-- Cameras that were read at two places or more, among cameras whose reads state a place.
WITH places AS (
  -- Half a coordinate, whose other half was no value, is no place.
  SELECT camera, count(DISTINCT CASE WHEN latitude IS NOT NULL AND longitude IS NOT NULL
      THEN concat(CAST(round(latitude, 4) AS STRING), ' ', CAST(round(longitude, 4) AS STRING)) END) AS points,
    count(DISTINCT address) AS addresses, count(DISTINCT zip) AS zips
  FROM base_reads
  WHERE camera IS NOT NULL AND (latitude IS NOT NULL OR address IS NOT NULL OR zip IS NOT NULL)
  GROUP BY camera
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    count(*) FILTER (WHERE points > 1 OR addresses > 1 OR zips > 1) AS numerator, count(*) AS denominator
  FROM places
  UNION ALL
  SELECT 1, 'kind of place', 'coordinates', count(*) FILTER (WHERE points > 1), count(*) FILTER (WHERE points > 0) FROM places
  UNION ALL
  SELECT 2, 'kind of place', 'address', count(*) FILTER (WHERE addresses > 1), count(*) FILTER (WHERE addresses > 0) FROM places
  UNION ALL
  SELECT 3, 'kind of place', 'ZIP code', count(*) FILTER (WHERE zips > 1), count(*) FILTER (WHERE zips > 0) FROM places
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
