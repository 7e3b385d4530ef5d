-- Comparisons and errors of each pair of groups in a histogram, at the lowest end of a bar with a false match rate of at most {fmr}.
WITH sides AS (
  SELECT edge, sum(CASE WHEN NOT is_mated THEN number ELSE 0 END) AS others
  FROM (SELECT edge, is_mated, number FROM tallied_bars UNION ALL SELECT most, is_mated, 0 FROM tallied_bars) AS each_end
  GROUP BY edge
),
reached AS (
  SELECT edge, sum(others) OVER (ORDER BY edge DESC) AS at_or_above, sum(others) OVER () AS total FROM sides
),
chosen AS (
  SELECT min(edge) AS threshold FROM reached WHERE at_or_above / nullif(1e0 * total, 0) <= {fmr}
)
SELECT is_mated, CAST(NULL AS BIGINT) AS subject_1, CAST(NULL AS BIGINT) AS subject_2, $group_1 AS group_1, $group_2 AS group_2,
  sum(number) AS comparisons,
  sum(CASE WHEN is_mated = (begins < threshold) THEN number ELSE 0 END) AS errors, FALSE AS is_large,
  max(mated_scores) AS mated_scores, max(other_scores) AS other_scores, max(marks) AS marks, max(area) AS area, max(overlapping) AS overlapping,
  max(fitness_bars.systems) AS systems, max(unnamed) AS unnamed
FROM bars CROSS JOIN chosen CROSS JOIN fitness_bars
WHERE is_mated IS NOT NULL AND $group_1 IS NOT NULL AND $group_2 IS NOT NULL
GROUP BY 1, 4, 5
ORDER BY is_mated, group_1, group_2
