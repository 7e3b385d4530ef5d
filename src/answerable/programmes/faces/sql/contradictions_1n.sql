-- Searches whose lines contradict each other, among all, and in which way; a search may do so in several.
WITH counted AS (
  SELECT gallery_disagrees, mate_outside, rank_twice, out_of_order, below_threshold, thresholds_disagree, probes_disagree,
    misplaced, contradicts, count(*) AS searches
  FROM base_searches_1n
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(CASE WHEN contradicts THEN searches ELSE 0 END), 0) AS numerator
  FROM counted
  UNION ALL
  SELECT 1, 'way', 'a line says that the mate is in the gallery, another that it is not', sum(CASE WHEN gallery_disagrees THEN searches END) FROM counted
  UNION ALL
  SELECT 2, 'way', 'the mate is listed, and is said not to be in the gallery', sum(CASE WHEN mate_outside THEN searches END) FROM counted
  UNION ALL
  SELECT 4, 'way', 'a rank comes twice, with two scores', sum(CASE WHEN rank_twice THEN searches END) FROM counted
  UNION ALL
  SELECT 5, 'way', 'a candidate has a higher score than one at a better rank', sum(CASE WHEN out_of_order THEN searches END) FROM counted
  UNION ALL
  SELECT 6, 'way', 'a candidate is below the threshold of the list', sum(CASE WHEN below_threshold THEN searches END) FROM counted
  UNION ALL
  SELECT 7, 'way', 'lines state two thresholds', sum(CASE WHEN thresholds_disagree THEN searches END) FROM counted
  UNION ALL
  SELECT 8, 'way', 'lines state two people as the one searched for', sum(CASE WHEN probes_disagree THEN searches END) FROM counted
  UNION ALL
  SELECT 9, 'way', 'a line does not say of which system or gallery it is, and its search has several', sum(CASE WHEN misplaced THEN searches END) FROM counted
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, (SELECT coalesce(sum(searches), 0) FROM counted) AS denominator
FROM parts
WHERE numerator IS NOT NULL
ORDER BY place
