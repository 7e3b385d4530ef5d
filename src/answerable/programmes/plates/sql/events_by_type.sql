-- System events that were $what, among those that state what was done, and the census of all kinds.
WITH named AS (
  SELECT month, lower(trim(event_type)) AS event_type, coalesce(lower(trim(entity_type)), '(entity not stated)') AS entity_type
  FROM events WHERE event_type IS NOT NULL
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, count(*) FILTER (WHERE $counts) AS numerator, count(*) AS denominator FROM named
  UNION ALL
  SELECT 1, 'event', concat(event_type, ' of ', entity_type), count(*), (SELECT count(*) FROM named)
  FROM named GROUP BY event_type, entity_type
  UNION ALL
  SELECT 2, 'month', coalesce(month, '(month not stated)'), count(*) FILTER (WHERE $counts), count(*) FROM named GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'event' THEN numerator END DESC NULLS LAST, label
