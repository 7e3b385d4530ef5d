-- Hits per 1,000 reads as portals state them, over portals that state both and more than 0 reads: pooled, and by quantile
-- of the portals. The others are listed with the reason.
WITH judged AS (
  SELECT coalesce(agency, '(organisation not stated)') AS agency, reads, hits,
    CASE
      WHEN reads IS NULL AND hits IS NULL THEN 'neither reads nor hits'
      WHEN reads IS NULL THEN 'no reads'
      WHEN hits IS NULL THEN 'no hits'
      WHEN reads = 0 THEN 'reads as 0'
    END AS why_not
  FROM portals
),
ratios AS (
  SELECT hits * 1e3 / reads AS size FROM judged WHERE why_not IS NULL
),
ranked AS (
  SELECT size, count(*) OVER (ORDER BY size) AS up_to, count(*) OVER () AS total FROM ratios
),
wanted (place, label, quantile) AS (
  VALUES (1, 'lowest', 0e0), (2, 'lower quartile', 0.25e0), (3, 'median', 0.5e0), (4, 'upper quartile', 0.75e0),
    (5, '90th percentile', 0.9e0), (6, 'highest', 1e0)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, min(size) AS value, CAST(NULL AS DOUBLE) AS numerator,
    CAST(max(total) AS DOUBLE) AS denominator
  FROM ranked WHERE up_to >= 0.5e0 * total HAVING count(*) > 0
  UNION ALL
  SELECT place, 'over portals', label, min(size), NULL, max(total)
  FROM ranked CROSS JOIN wanted WHERE up_to >= quantile * total GROUP BY place, label
  UNION ALL
  SELECT 10, 'pooled', 'all hits per 1,000 of all reads', sum(hits) * 1e3 / sum(reads), sum(hits), sum(reads)
  FROM judged WHERE why_not IS NULL HAVING sum(reads) > 0
  UNION ALL
  SELECT 11, 'why portals are left out', concat('the portal states ', why_not), NULL, count(*), (SELECT count(*) FROM judged)
  FROM judged WHERE why_not IS NOT NULL GROUP BY why_not
  UNION ALL
  SELECT 12, 'left out', concat(agency, ': states ', why_not), NULL, NULL, NULL FROM judged WHERE why_not IS NOT NULL
)
SELECT breakdown, label, value, numerator, denominator
FROM parts
ORDER BY place, label
