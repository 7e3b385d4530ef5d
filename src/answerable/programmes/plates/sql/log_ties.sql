-- Fields of the rule that more than one search of a log shares and that both logs hold: which search is which cannot be told.
SELECT pair, at_second, key_agency, key_type, key_networks
FROM log_loose
WHERE ones > 0 AND twos > 0
