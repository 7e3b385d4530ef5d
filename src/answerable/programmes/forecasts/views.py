"""The views that the measures of predictive deployment read, made from the records.

    boundaries    ->  area_edges, area_boxes, area_sizes, located_points, area_overlaps: see `places`
    forecasts     ->  flag_words         one row per word for a flag: what it says
                  ->  base_forecasts     one row per forecast: its series, whether it is flagged and whether it came late
                  ->  forecast_periods   one row per series and period: where it begins and ends, gaps and overlaps
    outcomes      ->  base_outcomes      one row per outcome: its area, how that is known, and how many incidents it stands for
                  ->  outcome_periods    one row per outcome's time and period of a series that it falls in
    both          ->  cells              one row per series, area and period that has a forecast or an incident
    every kind    ->  areas_known        one row per area that some record names
                  ->  areas_judged       one row per area that forecasts are judged for: its number
                  ->  area_outlines      one row per corner of its border; or its place, where records state that
    compositions  ->  base_compositions  one row per area and group: its share, and the margin of error of the share
    patrols       ->  base_patrols       one row per patrol: its hours

A series is the forecasts of one model about one type; where the records name none, all forecasts are one series. Times are
local where that is known. Outcomes fall into periods by half-open intervals: a period holds its beginning and not its end.
"""

from __future__ import annotations

from answerable.programmes.answers import answer_sql
from answerable.programmes.forecasts import places, presence, recorded
from answerable.programmes.programme import View

__all__ = ["VIEWS"]

_FLAG_WORDS = f"""-- What each word for a flag says.
SELECT flag AS flag_word, {answer_sql("flag", "flagged|hot|hotspot|hot spot|selected|high|alert", "not flagged|unflagged|cold|not selected|low")} AS flag_says
FROM (SELECT DISTINCT flag FROM forecasts WHERE flag IS NOT NULL) AS words"""

_FORECASTS = """-- One row per forecast: its series, its times by one clock, whether it is flagged, and whether it came after its period began.
-- Where all that name a model, or a type, name one, those that leave it blank are of that one.
SELECT forecasts.*, coalesce(model, one_model, '') AS model_key, coalesce(type, one_type, '') AS type_key,
  coalesce(period_local, period) AS period_start, coalesce(period_end_local, period_end) AS stated_end,
  flag_says AS is_flagged, issued_at > period AS is_late
FROM forecasts LEFT JOIN flag_words ON flag = flag_word CROSS JOIN (
  SELECT CASE WHEN count(DISTINCT model) = 1 THEN max(model) END AS one_model, CASE WHEN count(DISTINCT type) = 1 THEN max(type) END AS one_type
  FROM forecasts
) AS named"""

_PERIODS = """-- One row per series and period: its beginning, its end (stated; else the next beginning, or after the commonest step
-- where the next is further off), whether it overlaps the next, how many whole steps are missing before the next, and whether outcomes are recorded from before its end to after its beginning.
WITH starts AS (
  SELECT model_key, type_key, period_start, max(stated_end) AS stated_end, count(*) AS forecasts,
    count(DISTINCT area) AS areas, min(score) AS score_least, max(score) AS score_most, count(score) AS scored
  FROM base_forecasts WHERE period_start IS NOT NULL
  GROUP BY model_key, type_key, period_start
),
following AS (
  SELECT *, lead(period_start) OVER (PARTITION BY model_key, type_key ORDER BY period_start) AS next_start FROM starts
),
stepped AS (
  SELECT *, seconds_between(period_start, next_start) AS step FROM following
),
steps AS (
  SELECT model_key, type_key, step,
    row_number() OVER (PARTITION BY model_key, type_key ORDER BY count(*) DESC, step) AS place
  FROM stepped WHERE step IS NOT NULL GROUP BY model_key, type_key, step
),
reach AS (
  SELECT min(coalesce(occurred_at_local, occurred_at)) AS first_outcome, max(coalesce(occurred_at_local, occurred_at)) AS last_outcome
  FROM outcomes
),
lengths AS (
  SELECT stepped.*, coalesce(steps.step, 86400) AS common_step,
    coalesce(seconds_between(period_start, stated_end), least(coalesce(stepped.step, steps.step), steps.step), 86400) AS seconds
  FROM stepped LEFT JOIN steps ON steps.model_key = stepped.model_key AND steps.type_key = stepped.type_key AND steps.place = 1
)
SELECT model_key, type_key, period_start, stated_end, next_start, seconds, common_step, forecasts, areas, score_least, score_most, scored,
  period_start + seconds * INTERVAL '1' SECOND AS period_end,
  coalesce(seconds > step, FALSE) AS overlaps_next,
  CASE WHEN step > common_step THEN greatest(CAST(floor((step + 1) / (1e0 * common_step)) AS BIGINT) - 1, 0) ELSE 0 END AS missing_after,
  coalesce(period_start <= last_outcome AND seconds_between(period_start, first_outcome) < seconds, FALSE) AS is_covered
FROM lengths CROSS JOIN reach"""

_OUTCOMES = """-- One row per outcome: its time by one clock, its area and how that is known, and the incidents that it stands for. A record that has
-- no number stands for one; a number that was left blank or withheld is not known.
SELECT outcomes.*, coalesce(occurred_at_local, occurred_at) AS occurred_time,
  coalesce(type, '') AS type_key, coalesce(recorded_how, '') AS how_key,
  CASE WHEN number_state = 'not exported' THEN 1 WHEN number >= 0 THEN number END AS incidents,
  CASE WHEN area IS NOT NULL THEN area WHEN areas = 1 THEN point_area END AS in_area,
  CASE WHEN area IS NOT NULL THEN 'stated' WHEN point.x IS NULL THEN 'not stated'
    WHEN areas = 1 THEN 'by point' WHEN areas > 1 THEN 'in several areas' WHEN has_borders THEN 'outside every area'
    ELSE 'point without borders' END AS area_known
FROM (
  SELECT outcomes.*, CASE WHEN longitude IS NOT NULL AND latitude IS NOT NULL THEN longitude ELSE outcomes.x END AS at_x,
    CASE WHEN longitude IS NOT NULL AND latitude IS NOT NULL THEN latitude ELSE outcomes.y END AS at_y,
    longitude IS NOT NULL AND latitude IS NOT NULL AS at_degrees
  FROM outcomes
) AS outcomes
LEFT JOIN outcome_points AS point ON outcomes.area IS NULL AND point.is_degrees = at_degrees AND point.x = at_x AND point.y = at_y
LEFT JOIN located_points AS located ON outcomes.area IS NULL AND located.is_degrees = at_degrees AND located.x = at_x AND located.y = at_y
LEFT JOIN (SELECT is_degrees, TRUE AS has_borders FROM area_boxes GROUP BY is_degrees) AS borders ON borders.is_degrees = point.is_degrees"""

_OUTCOME_PERIODS = """-- One row per outcome's time and period of a series that holds it.
SELECT times.occurred_time, period.model_key, period.type_key, period.period_start
FROM (SELECT DISTINCT occurred_time FROM base_outcomes WHERE occurred_time IS NOT NULL) AS times
JOIN forecast_periods AS period ON period.period_start <= times.occurred_time AND times.occurred_time < period.period_end"""

_CELLS = """-- One row per series, area and period that has a forecast or an incident. Of several forecasts the one counts that came in time, and of those
-- the last; incidents are those of the series's type, or of all types where it names none or the outcomes do.
WITH typed AS (
  SELECT count(type) > 0 AS by_type FROM outcomes
),
ranked AS (
  SELECT model_key, type_key, area, period_start, score, is_flagged, is_late, issued_at,
    row_number() OVER (
      PARTITION BY model_key, type_key, area, period_start
      ORDER BY coalesce(is_late, FALSE), issued_at DESC NULLS LAST, score DESC NULLS LAST, is_flagged DESC NULLS LAST
    ) AS place,
    count(*) OVER cell AS forecasts,
    coalesce(min(score) OVER cell <> max(score) OVER cell, FALSE)
      OR coalesce(min(CAST(is_flagged AS INT)) OVER cell <> max(CAST(is_flagged AS INT)) OVER cell, FALSE) AS disagrees
  FROM base_forecasts WHERE area IS NOT NULL AND period_start IS NOT NULL
  WINDOW cell AS (PARTITION BY model_key, type_key, area, period_start)
),
counted AS (
  SELECT fallen.model_key, fallen.type_key, in_area AS area, fallen.period_start, sum(incidents) AS incidents, count(*) AS records
  FROM base_outcomes AS outcome
  JOIN outcome_periods AS fallen ON fallen.occurred_time = outcome.occurred_time
  CROSS JOIN typed
  WHERE in_area IS NOT NULL AND (fallen.type_key = '' OR NOT by_type OR lower(fallen.type_key) = lower(outcome.type_key))
  GROUP BY fallen.model_key, fallen.type_key, in_area, fallen.period_start
),
joined AS (
  SELECT coalesce(one.model_key, counted.model_key) AS model_key, coalesce(one.type_key, counted.type_key) AS type_key,
    coalesce(one.area, counted.area) AS area, coalesce(one.period_start, counted.period_start) AS period_start,
    one.area IS NOT NULL AS has_forecast, score, is_flagged, is_late, issued_at, coalesce(forecasts, 0) AS forecasts,
    coalesce(disagrees, FALSE) AS disagrees, incidents, coalesce(records, 0) AS outcomes
  FROM (SELECT * FROM ranked WHERE place = 1) AS one
  FULL JOIN counted ON counted.model_key = one.model_key AND counted.type_key = one.type_key AND counted.area = one.area
    AND counted.period_start = one.period_start
)
SELECT joined.model_key, joined.type_key, joined.area, joined.period_start, period.period_end, has_forecast, score, is_flagged,
  coalesce(is_late, FALSE) AS is_late, issued_at, joined.forecasts, disagrees, is_covered, outcomes,
  CASE WHEN outcomes > 0 THEN CAST(incidents AS BIGINT) WHEN is_covered THEN 0 END AS incidents
FROM joined
JOIN forecast_periods AS period ON period.model_key = joined.model_key AND period.type_key = joined.type_key
  AND period.period_start = joined.period_start"""

_AREAS = """-- One row per area that some record names: its size and population, and which records name it.
WITH named AS (
  SELECT area, 'forecasts' AS records, count(*) AS number FROM forecasts WHERE area IS NOT NULL GROUP BY area
  UNION ALL
  SELECT in_area, 'outcomes', coalesce(CAST(sum(incidents) AS BIGINT), 0) FROM base_outcomes WHERE in_area IS NOT NULL GROUP BY in_area
  UNION ALL
  SELECT area, 'areas', count(*) FROM areas WHERE area IS NOT NULL GROUP BY area
  UNION ALL
  SELECT area, 'boundaries', count(*) FROM area_sizes GROUP BY area
  UNION ALL
  SELECT area, 'compositions', count(*) FROM compositions WHERE area IS NOT NULL GROUP BY area
  UNION ALL
  SELECT area, 'patrols', count(*) FROM patrols WHERE area IS NOT NULL GROUP BY area
),
known AS (
  SELECT area, max(CASE WHEN records = 'forecasts' THEN number END) AS forecasts, max(CASE WHEN records = 'outcomes' THEN number END) AS incidents,
    max(CASE WHEN records = 'areas' THEN number END) AS rows_of_areas, max(CASE WHEN records = 'boundaries' THEN number END) AS borders,
    max(CASE WHEN records = 'compositions' THEN number END) AS groups_stated, max(CASE WHEN records = 'patrols' THEN number END) AS patrols
  FROM named GROUP BY area
),
stated AS (
  SELECT area, max(size_km2) AS stated_km2, max(population) AS population, max(population_margin) AS population_margin,
    max(households) AS households,
    coalesce(min(size_km2) <> max(size_km2), FALSE) OR coalesce(min(population) <> max(population), FALSE)
      OR coalesce(min(households) <> max(households), FALSE) AS disagrees
  FROM areas WHERE area IS NOT NULL GROUP BY area
)
SELECT known.area, coalesce(stated_km2, computed_km2) AS size_km2, stated_km2, computed_km2, population, population_margin, households,
  coalesce(disagrees, FALSE) AS disagrees, coalesce(forecasts, 0) AS forecasts, incidents,
  forecasts IS NOT NULL AS in_forecasts, incidents IS NOT NULL AS in_outcomes, rows_of_areas IS NOT NULL AS in_areas,
  borders IS NOT NULL AS in_boundaries, groups_stated IS NOT NULL AS in_compositions, patrols IS NOT NULL AS in_patrols
FROM known LEFT JOIN stated ON stated.area = known.area LEFT JOIN area_sizes ON area_sizes.area = known.area"""

_JUDGED = """-- One row per area that forecasts are judged for: those that forecasts name, and all that are known where forecasts are lists of flags.
WITH series AS (
  SELECT bool_and(coalesce(is_flagged, FALSE)) AS is_list FROM base_forecasts
)
SELECT known.area, row_number() OVER (ORDER BY known.area) - 1 AS number, size_km2, population, population_margin
FROM areas_known AS known CROSS JOIN series
WHERE in_forecasts OR (is_list AND (in_areas OR in_boundaries OR in_outcomes))"""

_OUTLINES = """-- Where the judged areas lie, by their numbers and not by their names: one row per corner of a border, in degrees or in metres;
-- and one per area whose row and column in a grid, or whose middle, is stated, and stated in one way.
WITH stated AS (
  SELECT area,
    CASE WHEN min(grid_row) = max(grid_row) THEN max(grid_row) END AS grid_row,
    CASE WHEN min(grid_column) = max(grid_column) THEN max(grid_column) END AS grid_column,
    CASE WHEN min(latitude) = max(latitude) THEN max(latitude) END AS latitude,
    CASE WHEN min(longitude) = max(longitude) THEN max(longitude) END AS longitude
  FROM areas WHERE area IS NOT NULL GROUP BY area
)
SELECT number, CASE WHEN is_degrees THEN 'degrees' ELSE 'metres' END AS known_by, polygon, ring, corner, x1 AS x, y1 AS y
FROM area_edges JOIN areas_judged ON areas_judged.area = area_edges.area
UNION ALL
SELECT number, 'row and column', 1, 1, 1, CAST(grid_column AS DOUBLE), CAST(grid_row AS DOUBLE)
FROM stated JOIN areas_judged ON areas_judged.area = stated.area WHERE grid_row IS NOT NULL AND grid_column IS NOT NULL
UNION ALL
SELECT number, 'middle', 1, 1, 1, longitude, latitude
FROM stated JOIN areas_judged ON areas_judged.area = stated.area WHERE latitude IS NOT NULL AND longitude IS NOT NULL"""

_COMPOSITIONS = """-- One row per area and group: the group's share of the area's people, and the margin of error of that share at 90 % where it is stated of it.
-- Shares of a file in which one is above 1.5 are in per cent. Where people alone are stated, the share is of the area's population,
-- or of all groups' people where that is not known. A margin of people is made into one of the share as the Census Bureau does it: what
-- the population's own margin accounts for is taken off, or added where it is more than the whole (ACS handbook, 2020, chapter 8).
WITH units AS (
  SELECT source AS of_source, CASE WHEN max(share) > 1.5e0 THEN 100e0 ELSE 1e0 END AS whole FROM compositions GROUP BY source
),
populations AS (
  SELECT area AS of_area, max(population) AS population, max(population_margin) AS population_margin
  FROM areas WHERE area IS NOT NULL GROUP BY area
),
lines AS (
  SELECT compositions.*, share / whole AS stated_share, whole, population, coalesce(population_margin, 0e0) AS whole_margin,
    sum(people) OVER (PARTITION BY area) AS all_people,
    has_match(lower(coalesce(margin_of, '')), 'share|per ?cent|proportion') OR (coalesce(margin_of, '') = '' AND people IS NULL) AS of_share
  FROM compositions
  JOIN units ON of_source = source
  LEFT JOIN populations ON of_area = area
),
shared AS (
  SELECT lines.*, coalesce(stated_share, people / (1e0 * nullif(coalesce(population, all_people), 0))) AS group_share
  FROM lines
),
squared AS (
  SELECT shared.*, margin * margin AS of_people, group_share * group_share * whole_margin * whole_margin AS of_whole FROM shared
)
SELECT squared.*, CASE WHEN of_share THEN margin / whole
  ELSE sqrt(CASE WHEN of_people >= coalesce(of_whole, 0e0) THEN of_people - coalesce(of_whole, 0e0) ELSE of_people + of_whole END)
    / (1e0 * nullif(coalesce(population, all_people), 0)) END AS share_margin
FROM squared"""

_PATROLS = """-- One row per patrol: how many hours it lasted, as stated or from its beginning to its end, and officers' hours.
SELECT patrols.*, coalesce(started_at_local, started_at) AS start_time, coalesce(ended_at_local, ended_at) AS end_time,
  coalesce(hours, CASE WHEN ended_at >= started_at THEN seconds_between(started_at, ended_at) / 3600e0 END) AS lasted_hours,
  coalesce(hours, CASE WHEN ended_at >= started_at THEN seconds_between(started_at, ended_at) / 3600e0 END) * officers AS officer_hours,
  ended_at < started_at AS ends_before
FROM patrols"""

VIEWS = (
    *places.VIEWS,
    *recorded.VIEWS,
    *presence.VIEWS,
    View("flag_words", _FLAG_WORDS, kept=True),
    View("base_forecasts", _FORECASTS),
    View("forecast_periods", _PERIODS, kept=True),
    View("base_outcomes", _OUTCOMES),
    View("outcome_periods", _OUTCOME_PERIODS, kept=True),
    View("cells", _CELLS, kept=True),
    View("areas_known", _AREAS, kept=True),
    View("areas_judged", _JUDGED, kept=True),
    View("area_outlines", _OUTLINES),
    View("base_compositions", _COMPOSITIONS),
    View("base_patrols", _PATROLS),
)
"""What measures read, in the order in which one is made of another."""
