-- Comparisons whose two samples are compared the other way round too.
WITH pairs AS (
  SELECT least(sample_1, sample_2) AS one, greatest(sample_1, sample_2) AS other, coalesce(system, '') AS system,
    count(*) AS comparisons, count(*) FILTER (WHERE sample_1 < sample_2) AS forward
  FROM base_comparisons
  WHERE sample_1 IS NOT NULL AND sample_2 IS NOT NULL AND sample_1 <> sample_2
  GROUP BY 1, 2, 3
)
SELECT 'all' AS breakdown, 'all' AS label, CAST(NULL AS DOUBLE) AS value,
  coalesce(sum(CASE WHEN forward > 0 AND forward < comparisons THEN comparisons ELSE 0 END), 0) AS numerator,
  coalesce(sum(comparisons), 0) AS denominator
FROM pairs
