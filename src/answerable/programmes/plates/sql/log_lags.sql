-- For pairs of logs that do not number searches alike: how far apart in time their searches of one organisation, type and
-- number of networks are (the fields that both show), in seconds, from a sample of about 1,000 searches of the first log.
-- Time is cut into slots as wide as the window, so that only neighbouring slots are compared.
WITH sampled AS (
  SELECT log_pairs.pair, one, other, by_agency, by_type, by_networks, greatest(one_first, other_first - $window) AS begins,
    least(one_last, other_last + $window) AS ends,
    greatest(1, CAST(floor(one_searches * 1e0 * greatest(0, least(one_last, other_last) - greatest(one_first, other_first))
      / greatest(1, one_last - one_first) / CASE WHEN by_agency THEN 1000 ELSE 300 END) AS BIGINT)) AS every
  FROM log_pairs LEFT JOIN log_numbering ON log_numbering.pair = log_pairs.pair
  WHERE log_numbering.pair IS NULL
),
slots (step) AS (VALUES (-1), (0), (1)),
ones AS (
  SELECT pair, second, CAST(floor(second / ${window}e0) AS BIGINT) + step AS slot,
    CASE WHEN by_agency THEN greatest(agency, 0) ELSE 0 END AS key_agency,
    CASE WHEN by_type THEN greatest(search_type, 0) ELSE 0 END AS key_type,
    CASE WHEN by_networks THEN coalesce(greatest(networks, 0), 0) ELSE 0 END AS key_networks
  FROM sampled JOIN log_sources ON log_sources.log = sampled.one JOIN log_rows ON log_rows.source = log_sources.source
  CROSS JOIN slots
  WHERE second BETWEEN begins AND ends AND second % every = 0
),
others AS (
  SELECT pair, second, CAST(floor(second / ${window}e0) AS BIGINT) AS slot,
    CASE WHEN by_agency THEN greatest(agency, 0) ELSE 0 END AS key_agency,
    CASE WHEN by_type THEN greatest(search_type, 0) ELSE 0 END AS key_type,
    CASE WHEN by_networks THEN coalesce(greatest(networks, 0), 0) ELSE 0 END AS key_networks
  FROM sampled JOIN log_sources ON log_sources.log = sampled.other JOIN log_rows ON log_rows.source = log_sources.source
)
SELECT ones.pair, others.second - ones.second AS apart, count(*) AS pairs
FROM ones JOIN others ON others.pair = ones.pair AND others.slot = ones.slot AND others.key_agency = ones.key_agency
  AND others.key_type = ones.key_type AND others.key_networks = ones.key_networks
WHERE abs(others.second - ones.second) <= $window
GROUP BY ones.pair, others.second - ones.second
