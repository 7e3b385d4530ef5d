-- Whether the two logs of a pair number searches alike: at least half of the IDs that both hold (of those sampled) then
-- agree on the time, within a minute, once the most frequent difference is taken off; an hour more or less is a clock's.
WITH ranked AS (
  SELECT pair, apart, pairs, sum(pairs) OVER (PARTITION BY pair) AS pairs_in_all,
    row_number() OVER (PARTITION BY pair ORDER BY pairs DESC, abs(apart), apart) AS place
  FROM log_same_ids
),
modes AS (
  SELECT pair, apart AS shift, pairs_in_all FROM ranked WHERE place = 1 AND abs(apart) <= $window
),
agreeing AS (
  SELECT modes.pair, shift, pairs_in_all,
    sum(CASE WHEN abs(apart - shift) < 60 OR abs(abs(apart - shift) - 3600) < 60 THEN pairs ELSE 0 END) AS agree,
    sum(CASE WHEN apart - shift = 3600 THEN pairs ELSE 0 END) AS later,
    sum(CASE WHEN apart - shift = -3600 THEN pairs ELSE 0 END) AS earlier
  FROM modes JOIN log_same_ids ON log_same_ids.pair = modes.pair
  GROUP BY modes.pair, shift, pairs_in_all
)
SELECT pair, shift, pairs_in_all, agree, later, earlier FROM agreeing WHERE 2 * agree >= pairs_in_all
