-- Records in an hour that came twice, or that never was, as clocks were set, among all that were kept.
WITH counted AS (
  SELECT source, kept, folded, skipped FROM sources WHERE kind = '$kind'
),
parts AS (
  SELECT -1 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(folded + skipped), 0) AS numerator, coalesce(sum(kept), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 0, 'how clocks were set', 'back: the hour came twice', sum(folded), sum(kept) FROM counted HAVING sum(kept) > 0
  UNION ALL
  SELECT 1, 'how clocks were set', 'forward: the hour never was', sum(skipped), sum(kept)
  FROM counted HAVING sum(kept) > 0
  UNION ALL
  SELECT source + 1, 'source', concat('Source ', source), folded + skipped, kept FROM counted
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, label
