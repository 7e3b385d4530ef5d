-- The threshold for a false match rate of {fmr} within each group, and the comparisons and errors that it makes within every
-- group, for each pair of people.
WITH size AS (
  SELECT count(*) > $most AS is_large FROM usable_comparisons
),
within_one AS (
  SELECT is_mated, subject_1, subject_2, score, $group_1 AS one
  FROM usable_comparisons
  WHERE score IS NOT NULL AND $group_1 = $group_2
),
ends AS (
  SELECT one, score, sum(CASE WHEN is_mated THEN 0 ELSE 1 END) AS others FROM within_one GROUP BY 1, 2
),
reached AS (
  SELECT one, score, sum(others) OVER (PARTITION BY one ORDER BY score DESC) AS at_or_above,
    sum(others) OVER (PARTITION BY one) AS total
  FROM ends
),
chosen AS (
  SELECT one AS chosen_on, max(total) AS total,
    coalesce(min(CASE WHEN at_or_above / nullif(1e0 * total, 0) <= {fmr} THEN score END), CAST('Infinity' AS DOUBLE)) AS lowest
  FROM reached WHERE total > 0 GROUP BY 1
)
SELECT chosen_on, lowest, total, is_mated, CASE WHEN NOT is_large THEN subject_1 END AS subject_1,
  CASE WHEN NOT is_large THEN subject_2 END AS subject_2, one AS group_1, max(one) AS group_2, count(*) AS comparisons,
  count(*) FILTER (WHERE CASE WHEN is_mated THEN score < lowest ELSE score >= lowest END) AS errors,
  max(mated_scores) AS mated_scores, max(other_scores) AS other_scores, max(marks) AS marks, max(area) AS area, max(overlapping) AS overlapping,
  max(fitness.systems) AS systems, max(unnamed) AS unnamed, bool_or(is_large) AS is_large
FROM within_one CROSS JOIN chosen CROSS JOIN size CROSS JOIN fitness
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY chosen_on, is_mated, group_1, subject_1, subject_2
