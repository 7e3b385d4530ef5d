-- Of pairs of logs that number some of their searches: the IDs by which a search of one is found in the other, as numbers.
SELECT DISTINCT one.pair, one.id
FROM log_ground AS one
JOIN log_ground AS other ON other.pair = one.pair AND other.id = one.id
WHERE one.side = 1 AND other.side = 2 AND one.numbering = 'some' AND other.numbering = 'some'
  AND (abs(one.at_second - other.at_second) < 60 OR abs(abs(one.at_second - other.at_second) - 3600) < 60)
