-- The constant difference between the clocks of each pair of logs (the second log's less the first's), and the hour by
-- which a part of their searches differs besides. Both need evidence: so many pairs at one difference that chance would
-- give them less than once in e^20 times (Chernoff's bound for a Poisson count whose mean is three times the average).
WITH lags AS (
  SELECT pair, apart, pairs, 3e0 * sum(pairs) OVER (PARTITION BY pair) / (2 * $window + 1) AS chance,
    row_number() OVER (PARTITION BY pair ORDER BY pairs DESC, abs(apart), apart) AS place
  FROM log_lags
),
evident AS (
  SELECT pair, apart, pairs, place FROM lags
  WHERE pairs > chance AND pairs * ln(pairs / chance) - pairs + chance >= 20
),
peaks AS (
  SELECT pair, apart AS shift FROM evident WHERE place = 1
),
hours AS (
  SELECT peaks.pair, apart - shift AS hour,
    row_number() OVER (PARTITION BY peaks.pair ORDER BY pairs DESC, apart) AS place
  FROM peaks JOIN evident ON evident.pair = peaks.pair
  WHERE abs(apart - shift) = 3600
)
SELECT log_pairs.pair,
  coalesce(log_numbering.shift, peaks.shift, 0) AS shift,
  CASE WHEN log_numbering.shift IS NOT NULL THEN 'IDs' WHEN peaks.shift IS NOT NULL THEN 'fields' ELSE 'none' END AS shown_by,
  CASE WHEN log_numbering.shift IS NULL THEN coalesce(hours.hour, 0)
    WHEN greatest(later, earlier) < 5 OR 1000 * greatest(later, earlier) < agree THEN 0
    WHEN later >= earlier THEN 3600 ELSE -3600 END AS hour,
  CASE WHEN log_numbering.shift IS NULL THEN 'none' WHEN all_numbered THEN 'all' ELSE 'some' END AS numbering,
  CASE WHEN log_numbering.shift IS NULL THEN FALSE ELSE 100 * agree >= 99 * pairs_in_all END AS numbering_agrees
FROM log_pairs
LEFT JOIN log_numbering ON log_numbering.pair = log_pairs.pair
LEFT JOIN peaks ON peaks.pair = log_pairs.pair
LEFT JOIN hours ON hours.pair = log_pairs.pair AND hours.place = 1
