-- Each search of a gallery: whether its mate is there (NULL where that is not said), the mate's rank and score, how many candidates it
-- returned, and the best score.
SELECT probe, gallery_size, threshold, has_mate, mate_rank, mate_score, top_score, candidates, without_score, not_judged, contradicts,
  system, gallery, $groups
FROM base_searches_1n
ORDER BY list
