-- The searches of each pair of logs in the period that both cover, each at the second of the first log's clock and with the
-- fields of the rule (0 where one is blank or not in it). `common` says that both logs name the organisation, or that the
-- rule does not know it; `untold` that it has no ID to be told by, and a field of the rule was withheld or not exported.
SELECT log_sides.pair, side, numbering, numbering <> 'none' AND id IS NOT NULL AS numbered,
  CASE WHEN numbering <> 'none' THEN fingerprint(id) END AS id,
  second - ahead AS at_second,
  CASE WHEN by_agency THEN greatest(log_rows.agency, 0) ELSE 0 END AS key_agency,
  CASE WHEN by_type THEN greatest(search_type, 0) ELSE 0 END AS key_type,
  CASE WHEN by_networks THEN coalesce(greatest(networks, 0), 0) ELSE 0 END AS key_networks,
  NOT by_agency OR log_common.agency IS NOT NULL AS common,
  (numbering = 'none' OR id IS NULL) AND (
    (by_agency AND log_rows.agency < -1) OR (by_type AND search_type < -1)
    OR (by_networks AND coalesce(networks, 0) < -1)) AS untold,
  reason, case_number, plate, CASE WHEN by_name THEN user_name ELSE user_id END AS account, networks, devices, frame,
  search_type, moderation, log_rows.agency
FROM log_rows
JOIN log_sides ON log_sides.source = log_rows.source
LEFT JOIN log_common ON log_common.pair = log_sides.pair AND log_common.agency = log_rows.agency
WHERE second - ahead BETWEEN begins AND ends
