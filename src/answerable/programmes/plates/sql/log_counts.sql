-- Each pair of logs in figures, twice: over the searches whose organisation both logs name, and over every search. The
-- figures of the measures are those over the common ground: of an organisation's own log and another, organisations that both name;
-- of two others, every search.
WITH grounds (ground) AS (VALUES ('both'), ('every')),
wanted AS (
  SELECT log_terms.pair, ground, (ground = 'both') = own AS in_measures FROM log_terms CROSS JOIN grounds
),
totals AS (
  SELECT wanted.pair, ground,
    sum(CASE WHEN side = 1 AND NOT untold THEN searches ELSE 0 END) AS ones,
    sum(CASE WHEN side = 2 AND NOT untold THEN searches ELSE 0 END) AS twos,
    sum(CASE WHEN side = 1 AND untold THEN searches ELSE 0 END) AS ones_untold,
    sum(CASE WHEN side = 2 AND untold THEN searches ELSE 0 END) AS twos_untold
  FROM wanted JOIN log_totals ON log_totals.pair = wanted.pair AND (common OR ground = 'every')
  GROUP BY wanted.pair, ground
),
same AS (
  SELECT wanted.pair, ground, sum(CASE WHEN clock = 0 THEN pairs ELSE 0 END) AS ids_same,
    sum(CASE WHEN clock = 1 THEN pairs ELSE 0 END) AS ids_near, sum(CASE WHEN clock = 2 THEN pairs ELSE 0 END) AS ids_hour
  FROM wanted JOIN log_same ON log_same.pair = wanted.pair AND (common OR ground = 'every')
  GROUP BY wanted.pair, ground
),
alike AS (
  SELECT wanted.pair, ground, sum(pairs) AS rule_single
  FROM wanted JOIN log_alike ON log_alike.pair = wanted.pair AND (common OR ground = 'every')
  GROUP BY wanted.pair, ground
),
loose AS (
  SELECT wanted.pair, ground, sum(pairs) AS rule_tied, sum(one_left_0 + one_left_1) AS ones_left,
    sum(two_left_0 + two_left_1) AS twos_left
  FROM wanted JOIN log_loose ON log_loose.pair = wanted.pair AND (common OR ground = 'every')
  GROUP BY wanted.pair, ground
),
hours AS (
  SELECT wanted.pair, ground, sum(pairs) AS rule_hour
  FROM wanted JOIN log_hours ON log_hours.pair = wanted.pair AND (common OR ground = 'every')
  GROUP BY wanted.pair, ground
)
SELECT wanted.pair, wanted.ground, in_measures,
  CAST(coalesce(ones, 0) AS BIGINT) AS ones, CAST(coalesce(twos, 0) AS BIGINT) AS twos,
  CAST(coalesce(ones_untold, 0) AS BIGINT) AS ones_untold, CAST(coalesce(twos_untold, 0) AS BIGINT) AS twos_untold,
  CAST(coalesce(ids_same, 0) AS BIGINT) AS ids_same, CAST(coalesce(ids_near, 0) AS BIGINT) AS ids_near,
  CAST(coalesce(ids_hour, 0) AS BIGINT) AS ids_hour, CAST(coalesce(rule_single, 0) AS BIGINT) AS rule_single,
  CAST(coalesce(rule_tied, 0) AS BIGINT) AS rule_tied, CAST(coalesce(rule_hour, 0) AS BIGINT) AS rule_hour,
  CAST(coalesce(ones_left, 0) AS BIGINT) AS ones_left, CAST(coalesce(twos_left, 0) AS BIGINT) AS twos_left,
  CAST(coalesce(ids_same + ids_near + ids_hour, 0) + coalesce(rule_single, 0) + coalesce(rule_tied, 0) + coalesce(rule_hour, 0)
    AS BIGINT) AS pairs
FROM wanted
LEFT JOIN totals ON totals.pair = wanted.pair AND totals.ground = wanted.ground
LEFT JOIN same ON same.pair = wanted.pair AND same.ground = wanted.ground
LEFT JOIN alike ON alike.pair = wanted.pair AND alike.ground = wanted.ground
LEFT JOIN loose ON loose.pair = wanted.pair AND loose.ground = wanted.ground
LEFT JOIN hours ON hours.pair = wanted.pair AND hours.ground = wanted.ground
