-- Searches by hour of the local day; the headline counts the hours from one to another, past midnight if need be.
WITH hours AS (
  SELECT hour_of_day(local_time) AS hour, count(*) AS searches
  FROM base_searches
  WHERE local_time IS NOT NULL
  GROUP BY hour_of_day(local_time)
),
counted AS (
  SELECT agency, month, count(*) AS searches,
    count(*) FILTER (WHERE CASE
      WHEN {from_hour} <= {to_hour} THEN hour_of_day(local_time) >= {from_hour} AND hour_of_day(local_time) < {to_hour}
      ELSE hour_of_day(local_time) >= {from_hour} OR hour_of_day(local_time) < {to_hour}
    END) AS off
  FROM base_searches
  WHERE local_time IS NOT NULL
  GROUP BY agency, month
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label,
    coalesce(sum(off), 0) AS numerator, coalesce(sum(searches), 0) AS denominator
  FROM counted
  UNION ALL
  SELECT 1, 'hour', lpad(concat(hour), 2, '0'), searches, (SELECT sum(searches) FROM counted)
  FROM hours
  UNION ALL
  SELECT 2, 'agency', coalesce(agency, '(organisation not stated)'), sum(off), sum(searches) FROM counted GROUP BY agency
  UNION ALL
  SELECT 3, 'month', coalesce(month, '(month not stated)'), sum(off), sum(searches) FROM counted GROUP BY month
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place, CASE WHEN breakdown = 'agency' THEN denominator END DESC NULLS LAST, label
