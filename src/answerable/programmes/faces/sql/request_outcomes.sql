-- Requests whose outcome says what came of them, among requests that were not denied, and how many of each class: in all, and by
-- what is recorded of the person searched for, where anything is.
WITH counted AS (
  SELECT outcome_class, sex, age_group, region, skin_tone, count(*) AS requests
  FROM base_requests
  WHERE coalesce(NOT is_denied, TRUE) AND outcome_state NOT IN ('not exported', 'withheld')
  GROUP BY outcome_class, sex, age_group, region, skin_tone
),
total AS (
  SELECT coalesce(sum(requests), 0) AS requests FROM counted
),
classes AS (
  SELECT 1 AS class_place, 'wrong person' AS class
  UNION ALL SELECT 2, 'arrest or charge'
  UNION ALL SELECT 3, 'identified'
  UNION ALL SELECT 4, 'nothing found'
  UNION ALL SELECT 5, '(not known by its words, or blank)'
),
of_groups AS (
  SELECT 2 AS place, 'outcome by sex' AS breakdown, sex AS grouped, '(sex not stated)' AS absent, outcome_class, requests FROM counted
  UNION ALL
  SELECT 3, 'outcome by age group', age_group, '(age group not stated)', outcome_class, requests FROM counted
  UNION ALL
  SELECT 4, 'outcome by region', region, '(region not stated)', outcome_class, requests FROM counted
  UNION ALL
  SELECT 5, 'outcome by skin tone', skin_tone, '(skin tone not stated)', outcome_class, requests FROM counted
),
stated AS (
  SELECT place AS stated_place FROM of_groups GROUP BY place HAVING count(grouped) > 0
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(CASE WHEN outcome_class IS NOT NULL THEN counted.requests END), 0) AS numerator, max(total.requests) AS denominator,
    0 AS class_place
  FROM total LEFT JOIN counted ON TRUE
  UNION ALL
  SELECT 1, 'outcome', coalesce(outcome_class, '(not known by its words, or blank)'), sum(counted.requests), max(total.requests), 0
  FROM counted CROSS JOIN total GROUP BY outcome_class
  UNION ALL
  SELECT place, breakdown, concat(coalesce(grouped, absent), ': ', class),
    sum(CASE WHEN coalesce(outcome_class, '(not known by its words, or blank)') = class THEN requests ELSE 0 END), sum(requests), class_place
  FROM of_groups JOIN stated ON place = stated_place CROSS JOIN classes
  GROUP BY place, breakdown, grouped, absent, class, class_place
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, class_place, CASE WHEN class_place = 0 THEN numerator ELSE denominator END DESC NULLS LAST, label
