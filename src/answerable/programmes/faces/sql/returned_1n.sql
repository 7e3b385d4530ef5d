-- Each search of a gallery, as in searches_1n, and how many candidates it returned at a score of {threshold} or more; at the least
-- number, $as_made, how many the list holds.
WITH counted AS (
  SELECT list, count(*) AS returned FROM base_lists
  WHERE rank IS NOT NULL AND (score >= {threshold} OR {threshold} <= $as_made)
  GROUP BY list
)
SELECT probe, gallery_size, threshold, has_mate, mate_rank, mate_score, top_score, candidates, without_score, not_judged, contradicts,
  system, gallery, $groups, coalesce(returned, 0) AS returned
FROM base_searches_1n LEFT JOIN counted ON base_searches_1n.list = counted.list
ORDER BY base_searches_1n.list
