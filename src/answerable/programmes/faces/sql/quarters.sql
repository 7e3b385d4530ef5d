(-- Each mated comparison with the quarter that the lesser quality of its two samples lies in; equal qualities share one.
  SELECT is_mated, subject_1, subject_2, score,
    CASE CAST(floor(4e0 * (rank() OVER (ORDER BY lesser) - 1) / count(*) OVER ()) AS INTEGER)
      WHEN 0 THEN '1: lowest quarter' WHEN 1 THEN '2: second quarter' WHEN 2 THEN '3: third quarter'
      ELSE '4: highest quarter' END AS quarter
  FROM (
    SELECT is_mated, subject_1, subject_2, score,
      CASE WHEN quality_1 < quality_2 THEN quality_1 ELSE quality_2 END AS lesser
    FROM usable_comparisons
    WHERE is_mated AND score IS NOT NULL AND quality_1 IS NOT NULL AND quality_2 IS NOT NULL
  ) AS of_two
) AS placed