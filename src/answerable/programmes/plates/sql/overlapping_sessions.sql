-- Accounts with two sessions at once: the spans of their searches on two kinds of device, or under two organisations,
-- intersect within one slot of the clock. A span runs from the first to the last search of a side in the slot.
-- Few accounts have two sides at all: they are found first, and only their searches are cut into slots.
WITH seen AS (
  SELECT account, agency, is_mobile
  FROM base_searches
  WHERE account IS NOT NULL AND searched_at IS NOT NULL
  GROUP BY account, agency, is_mobile
),
sides AS (
  SELECT account, count(DISTINCT is_mobile) > 1 AS two_devices, count(DISTINCT agency) > 1 AS two_agencies
  FROM seen
  GROUP BY account
),
devices_at_once AS (
  SELECT account
  FROM base_searches
  WHERE is_mobile IS NOT NULL AND searched_at IS NOT NULL
    AND account IN (SELECT account FROM sides WHERE two_devices)
  GROUP BY account,
    CAST(floor(seconds_between(TIMESTAMP '2000-01-01 00:00:00', searched_at) / (60e0 * {minutes})) AS INTEGER)
  HAVING min(CASE WHEN is_mobile THEN searched_at END) <= max(CASE WHEN NOT is_mobile THEN searched_at END)
    AND min(CASE WHEN NOT is_mobile THEN searched_at END) <= max(CASE WHEN is_mobile THEN searched_at END)
),
sessions AS (
  SELECT account, agency,
    CAST(floor(seconds_between(TIMESTAMP '2000-01-01 00:00:00', searched_at) / (60e0 * {minutes})) AS INTEGER) AS slot,
    min(searched_at) AS began, max(searched_at) AS ended
  FROM base_searches
  WHERE agency IS NOT NULL AND searched_at IS NOT NULL
    AND account IN (SELECT account FROM sides WHERE two_agencies)
  GROUP BY account, agency,
    CAST(floor(seconds_between(TIMESTAMP '2000-01-01 00:00:00', searched_at) / (60e0 * {minutes})) AS INTEGER)
),
agencies_at_once AS (
  SELECT DISTINCT one.account
  FROM sessions AS one
  JOIN sessions AS other ON other.account = one.account AND other.slot = one.slot AND other.agency > one.agency
  WHERE one.began <= other.ended AND other.began <= one.ended
),
whole AS (
  SELECT count(*) AS accounts FROM sides
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    (SELECT count(DISTINCT account)
      FROM (SELECT account FROM devices_at_once UNION ALL SELECT account FROM agencies_at_once) AS either)
      AS numerator,
    accounts AS denominator
  FROM whole
  UNION ALL
  SELECT 1, 'overlap', 'under two organisations', (SELECT count(*) FROM agencies_at_once), accounts FROM whole
  UNION ALL
  SELECT 2, 'overlap', 'on a mobile and another device', (SELECT count(DISTINCT account) FROM devices_at_once),
    accounts
  FROM whole
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
