-- The pairs of searches whose clocks or fields can be compared, by their set of verdicts: those by ID, those that the rule makes
-- of one search in each log, and those that it makes an hour apart, of which the clocks alone are compared.
SELECT log_terms.pair, label, clock, $verdicts, pairs
FROM log_same JOIN log_terms ON log_terms.pair = log_same.pair
WHERE common OR NOT own
UNION ALL
SELECT log_terms.pair, label, 0, $verdicts, pairs
FROM log_alike JOIN log_terms ON log_terms.pair = log_alike.pair
WHERE common OR NOT own
UNION ALL
SELECT log_terms.pair, label, 2, $none, pairs
FROM log_hours JOIN log_terms ON log_terms.pair = log_hours.pair
WHERE common OR NOT own
