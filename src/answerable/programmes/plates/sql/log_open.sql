-- The searches that the rule may pair: those without an ID that is used, and those whose ID the other log does not hold.
-- A search with an ID is paired by the rule with one that has none; `numbered` tells them apart.
SELECT *
FROM log_ground
WHERE numbering = 'none' AND NOT untold
UNION ALL
SELECT log_ground.*
FROM log_ground
LEFT JOIN (
  SELECT DISTINCT one.pair, one.id
  FROM log_ground AS one JOIN log_ground AS other ON other.pair = one.pair AND other.id = one.id
  WHERE one.side = 1 AND other.side = 2 AND one.numbering = 'some' AND other.numbering = 'some'
    AND (abs(one.at_second - other.at_second) < 60 OR abs(abs(one.at_second - other.at_second) - 3600) < 60)
) AS same ON same.pair = log_ground.pair AND same.id = log_ground.id
WHERE numbering = 'some' AND NOT untold AND same.id IS NULL
