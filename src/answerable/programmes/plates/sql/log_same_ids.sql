-- How far apart in time the two logs of a pair put searches of one ID, in seconds, from a sample of the first log's
-- seconds: about 20,000 of its searches in the period that both cover.
WITH sampled AS (
  SELECT pair, one, other, greatest(one_first, other_first - $window) AS begins,
    least(one_last, other_last + $window) AS ends,
    greatest(1, CAST(floor(one_searches * 1e0 * greatest(0, least(one_last, other_last) - greatest(one_first, other_first))
      / greatest(1, one_last - one_first) / 20000) AS BIGINT)) AS every
  FROM log_pairs
  WHERE some_numbered
),
ids AS (
  SELECT pair, other, id, second
  FROM sampled JOIN log_sources ON log_sources.log = sampled.one JOIN log_rows ON log_rows.source = log_sources.source
  WHERE id IS NOT NULL AND second BETWEEN begins AND ends AND second % every = 0
)
SELECT ids.pair, log_rows.second - ids.second AS apart, count(*) AS pairs
FROM ids
JOIN log_sources ON log_sources.log = ids.other
JOIN log_rows ON log_rows.source = log_sources.source AND log_rows.id = ids.id
GROUP BY ids.pair, log_rows.second - ids.second
