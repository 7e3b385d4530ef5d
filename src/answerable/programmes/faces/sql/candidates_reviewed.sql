-- Candidates reviewed among candidates returned, over requests that state both; a request that states more reviewed than
-- returned contradicts itself and is left out.
WITH counted AS (
  SELECT agency, reviewed > candidates AS contradicts, count(*) AS requests, sum(reviewed) AS reviewed, sum(candidates) AS candidates
  FROM base_requests
  WHERE reviewed IS NOT NULL AND candidates IS NOT NULL
  GROUP BY 1, 2
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, coalesce(sum(reviewed), 0) AS numerator,
    coalesce(sum(candidates), 0) AS denominator
  FROM counted WHERE NOT contradicts
  UNION ALL
  SELECT 1, 'agency', coalesce(agency, '(organisation not stated)'), sum(reviewed), sum(candidates)
  FROM counted WHERE NOT contradicts GROUP BY agency
  UNION ALL
  SELECT 2, 'left out', 'requests with more reviewed than returned', sum(requests), NULL FROM counted WHERE contradicts
  HAVING sum(requests) > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, denominator DESC NULLS LAST, label
