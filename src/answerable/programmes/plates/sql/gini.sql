-- The Gini coefficient of searches per account, and the share of each tenth of the accounts.
WITH ranked AS (
  SELECT searches, row_number() OVER (ORDER BY searches NULLS FIRST) AS place, count(*) OVER () AS accounts,
    ntile(10) OVER (ORDER BY searches DESC NULLS LAST) AS tenth
  FROM (
    SELECT account, count(*) AS searches FROM base_searches WHERE account IS NOT NULL GROUP BY account
  ) AS per_account
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    round(CAST(sum((2 * place - accounts - 1) * searches) AS DOUBLE) / nullif(max(accounts) * sum(searches), 0), 6)
      AS value,
    CAST(NULL AS BIGINT) AS numerator, count(*) AS denominator
  FROM ranked
  HAVING count(*) > 0
  UNION ALL
  SELECT tenth, 'tenths of the accounts',
    CASE tenth WHEN 1 THEN 'busiest tenth' WHEN 10 THEN 'quietest tenth' ELSE concat('tenth ', tenth) END,
    NULL, sum(searches), (SELECT sum(searches) FROM ranked)
  FROM ranked
  WHERE accounts >= 10
  GROUP BY tenth
)
SELECT breakdown, label, value, numerator, denominator
FROM parts
ORDER BY place, label
