-- The figures of each pair of logs on its common ground, and what it is compared by.
SELECT log_terms.*, log_counts.ground, ones, twos, ones_untold, twos_untold, ids_same, ids_near, ids_hour, rule_single, rule_tied,
  rule_hour, ones_left, twos_left, pairs, least(pairs, ones) AS ones_found, least(pairs, twos) AS twos_found
FROM log_counts JOIN log_terms ON log_terms.pair = log_counts.pair
WHERE in_measures
