-- $what per 1,000 reads, over the months that both logs cover. Where both name cameras, a camera counts in a month in which
-- it has reads; hits at a camera without reads are left out, and listed.
WITH named AS (
  SELECT (SELECT count(camera) FROM base_reads) > 0 AND (SELECT count(camera) FROM base_hits) > 0 AS by_camera
),
reads_of AS (
  SELECT month, CASE WHEN by_camera THEN coalesce(camera, '(camera not stated)') ELSE '(all cameras)' END AS camera,
    count(*) AS seen
  FROM base_reads CROSS JOIN named
  WHERE month IS NOT NULL
  GROUP BY 1, 2
),
hits_of AS (
  SELECT month, CASE WHEN by_camera THEN coalesce(camera, '(camera not stated)') ELSE '(all cameras)' END AS camera,
    coalesce(hotlist, '(hotlist not stated)') AS hotlist, count(*) AS hits
  FROM base_hits CROSS JOIN named
  WHERE month IS NOT NULL AND ($which)
  GROUP BY 1, 2, 3
),
months AS (
  SELECT month FROM reads_of INTERSECT SELECT month FROM (SELECT month FROM base_hits) AS hit_months
),
in_reads AS (
  SELECT reads_of.* FROM reads_of JOIN months ON months.month = reads_of.month
),
in_hits AS (
  SELECT hits_of.*, in_reads.seen IS NOT NULL AS has_reads
  FROM hits_of JOIN months ON months.month = hits_of.month
  LEFT JOIN in_reads ON in_reads.month = hits_of.month AND in_reads.camera = hits_of.camera
),
total AS (
  SELECT (SELECT coalesce(sum(hits), 0) FROM in_hits WHERE has_reads) AS hits, (SELECT sum(seen) FROM in_reads) AS seen
),
by_month AS (
  SELECT in_reads.month, max(coalesce(hits, 0)) AS hits, sum(seen) AS seen
  FROM in_reads LEFT JOIN (SELECT month, sum(hits) AS hits FROM in_hits WHERE has_reads GROUP BY month) AS summed
    ON summed.month = in_reads.month
  GROUP BY in_reads.month
),
by_camera AS (
  SELECT in_reads.camera, max(coalesce(hits, 0)) AS hits, sum(seen) AS seen
  FROM in_reads LEFT JOIN (SELECT camera, sum(hits) AS hits FROM in_hits WHERE has_reads GROUP BY camera) AS summed
    ON summed.camera = in_reads.camera
  GROUP BY in_reads.camera
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, hits, seen FROM total
  UNION ALL
  SELECT 1, 'month', month, hits, seen FROM by_month
  UNION ALL
  SELECT 2, 'hotlist', hotlist, sum(hits), max(seen) FROM in_hits CROSS JOIN (SELECT seen FROM total) AS every
  WHERE has_reads GROUP BY hotlist
  UNION ALL
  SELECT 3, 'camera', camera, hits, seen FROM by_camera WHERE (SELECT by_camera FROM named)
  UNION ALL
  SELECT 4, 'left out', concat('hits at ', camera, ', which has no reads in the month'), sum(hits), NULL
  FROM in_hits WHERE NOT has_reads GROUP BY camera
  UNION ALL
  SELECT 5, 'left out', concat('hits of ', hits_of.month, ', a month without reads'), sum(hits), NULL
  FROM hits_of LEFT JOIN months ON months.month = hits_of.month WHERE months.month IS NULL GROUP BY hits_of.month
  UNION ALL
  SELECT 6, 'left out', concat('reads of ', reads_of.month, ', a month without hits'), sum(seen), NULL
  FROM reads_of LEFT JOIN months ON months.month = reads_of.month WHERE months.month IS NULL GROUP BY reads_of.month
)
SELECT breakdown, label, $value AS value, $numerator AS numerator, $denominator AS denominator
FROM parts
ORDER BY place, CASE WHEN breakdown IN ('hotlist', 'camera') THEN seen END DESC NULLS LAST, label
