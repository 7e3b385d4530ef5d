-- Pairs of searches whose two logs contradict each other: in which field, and how. Pairs of which a field cannot be compared
-- (one log does not export it, or it could not be read) are not in that field's denominator.
WITH fields (place, field) AS (
  VALUES (0, 'search time'), $fields
),
kinds (verdict, kind) AS (
  VALUES (2, 'withheld in one log'), (3, 'blank in one log'), (4, 'not the same'), (5, 'within a minute'), (6, 'an hour apart')
),
cells AS (
  SELECT place, field, CASE place WHEN 0 THEN CASE clock WHEN 0 THEN 1 ELSE clock + 4 END $cases END AS verdict, pairs
  FROM log_verdicts CROSS JOIN fields
),
whole AS (
  SELECT pair, label, CASE WHEN clock > 0 OR $any THEN 1 ELSE 0 END AS contradicting, pairs FROM log_verdicts
),
by_field AS (
  SELECT place, field, sum(CASE WHEN verdict > 1 THEN pairs ELSE 0 END) AS numerator, sum(pairs) AS denominator
  FROM cells WHERE verdict > 0 GROUP BY place, field
),
parts AS (
  SELECT 0 AS part, 0 AS place, 0 AS kind_place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(contradicting * pairs), 0) AS numerator, coalesce(sum(pairs), 0) AS denominator
  FROM whole
  UNION ALL
  SELECT 1, place, 0, 'field', field, numerator, denominator FROM by_field
  UNION ALL
  SELECT 2, by_field.place, kinds.verdict, 'field and kind', concat(by_field.field, ': ', kind), sum(pairs), max(denominator)
  FROM cells
  JOIN kinds ON kinds.verdict = cells.verdict
  JOIN by_field ON by_field.place = cells.place
  GROUP BY by_field.place, by_field.field, kinds.verdict, kind
  UNION ALL
  SELECT 3, pair, 0, 'pair of logs', label, sum(contradicting * pairs), sum(pairs) FROM whole GROUP BY pair, label
  UNION ALL
  SELECT 4, pair, 0, 'compared', label, pairs - rule_tied, pairs FROM log_figures WHERE pairs > 0
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY part, place, kind_place
