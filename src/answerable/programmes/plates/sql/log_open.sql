-- The searches that the rule may pair: those without an ID that is used, and those whose ID the other log does not hold. By the
-- rule a search with an ID is paired with one that has none alone; `numbered` tells them apart.
SELECT log_ground.*
FROM log_ground LEFT JOIN log_told ON log_told.pair = log_ground.pair AND log_told.id = log_ground.id
WHERE numbering <> 'all' AND NOT untold AND log_told.pair IS NULL
