-- The logs whose searches are looked at all at once, each with its place: all of them, but for organisations' own logs where
-- these are of different organisations and so have no search in common.
SELECT log, CAST(row_number() OVER (ORDER BY log) AS INTEGER) AS place
FROM log_held CROSS JOIN (SELECT count(DISTINCT agency) AS owners FROM log_held WHERE one_agency) AS own_logs
WHERE NOT one_agency OR owners = 1
