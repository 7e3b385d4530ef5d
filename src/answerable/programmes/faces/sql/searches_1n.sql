-- Each search of a gallery: whether its mate is there, the mate's rank, how many candidates it returned at or above the threshold.
SELECT probe, gallery_size, has_mate, mate_rank, candidates, other_score, not_judged, $groups
FROM base_searches_1n
WHERE has_mate IS NOT NULL
ORDER BY search
