-- How many searches are found in which of three or more logs. Searches of one ID are one; it stands where the earliest of them
-- stands, by the rule's fields. A search without an ID is one with those of other logs, and one of those told by ID, that
-- stand there too; of several, the first with the first and so on, those found in most logs first.
WITH told AS (
  SELECT bit_or(bit) AS bits, min(at_second) AS at_second, min(key_agency) AS key_agency, min(key_type) AS key_type,
    min(key_networks) AS key_networks
  FROM log_seen WHERE told
  GROUP BY id
),
placed AS (
  SELECT bits, at_second, key_agency, key_type, key_networks,
    row_number() OVER (PARTITION BY at_second, key_agency, key_type, key_networks ORDER BY bits DESC) AS place
  FROM told
  UNION ALL
  SELECT bit, at_second, key_agency, key_type, key_networks,
    row_number() OVER (PARTITION BY bit, at_second, key_agency, key_type, key_networks ORDER BY bit)
  FROM log_seen WHERE NOT told
),
searches_found AS (
  SELECT bit_or(bits) AS bits
  FROM placed
  GROUP BY at_second, key_agency, key_type, key_networks, place
)
SELECT bits, count(*) AS searches FROM searches_found GROUP BY bits
