-- Wrong characters in a verified sample, in all and by group. The value is the variance of the ratio by linearisation, each
-- plate being a cluster of characters; the rows "plates by ..." count the clusters.
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
),
sums AS (
  SELECT place, breakdown, label, count(*) AS plates, sum(wrong) AS wrong, sum(length) AS length,
    sum(wrong * wrong) AS wrong_wrong, sum(wrong * length) AS wrong_length, sum(length * length) AS length_length
  FROM groups
  GROUP BY place, breakdown, label
),
ratios AS (
  SELECT *, wrong * 1e0 / length AS ratio FROM sums
),
parts AS (
  SELECT place, breakdown, label,
    (wrong_wrong - 2e0 * ratio * wrong_length + ratio * ratio * length_length)
      * plates / nullif(plates - 1, 0) / (length * 1e0 * length) AS value,
    wrong AS numerator, length AS denominator, plates
  FROM ratios
  UNION ALL
  SELECT place + 10, concat('plates by ', breakdown), label, CAST(NULL AS DOUBLE), plates, NULL, plates FROM ratios
)
SELECT breakdown, label, value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown NOT LIKE '%hour' THEN plates END DESC NULLS LAST, label
