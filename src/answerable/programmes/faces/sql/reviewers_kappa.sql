-- How two reviewers decided on the same requests: on how many alike, and what each said.
WITH counted AS (
  SELECT concat(CASE WHEN first_says THEN 'yes' ELSE 'no' END, CASE WHEN second_says THEN ' yes' ELSE ' no' END) AS said,
    first_says = second_says AS alike, count(*) AS requests
  FROM base_requests
  WHERE first_says IS NOT NULL AND second_says IS NOT NULL
  GROUP BY 1, 2
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(CASE WHEN alike THEN requests ELSE 0 END), 0) AS numerator,
    coalesce(sum(requests), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'decisions', said, requests, NULL FROM counted
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, label DESC
