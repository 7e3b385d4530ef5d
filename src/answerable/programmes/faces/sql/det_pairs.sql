-- Mated comparisons of each pair of samples' people, by how many of the thresholds for false match rates from $first down to $last,
-- {fmr} among them, the score reaches: in all of them it is no match below its own.
WITH size AS (
  SELECT count(*) > $most AS is_large, count(*) FILTER (WHERE subject_1 IS NULL OR subject_2 IS NULL) AS unknown
  FROM usable_comparisons WHERE is_mated AND score IS NOT NULL
),
chosen AS (
  SELECT $lowest
  FROM thresholds
)
SELECT CASE WHEN NOT is_large THEN subject_1 END AS subject_1, CASE WHEN NOT is_large THEN subject_2 END AS subject_2,
  $places AS place, count(*) AS comparisons, $others, max(total) AS total, max(unknown) AS unknown,
  max(mated_scores) AS mated_scores, max(other_scores) AS other_scores, max(marks) AS marks, max(area) AS area, max(overlapping) AS overlapping,
  max(fitness.systems) AS systems, max(unnamed) AS unnamed, bool_or(is_large) AS is_large
FROM usable_comparisons CROSS JOIN chosen CROSS JOIN size CROSS JOIN fitness
WHERE is_mated AND score IS NOT NULL AND subject_1 IS NOT NULL AND subject_2 IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY subject_1, subject_2, place
