(-- Each comparison with what both people are alike in, of what the file records of people.
  SELECT is_mated, subject_1, subject_2, score, coalesce(nullif(substr($alike, 3), ''), 'nothing that is recorded') AS alike
  FROM usable_comparisons CROSS JOIN (
    SELECT $has FROM usable_comparisons
  ) AS recorded
  WHERE ($alike) IS NOT NULL AND $number >= 1
) AS named