-- The rule at clocks that cannot be right: how many pairs it makes of what the right clock left over, at each of them. The first
-- log's seconds are moved round the common period (what leaves it at the end comes in at the beginning), so that nothing is lost at
-- its edges. About 100,000 of the keys left over in the first log are tried; `ones` says how many of its searches that is.
WITH offsets (family, moved) AS (
  VALUES $offsets
),
tried AS (
  SELECT log_terms.pair, own, begins, ends - begins + 1 AS seconds,
    greatest(1, CAST(floor(keys / 100000e0) AS BIGINT)) AS every
  FROM log_terms
  JOIN (SELECT pair, count(*) AS keys FROM log_loose WHERE one_left_0 + one_left_1 > 0 GROUP BY pair) AS left_over
    ON left_over.pair = log_terms.pair
),
turned AS (
  SELECT pair, own, begins, seconds, every, family, moved, (moved % seconds + seconds) % seconds AS turn
  FROM tried CROSS JOIN offsets
),
usable AS (
  SELECT *
  FROM turned
  WHERE least(turn, seconds - turn) > 60 AND abs(least(turn, seconds - turn) - 3600) >= 60
),
ones AS (
  SELECT usable.pair, family, moved, begins + (at_second - begins + turn) % seconds AS at_second,
    key_agency, key_type, key_networks, one_left_0, one_left_1
  FROM log_loose JOIN usable ON usable.pair = log_loose.pair
  WHERE one_left_0 + one_left_1 > 0 AND at_second % every = 0 AND (common OR NOT own)
),
met AS (
  SELECT ones.pair, ones.moved, ones.one_left_0, other.two_left_0, least(ones.one_left_1, other.two_left_0) AS one_to_0,
    least(ones.one_left_0, other.two_left_1) AS two_to_0
  FROM ones
  JOIN log_loose AS other ON other.pair = ones.pair AND other.at_second = ones.at_second
    AND other.key_agency = ones.key_agency AND other.key_type = ones.key_type AND other.key_networks = ones.key_networks
  WHERE other.two_left_0 + other.two_left_1 > 0
),
found AS (
  SELECT pair, moved, sum(one_to_0 + two_to_0 + least(one_left_0 - two_to_0, two_left_0 - one_to_0)) AS pairs
  FROM met GROUP BY pair, moved
),
moved_searches AS (
  SELECT pair, family, moved, sum(one_left_0 + one_left_1) AS ones FROM ones GROUP BY pair, family, moved
)
SELECT moved_searches.pair, family, moved_searches.moved, ones, coalesce(pairs, 0) AS pairs
FROM moved_searches
LEFT JOIN found ON found.pair = moved_searches.pair AND found.moved = moved_searches.moved
