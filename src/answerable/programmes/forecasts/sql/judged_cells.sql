-- Every area and period that was forecast, beside what was recorded in it; what was recorded before the first period; and who lives
-- in each area. Periods that outcomes do not reach, or with a forecast that came after they began, are set apart and counted.
WITH series AS (
  SELECT count(DISTINCT nullif(model_key, '')) AS models, count(DISTINCT nullif(type_key, '')) AS types FROM base_forecasts
),
-- Where some forecasts leave out their model or type they are of the one that the others name.
one_each AS (
  SELECT area, period_start, max(period_end) AS period_end, bool_or(has_forecast) AS has_forecast, bool_or(has_forecast AND is_late) AS is_late,
    bool_and(is_covered) AS is_covered, max(score) AS score, bool_or(is_flagged) AS is_flagged, max(incidents) AS incidents
  FROM cells GROUP BY area, period_start
),
periods AS (
  SELECT period_start, max(period_end) AS period_end, bool_and(is_covered) AND NOT bool_or(is_late) AS is_judged
  FROM one_each GROUP BY period_start
),
steps AS (
  SELECT max(common_step) AS step FROM forecast_periods
),
times AS (
  SELECT period_start, row_number() OVER (ORDER BY period_start) - 1 AS period FROM periods WHERE is_judged
),
apart AS (
  SELECT count(*) FILTER (WHERE NOT is_judged) AS periods_apart, min(CASE WHEN is_judged THEN period_start END) AS first_start FROM periods
),
scored AS (
  SELECT count(score) > 0 AS has_scores FROM cells
),
places AS (
  SELECT known.area, row_number() OVER (ORDER BY known.area) - 1 AS number, size_km2, population
  FROM areas_known AS known CROSS JOIN scored
  WHERE in_forecasts OR NOT has_scores
),
found AS (
  SELECT in_area AS area, fallen.period_start,
    sum(CASE WHEN is_by_police THEN incidents END) AS by_police, sum(CASE WHEN NOT is_by_police THEN incidents END) AS by_public
  FROM base_outcomes AS outcome
  JOIN (SELECT DISTINCT occurred_time, period_start FROM outcome_periods) AS fallen ON fallen.occurred_time = outcome.occurred_time
  JOIN recorded_words ON how_word = how_key
  WHERE is_by_police IS NOT NULL AND in_area IS NOT NULL
  GROUP BY in_area, fallen.period_start
),
before AS (
  SELECT in_area AS area, floor(seconds_between(first_start, occurred_time) / (1e0 * step)) AS period, sum(incidents) AS events
  FROM base_outcomes CROSS JOIN apart CROSS JOIN steps
  WHERE occurred_time < first_start AND in_area IS NOT NULL
  GROUP BY 1, 2
),
patrolled AS (
  SELECT area, sum(lasted_hours) AS hours FROM base_patrols WHERE area IS NOT NULL AND lasted_hours >= 0 GROUP BY area
),
beside AS (
  SELECT count(*) AS areas_apart FROM areas_known CROSS JOIN scored WHERE in_outcomes AND NOT in_forecasts AND has_scores
),
laid AS (
  SELECT 'cell' AS what, places.number AS area, times.period, cells.period_start AS starts, cells.score,
    CASE WHEN cells.is_flagged THEN 1 ELSE 0 END AS flagged, cells.incidents AS events, found.by_police, found.by_public,
    places.size_km2, places.population, CAST(NULL AS STRING) AS label, CAST(NULL AS DOUBLE) AS share, CAST(NULL AS DOUBLE) AS margin,
    CAST(NULL AS DOUBLE) AS hours
  FROM one_each AS cells
  JOIN places ON places.area = cells.area
  JOIN times ON times.period_start = cells.period_start
  LEFT JOIN found ON found.area = cells.area AND found.period_start = cells.period_start
  UNION ALL
  SELECT 'past', places.number, before.period, NULL, NULL, NULL, before.events, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM before JOIN places ON places.area = before.area
  UNION ALL
  SELECT 'area', places.number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, size_km2, population, NULL, NULL, NULL, patrolled.hours
  FROM places LEFT JOIN patrolled ON patrolled.area = places.area
  UNION ALL
  SELECT 'group', places.number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, population_group, max(group_share), max(share_margin), NULL
  FROM base_compositions JOIN places ON places.area = base_compositions.area
  WHERE population_group IS NOT NULL
  GROUP BY places.number, population_group
)
SELECT what, area, CAST(period AS BIGINT) AS period, starts, score, flagged, CAST(events AS DOUBLE) AS events,
  CAST(by_police AS DOUBLE) AS by_police, CAST(by_public AS DOUBLE) AS by_public, size_km2, population, label, share, margin, hours,
  greatest(models, types) AS models, periods_apart, areas_apart
FROM laid CROSS JOIN series CROSS JOIN apart CROSS JOIN beside
ORDER BY what, area, period, label
