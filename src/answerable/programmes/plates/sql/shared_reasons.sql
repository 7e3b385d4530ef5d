-- Reasons that at least {least} searches share and that are made of plain words alone, and how many searches state them.
WITH typed AS (
  SELECT reason, count(*) AS searches FROM searches WHERE reason_state = 'present' GROUP BY reason
),
texts AS (
  SELECT lower(trim(replace_all(typed.reason, '[+_\s]+', ' '))) AS text,
    min(CASE WHEN is_plain THEN 1 ELSE 0 END) AS plain, sum(searches) AS searches
  FROM typed JOIN reasons ON reasons.reason = typed.reason
  GROUP BY lower(trim(replace_all(typed.reason, '[+_\s]+', ' ')))
),
shared AS (
  SELECT text, searches FROM texts WHERE plain = 1 AND searches >= {least}
),
whole AS (
  SELECT coalesce(sum(searches), 0) AS searches FROM texts
),
most AS (
  SELECT text, searches FROM shared ORDER BY searches DESC NULLS LAST, text NULLS LAST LIMIT 30
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce((SELECT sum(searches) FROM shared), 0) AS numerator, searches AS denominator
  FROM whole
  UNION ALL
  SELECT 1, 'shared reason', text, most.searches, whole.searches FROM most CROSS JOIN whole
  UNION ALL
  SELECT 2, 'reasons', 'reasons that may be printed', (SELECT count(*) FROM shared), count(*) FROM texts
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, numerator DESC NULLS LAST, label
