-- How two reviewers decided on the same requests.
SELECT 'decisions' AS breakdown,
  concat(CASE WHEN first_says THEN 'yes' ELSE 'no' END, CASE WHEN second_says THEN ' yes' ELSE ' no' END) AS label,
  CAST(NULL AS DOUBLE) AS value, count(*) AS numerator, CAST(NULL AS DOUBLE) AS denominator
FROM base_requests
WHERE first_says IS NOT NULL AND second_says IS NOT NULL
GROUP BY 1, 2
ORDER BY label DESC
