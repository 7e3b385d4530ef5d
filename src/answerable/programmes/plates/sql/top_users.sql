-- The share of searches made by the busiest accounts. Only counts are ranked, so ties need no rule.
WITH ranked AS (
  SELECT searches, row_number() OVER (ORDER BY searches DESC NULLS LAST) AS place,
    sum(searches) OVER () AS total, count(*) OVER () AS accounts
  FROM (
    SELECT account, count(*) AS searches FROM base_searches WHERE account IS NOT NULL GROUP BY account
  ) AS per_account
),
wanted (busiest) AS (
  VALUES (1), (2), (5), (10), (20), (50), (100)
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(CASE WHEN place <= {users} THEN searches END), 0) AS numerator,
    coalesce(max(total), 0) AS denominator
  FROM ranked
  UNION ALL
  SELECT busiest, 'busiest accounts',
    CASE WHEN busiest = 1 THEN 'the busiest account' ELSE concat('the busiest ', busiest) END,
    sum(searches), max(total)
  FROM ranked JOIN wanted ON ranked.place <= wanted.busiest AND wanted.busiest <= ranked.accounts
  GROUP BY busiest
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, label
