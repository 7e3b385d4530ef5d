-- Every area and period that was forecast, beside what was recorded in it; what was recorded in all other periods, up to three years
-- before the first; and who lives in each area. Periods that outcomes do not reach are left out; those with a forecast that came after
-- they began are set apart, and what was recorded in them stays known. An area's first patrol is in the period that it began in, or in
-- the first one where it began before them all.
WITH series AS (
  SELECT greatest(count(DISTINCT model_key), count(DISTINCT type_key)) AS series, max(type_key) AS wanted,
    bool_and(coalesce(is_flagged, FALSE)) AS is_list
  FROM base_forecasts
),
typed AS (
  SELECT count(type) > 0 AND max(wanted) <> '' AS by_type, count(*) FILTER (WHERE lower(type) = lower(wanted)) AS of_type,
    count(*) FILTER (WHERE type IS NULL) AS untyped
  FROM outcomes CROSS JOIN series
),
periods AS (
  SELECT period_start, max(period_end) AS period_end, bool_and(is_covered) AS is_covered, bool_or(has_forecast AND is_late) AS is_late
  FROM cells GROUP BY period_start
),
spine AS (
  SELECT min(CASE WHEN is_covered THEN period_start END) AS first_start, max(CASE WHEN is_covered THEN period_end END) AS last_end,
    count(*) FILTER (WHERE NOT is_covered) AS uncovered, count(*) FILTER (WHERE is_covered AND is_late) AS late,
    (SELECT max(common_step) FROM forecast_periods) AS step
  FROM periods
),
placed AS (
  SELECT period_start, NOT is_late AS is_judged, row_number() OVER (ORDER BY period_start) - 1 AS place,
    floor(seconds_between(first_start, period_start) / (1e0 * step)) AS slot,
    seconds_between(first_start, period_start) = step * floor(seconds_between(first_start, period_start) / (1e0 * step))
      AND seconds_between(period_start, period_end) = step AS is_in_step
  FROM periods CROSS JOIN spine WHERE is_covered
),
steady AS (
  SELECT bool_and(is_in_step) AS is_steady FROM placed
),
times AS (
  SELECT period_start, is_judged, CASE WHEN is_steady THEN slot ELSE place END AS period FROM placed CROSS JOIN steady
),
places AS (
  SELECT area, number, size_km2, population, population_margin FROM areas_judged
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
kinds AS (
  SELECT in_area AS area, fallen.period_start, type_key, sum(incidents) AS events
  FROM base_outcomes AS outcome
  JOIN (SELECT DISTINCT occurred_time, period_start FROM outcome_periods) AS fallen ON fallen.occurred_time = outcome.occurred_time
  WHERE in_area IS NOT NULL AND incidents > 0
  GROUP BY in_area, fallen.period_start, type_key
),
slots AS (
  SELECT in_area AS area, floor(seconds_between(first_start, occurred_time) / (1e0 * step)) AS slot, incidents
  FROM base_outcomes CROSS JOIN spine CROSS JOIN series CROSS JOIN typed
  WHERE in_area IS NOT NULL AND occurred_time < last_end AND (NOT by_type OR lower(type) = lower(wanted))
),
beside AS (
  SELECT slots.area, slot, sum(incidents) AS events
  FROM slots CROSS JOIN spine CROSS JOIN steady
  WHERE slot * step >= -94867200 AND (slot < 0 OR is_steady)
  GROUP BY slots.area, slot
),
apart AS (
  SELECT (SELECT count(*) FROM areas_known CROSS JOIN series WHERE in_outcomes AND NOT in_forecasts AND NOT is_list) AS areas_apart,
    (SELECT count(*) FROM areas_known WHERE in_areas OR in_boundaries) AS framed
),
patrolled AS (
  SELECT area, sum(lasted_hours) AS hours
  FROM base_patrols CROSS JOIN spine
  WHERE area IS NOT NULL AND lasted_hours >= 0 AND start_time >= first_start AND start_time < last_end
  GROUP BY area
),
first_patrols AS (
  SELECT first.area, min(times.period) AS period
  FROM (SELECT area, min(start_time) AS start_time FROM base_patrols WHERE area IS NOT NULL GROUP BY area) AS first
  JOIN periods ON periods.period_end > first.start_time
  JOIN times ON times.period_start = periods.period_start
  GROUP BY first.area
),
laid AS (
  SELECT 'cell' AS what, places.number AS area, times.period, cells.period_start AS starts, times.is_judged, cells.score,
    CASE WHEN cells.is_flagged THEN 1 ELSE 0 END AS flagged, cells.incidents AS events, found.by_police, found.by_public,
    CAST(NULL AS DOUBLE) AS size_km2, CAST(NULL AS DOUBLE) AS population, CAST(NULL AS STRING) AS label, CAST(NULL AS DOUBLE) AS share,
    CAST(NULL AS DOUBLE) AS margin, CAST(NULL AS DOUBLE) AS hours, CAST(NULL AS BIGINT) AS first_patrol, CAST(NULL AS STRING) AS type_class
  FROM cells
  JOIN places ON places.area = cells.area
  JOIN times ON times.period_start = cells.period_start
  LEFT JOIN found ON found.area = cells.area AND found.period_start = cells.period_start
  UNION ALL
  SELECT 'beside', places.number, beside.slot, NULL, NULL, NULL, NULL, beside.events, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL
  FROM beside JOIN places ON places.area = beside.area
  UNION ALL
  SELECT 'area', places.number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, size_km2, population, NULL, NULL,
    CAST(population_margin AS DOUBLE), patrolled.hours, first_patrols.period, NULL
  FROM places LEFT JOIN patrolled ON patrolled.area = places.area LEFT JOIN first_patrols ON first_patrols.area = places.area
  UNION ALL
  SELECT 'group', places.number, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, population_group, max(group_share),
    max(share_margin), NULL, NULL, NULL
  FROM base_compositions JOIN places ON places.area = base_compositions.area
  WHERE population_group IS NOT NULL
  GROUP BY places.number, population_group
  UNION ALL
  SELECT 'type', places.number, times.period, NULL, NULL, NULL, NULL, kinds.events, NULL, NULL, NULL, NULL, type_key, NULL, NULL, NULL, NULL,
    type_class
  FROM kinds
  JOIN places ON places.area = kinds.area
  JOIN times ON times.period_start = kinds.period_start
  LEFT JOIN type_words ON type_word = type_key
)
SELECT what, area, CAST(period AS BIGINT) AS period, starts, is_judged, score, flagged, CAST(events AS DOUBLE) AS events,
  CAST(by_police AS DOUBLE) AS by_police, CAST(by_public AS DOUBLE) AS by_public, size_km2, population, label, share, margin, hours,
  first_patrol, type_class,
  series, late, uncovered, areas_apart, CASE WHEN is_list AND framed = 0 THEN 1 ELSE 0 END AS unframed,
  CASE WHEN is_steady THEN 0 ELSE 1 END AS unsteady, CASE WHEN by_type AND of_type = 0 THEN 1 ELSE 0 END AS type_unknown,
  CASE WHEN by_type THEN untyped ELSE 0 END AS untyped
FROM laid CROSS JOIN series CROSS JOIN spine CROSS JOIN steady CROSS JOIN apart CROSS JOIN typed
ORDER BY what, area, period, label
