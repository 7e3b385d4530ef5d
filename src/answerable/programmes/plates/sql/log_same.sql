-- Pairs of searches with one ID whose times agree within a minute once the clocks' shift is taken off, or within a minute
-- of an hour: how many of each clock (0 to the second, 1 within a minute, 2 an hour apart) and of each set of verdicts.
SELECT pair, common, clock, $verdicts, count(*) AS pairs
FROM (
  SELECT one.pair, one.common AND other.common AS common,
    CASE WHEN one.at_second = other.at_second THEN 0 WHEN abs(one.at_second - other.at_second) < 60 THEN 1 ELSE 2 END
      AS clock,
    $compared
  FROM log_ground AS one
  JOIN log_ground AS other ON other.pair = one.pair AND other.id = one.id
  WHERE one.side = 1 AND other.side = 2 AND one.numbering <> 'none' AND other.numbering <> 'none'
    AND (abs(one.at_second - other.at_second) < 60 OR abs(abs(one.at_second - other.at_second) - 3600) < 60)
) AS compared
GROUP BY pair, common, clock, $verdicts
