-- How identifying the records are: the mean over every choice of points where that could be compared, else the sample.
WITH sampled AS (
$sampled
),
exact AS (
$exact
)
SELECT CASE WHEN sampled.breakdown = 'points' AND exact.label IS NOT NULL THEN 'every choice' ELSE sampled.breakdown END
    AS breakdown,
  sampled.label, sampled.value, coalesce(exact.numerator, sampled.numerator) AS numerator,
  coalesce(exact.denominator, sampled.denominator) AS denominator
FROM sampled
LEFT JOIN exact ON sampled.breakdown <> 'eligible vehicles'
  AND exact.label = CASE sampled.breakdown WHEN 'all' THEN concat({points}, '') ELSE sampled.label END
ORDER BY breakdown, sampled.label
