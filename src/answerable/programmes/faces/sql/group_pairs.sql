-- Comparisons and errors of each pair of people and of their groups, at the threshold for a false match rate of {fmr}.
WITH size AS (
  SELECT count(*) > $most AS is_large FROM usable_comparisons
),
chosen AS (
  SELECT coalesce(min(threshold), CAST('Infinity' AS DOUBLE)) AS lowest FROM thresholds WHERE at_or_above / nullif(1e0 * total, 0) <= {fmr}
)
SELECT is_mated, CASE WHEN NOT is_large THEN subject_1 END AS subject_1,
  CASE WHEN NOT is_large THEN subject_2 END AS subject_2, $group_1 AS group_1, $group_2 AS group_2, count(*) AS comparisons,
  count(*) FILTER (WHERE CASE WHEN is_mated THEN score < lowest ELSE score >= lowest END) AS errors,
  max(mated_scores) AS mated_scores, max(other_scores) AS other_scores, max(marks) AS marks, max(area) AS area, max(overlapping) AS overlapping,
  max(fitness.systems) AS systems, max(unnamed) AS unnamed, bool_or(is_large) AS is_large
FROM $records CROSS JOIN chosen CROSS JOIN size CROSS JOIN fitness
WHERE score IS NOT NULL AND $group_1 IS NOT NULL AND $group_2 IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
ORDER BY is_mated, group_1, group_2, subject_1, subject_2
