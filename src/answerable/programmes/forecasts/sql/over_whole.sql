-- Areas whose groups make more than the whole.
WITH sums AS (
  SELECT area, sum(group_share) AS whole FROM base_compositions WHERE area IS NOT NULL AND group_share IS NOT NULL GROUP BY area
)
SELECT 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value,
  count(*) FILTER (WHERE round(whole, 9) > 1 + {points} / 100e0) AS numerator, count(*) AS denominator
FROM sums
