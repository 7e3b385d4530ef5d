-- Rows that repeat another, among all rows of the sources that gave records of one kind.
WITH counted AS (
  SELECT * FROM sources WHERE kind = '$kind'
),
parts AS (
  SELECT -1 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(duplicates), 0) AS numerator, coalesce(sum(rows_in), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 0, 'all repeats', 'differ in some other cell', sum(duplicates_differing), sum(duplicates)
  FROM counted HAVING sum(duplicates) > 0
  UNION ALL
  SELECT source, 'source', concat('Source ', source), duplicates, rows_in FROM counted
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, breakdown, label
