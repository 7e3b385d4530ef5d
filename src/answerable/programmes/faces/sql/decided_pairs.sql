-- Comparisons that the system decided, and the errors, of each pair of people and of what is recorded of them.
WITH size AS (
  SELECT count(*) > $most AS is_large FROM decided_comparisons
)
SELECT is_mated, CASE WHEN NOT is_large THEN subject_1 END AS subject_1,
  CASE WHEN NOT is_large THEN subject_2 END AS subject_2, $groups, 'everybody' AS group_1, 'everybody' AS group_2, count(*) AS comparisons,
  count(*) FILTER (WHERE is_mated <> says_match) AS errors,
  (SELECT count(DISTINCT system) FROM decided_comparisons) AS systems, bool_or(is_large) AS is_large
FROM decided_comparisons CROSS JOIN size
GROUP BY 1, 2, 3, $groups
ORDER BY is_mated, subject_1, subject_2, $ordered
