-- Comparisons that the system decided, and the errors, of each pair of people and of what is recorded of them.
SELECT is_mated, subject_1, subject_2, $groups, 'everybody' AS group_1, 'everybody' AS group_2, count(*) AS comparisons,
  count(*) FILTER (WHERE is_mated <> says_match) AS errors,
  (SELECT count(DISTINCT system) FROM decided_comparisons) AS systems
FROM decided_comparisons
GROUP BY is_mated, subject_1, subject_2, $groups
ORDER BY is_mated, subject_1, subject_2, $ordered
