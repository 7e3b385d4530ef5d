-- Published false-alert rates beside what the figures give, to the digits that were published. All is whole numbers: a
-- rate is so many units of its last digit.
WITH stated AS (
  SELECT alerts, false_alerts, faces_seen, published_rate,
    replace_all(published_rate, '[ %]', '') AS digits, has_match(published_rate, '^ *[0-9]+([.][0-9]+)? *% *$') AS is_rate
  FROM base_deployments
  WHERE published_rate IS NOT NULL
),
scaled AS (
  SELECT *, length(split_part(digits, '.', 2)) AS decimals FROM stated
  WHERE is_rate AND false_alerts IS NOT NULL AND faces_seen > 0
),
units AS (
  SELECT false_alerts, faces_seen, alerts, round(CAST(digits AS DOUBLE) * power(10e0, decimals)) AS published,
    false_alerts * 100 * power(10e0, decimals) AS unit
  FROM scaled
),
compared AS (
  SELECT published = floor(unit / faces_seen + 0.5e0) AS rounded, published = floor(unit / faces_seen) AS cut,
    alerts > 0 AND (published = floor(unit / nullif(alerts, 0) + 0.5e0) OR published = floor(unit / nullif(alerts, 0))) AS of_alerts
  FROM units
),
told AS (
  SELECT CASE WHEN rounded AND cut THEN 'of faces seen, rounded or cut alike' WHEN rounded THEN 'of faces seen, rounded'
      WHEN cut THEN 'of faces seen, cut' WHEN of_alerts THEN 'of alerts' ELSE 'not what the figures give' END AS way,
    count(*) AS deployments
  FROM compared GROUP BY 1
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(CASE WHEN way <> 'not what the figures give' THEN deployments ELSE 0 END), 0) AS numerator,
    coalesce(sum(deployments), 0) AS denominator
  FROM told
  UNION ALL
  SELECT 1, 'way', way, deployments, (SELECT sum(deployments) FROM told) FROM told
  UNION ALL
  SELECT 2, 'left out', CASE WHEN is_rate THEN 'figures not stated' ELSE 'no percentage is published' END, count(*), NULL
  FROM stated WHERE NOT (is_rate AND false_alerts IS NOT NULL AND coalesce(faces_seen, 0) > 0) GROUP BY is_rate
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, numerator DESC, label
