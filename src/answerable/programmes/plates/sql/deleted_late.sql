-- Reads deleted more than a number of days of 24 hours after they were read, among reads that have a time of deletion.
WITH counted AS (
  SELECT month, agency, count(*) AS deleted,
    count(*) FILTER (WHERE seconds_between(read_at, deleted_at) > {days} * 86400) AS late
  FROM base_reads
  WHERE read_at IS NOT NULL AND deleted_at IS NOT NULL AND deleted_at >= read_at
  GROUP BY month, agency
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(late), 0) AS numerator, coalesce(sum(deleted), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'agency', coalesce(agency, '(organisation not stated)'), sum(late), sum(deleted) FROM counted GROUP BY agency
  UNION ALL
  SELECT 2, 'month', coalesce(month, '(month not stated)'), sum(late), sum(deleted) FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN denominator END DESC NULLS LAST, label
