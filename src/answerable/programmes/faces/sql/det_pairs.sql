-- Mated comparisons and those below the threshold, of each pair of samples' people, at the thresholds for many false match
-- rates: {fmr} and others.
WITH targets AS (
  $targets
),
chosen AS (
  SELECT target, coalesce(min(CASE WHEN at_or_above <= target * total THEN threshold END), CAST('Infinity' AS DOUBLE)) AS lowest,
    coalesce(max(CASE WHEN at_or_above <= target * total THEN at_or_above END), 0) AS others, max(total) AS total
  FROM thresholds CROSS JOIN targets GROUP BY 1
)
SELECT is_mated, target, others, total, subject_1, subject_2, count(*) AS comparisons,
  count(*) FILTER (WHERE score < lowest) AS errors, (SELECT count(DISTINCT system) FROM usable_comparisons) AS systems
FROM usable_comparisons CROSS JOIN chosen
WHERE is_mated AND score IS NOT NULL AND subject_1 IS NOT NULL AND subject_2 IS NOT NULL
GROUP BY is_mated, target, others, total, subject_1, subject_2
ORDER BY target, subject_1, subject_2
