-- Misreads in a verified sample: plates read otherwise than verified, in all and by group.
WITH compared AS (
  SELECT issuer, camera, hour_of_day(coalesce(read_at_local, read_at)) AS hour, comparison_wrong AS wrong,
    comparison_length AS length
  FROM verifications
  WHERE comparison_length > 0
),
groups AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, wrong, length FROM compared
  UNION ALL
  SELECT 1, 'plate state', coalesce(issuer, '(plate state not stated)'), wrong, length FROM compared
  UNION ALL
  SELECT 2, 'hour', coalesce(lpad(CAST(hour AS STRING), 2, '0'), '(hour not stated)'), wrong, length FROM compared
  UNION ALL
  SELECT 3, 'camera', coalesce(camera, '(camera not stated)'), wrong, length FROM compared
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, count(*) FILTER (WHERE wrong > 0) AS numerator, count(*) AS denominator
FROM groups
GROUP BY place, breakdown, label
ORDER BY place, CASE WHEN breakdown <> 'hour' THEN count(*) END DESC NULLS LAST, label
