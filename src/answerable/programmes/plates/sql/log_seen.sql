-- The searches of three or more logs on their common ground, as in log_ground.
SELECT log_members.log, bit, by_id AND id IS NOT NULL AS told, CASE WHEN by_id THEN fingerprint(id) END AS id,
  second - ahead AS at_second,
  CASE WHEN by_agency THEN greatest(log_rows.agency, 0) ELSE 0 END AS key_agency,
  CASE WHEN by_type THEN greatest(search_type, 0) ELSE 0 END AS key_type,
  CASE WHEN by_networks THEN coalesce(greatest(networks, 0), 0) ELSE 0 END AS key_networks
FROM log_rows
JOIN log_members ON log_members.source = log_rows.source
LEFT JOIN log_everywhere ON log_everywhere.agency = log_rows.agency
WHERE second - ahead BETWEEN begins AND ends AND (NOT own OR log_everywhere.agency IS NOT NULL)
  AND ((by_id AND id IS NOT NULL) OR NOT (
    (by_agency AND log_rows.agency < -1) OR (by_type AND search_type < -1) OR (by_networks AND coalesce(networks, 0) < -1)))
