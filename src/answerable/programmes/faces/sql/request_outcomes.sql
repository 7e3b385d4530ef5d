-- Requests whose outcome says what came of them, among requests that were not denied, and how many of each class.
WITH counted AS (
  SELECT outcome_class, count(*) AS requests
  FROM base_requests
  WHERE coalesce(NOT is_denied, TRUE) AND outcome_state NOT IN ('not exported', 'withheld')
  GROUP BY outcome_class
),
total AS (
  SELECT coalesce(sum(requests), 0) AS requests FROM counted
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(CASE WHEN outcome_class IS NOT NULL THEN counted.requests END), 0) AS numerator, max(total.requests) AS denominator
  FROM total LEFT JOIN counted ON TRUE
  UNION ALL
  SELECT 1, 'outcome', coalesce(outcome_class, '(not known by its words, or blank)'), counted.requests, total.requests
  FROM counted CROSS JOIN total
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, numerator DESC NULLS LAST, label
