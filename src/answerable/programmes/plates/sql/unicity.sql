-- How identifying the records are: from a sample, and exactly where every choice of points can be compared.
WITH sampled AS (
$sampled
),
exact AS (
$exact
)
SELECT breakdown, label, value, numerator, denominator FROM sampled
UNION ALL
SELECT breakdown, label, value, numerator, denominator FROM exact
ORDER BY breakdown, label
