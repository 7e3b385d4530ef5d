-- How many searches each side of each pair holds in the period that both cover: with an organisation that both name or
-- not, with an ID that is used or not, and those that cannot be told from others.
SELECT pair, side, common, numbered, untold, count(*) AS searches
FROM log_ground
GROUP BY pair, side, common, numbered, untold
