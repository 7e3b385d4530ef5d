-- Searches by organisations of another state than the state most often seen in the log.
WITH counted AS (
  SELECT agency, month, home_state, count(*) AS searches
  FROM marked_searches
  WHERE agency IS NOT NULL
  GROUP BY agency, month, home_state
),
-- Of two states seen equally often, the first in the alphabet is taken.
own AS (
  SELECT home_state AS own_state
  FROM counted
  WHERE home_state IS NOT NULL
  GROUP BY home_state
  ORDER BY sum(searches) DESC NULLS LAST, home_state NULLS LAST
  LIMIT 1
),
placed AS (
  SELECT counted.agency, counted.month, counted.home_state, counted.searches, own.own_state,
    CASE WHEN counted.home_state <> own.own_state THEN counted.searches ELSE 0 END AS outside
  FROM counted LEFT JOIN own ON TRUE
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(outside), 0) AS numerator, coalesce(sum(searches), 0) AS denominator
  FROM placed WHERE home_state IS NOT NULL
  UNION ALL
  SELECT 1, 'state in the name', concat(home_state, ' (the state most often seen)'), sum(searches),
    (SELECT sum(searches) FROM placed)
  FROM placed WHERE home_state = own_state GROUP BY home_state
  UNION ALL
  SELECT 2, 'state in the name', 'another state', sum(searches), (SELECT sum(searches) FROM placed)
  FROM placed WHERE home_state <> own_state HAVING count(*) > 0
  UNION ALL
  SELECT 3, 'state in the name', 'unknown: the name does not say', sum(searches),
    (SELECT sum(searches) FROM placed)
  FROM placed WHERE home_state IS NULL HAVING count(*) > 0
  UNION ALL
  SELECT 4, 'other state', home_state, sum(searches),
    (SELECT sum(searches) FROM placed WHERE home_state IS NOT NULL)
  FROM placed WHERE home_state <> own_state GROUP BY home_state
  UNION ALL
  SELECT 5, 'month', coalesce(month, '(month not stated)'), sum(outside), sum(searches)
  FROM placed WHERE home_state IS NOT NULL GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'other state' THEN numerator END DESC NULLS LAST, label
