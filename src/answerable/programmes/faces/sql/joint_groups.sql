(-- Each comparison with what is recorded of each side's person, taken together: sex, age group, region, skin tone, as far as
  -- the file has them, and at least two of them.
  SELECT is_mated, subject_1, subject_2, score, substr($one, 3) AS group_1, substr($two, 3) AS group_2
  FROM usable_comparisons CROSS JOIN (
    SELECT $has FROM usable_comparisons
  ) AS recorded
  WHERE $number >= 2
) AS named