-- What each pair of logs is compared by: the clocks' shift, the period that both cover (by the first log's clock), whether
-- IDs are used, and the fields of the rule.
SELECT log_pairs.pair, one, other, one_label, other_label, label, one_searches, other_searches, by_agency, by_type, by_networks, by_name, own, organisation_in_one,
  shift, hour, shown_by, numbering, numbering_agrees,
  greatest(one_first, other_first - shift) AS begins, least(one_last, other_last - shift) AS ends,
  concat('time to the second',
    CASE WHEN by_agency THEN ', organisation' ELSE '' END, CASE WHEN by_type THEN ', search type' ELSE '' END,
    CASE WHEN by_networks THEN ', number of networks' ELSE '' END) AS rule
FROM log_pairs JOIN log_clocks ON log_clocks.pair = log_pairs.pair
