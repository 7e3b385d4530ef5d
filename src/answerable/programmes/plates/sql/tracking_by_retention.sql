-- Of all vehicles seen in the last days of the records, how many do {points} points of those days, drawn at random, tell
-- from all others? Vehicles and points are drawn in the order of an md5 of the seed and their numbers.
WITH ends AS (
  SELECT min(day) AS first_day, max(day) AS last_day FROM $points
),
-- 0 stands for all the days of the records.
spans AS (
  SELECT days, CASE days WHEN 0 THEN first_day ELSE last_day - days + 1 END AS from_day
  FROM ends CROSS JOIN (VALUES $days) AS ladder (days)
  WHERE days <= last_day - first_day + 1
),
vehicles AS (
  SELECT plate, max(day) AS last_seen, count(*) AS reads,
    bit_count(bit_or(CAST(1 AS BIGINT) << CAST(cell % 61 AS INTEGER))) AS at_least
  FROM $points
  GROUP BY plate
),
counted AS (
  SELECT plate, last_seen, md5(concat({seed}, ' ', plate)) AS lot FROM vehicles
),
sampled AS (
  $sampled
),
-- The $widest that are spread widest are compared first: most of what is shared, they share, and the rest is little work.
widest AS (
  SELECT plate FROM vehicles ORDER BY at_least DESC NULLS LAST, reads DESC NULLS LAST, plate LIMIT $widest
),
traces AS (
  SELECT DISTINCT $points.plate, cell, day
  FROM $points
  JOIN (SELECT plate FROM sampled UNION SELECT plate FROM widest) AS needed ON needed.plate = $points.plate
),
drawn AS (
  SELECT days, plate, cell
  FROM (
    SELECT sampled.days, lots.plate, cell,
      row_number() OVER (PARTITION BY sampled.days, lots.plate ORDER BY lot, cell) AS turn,
      count(*) OVER (PARTITION BY sampled.days, lots.plate) AS points
    FROM (
      SELECT plate, cell, day, md5(concat({seed}, ' ', plate, ' ', cell)) AS lot FROM traces
    ) AS lots
    JOIN sampled ON sampled.plate = lots.plate
    JOIN spans ON spans.days = sampled.days AND day >= from_day
  ) AS turns
  WHERE turn <= {points} AND points >= {points}
),
shared_widely AS (
  SELECT DISTINCT days, plate
  FROM (
    SELECT days, drawn.plate, traces.plate AS other
    FROM drawn JOIN traces ON traces.cell = drawn.cell AND traces.plate <> drawn.plate
    WHERE traces.plate IN (SELECT plate FROM widest)
    GROUP BY days, drawn.plate, traces.plate
    HAVING count(*) = {points}
  ) AS compared
),
-- Of the others: another vehicle that holds all would be in the cell of them that has the fewest reads, and in the next.
cells AS (
  SELECT $points.cell, count(*) AS reads
  FROM $points JOIN (SELECT DISTINCT cell FROM drawn) AS drawn_cells ON drawn_cells.cell = $points.cell
  GROUP BY $points.cell
),
asked AS (
  SELECT drawn.days, drawn.plate, drawn.cell,
    row_number() OVER (PARTITION BY drawn.days, drawn.plate ORDER BY reads, drawn.cell) AS rarity
  FROM drawn
  JOIN cells ON cells.cell = drawn.cell
  LEFT JOIN shared_widely ON shared_widely.days = drawn.days AND shared_widely.plate = drawn.plate
  WHERE shared_widely.plate IS NULL
),
candidates AS (
  SELECT DISTINCT rarest.days, rarest.plate, next_rarest.cell AS next_cell, $points.plate AS other
  FROM asked AS rarest
  JOIN asked AS next_rarest ON next_rarest.days = rarest.days AND next_rarest.plate = rarest.plate
    AND next_rarest.rarity = least(2, {points})
  JOIN $points ON $points.cell = rarest.cell AND $points.plate <> rarest.plate
  WHERE rarest.rarity = 1
),
pairs AS (
  SELECT DISTINCT days, candidates.plate, other
  FROM candidates JOIN $points ON $points.cell = next_cell AND $points.plate = other
),
checks AS (
  SELECT DISTINCT pairs.days, pairs.plate, other, drawn.cell
  FROM pairs JOIN drawn ON drawn.days = pairs.days AND drawn.plate = pairs.plate
),
shared_at_all AS (
  SELECT DISTINCT days, plate
  FROM (
    SELECT days, checks.plate, other
    FROM checks JOIN $points ON $points.cell = checks.cell AND $points.plate = other
    GROUP BY days, checks.plate, other
    HAVING count(DISTINCT checks.cell) = {points}
  ) AS compared
),
alone AS (
  SELECT asked.days, count(*) AS vehicles
  FROM asked LEFT JOIN shared_at_all ON shared_at_all.days = asked.days AND shared_at_all.plate = asked.plate
  WHERE rarity = 1 AND shared_at_all.plate IS NULL
  GROUP BY asked.days
),
outcomes AS (
  SELECT sampled.days, coalesce(max(alone.vehicles), 0) AS alone, count(*) AS sampled
  FROM sampled LEFT JOIN alone ON alone.days = sampled.days
  GROUP BY sampled.days
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, alone AS numerator, sampled AS denominator
  FROM outcomes WHERE days = 0
  UNION ALL
  SELECT days, 'days', concat(days, ''), alone, sampled FROM outcomes WHERE days > 0
  UNION ALL
  SELECT 1000 + days, 'vehicles seen', concat(days, ''), count(*), (SELECT count(*) FROM counted)
  FROM counted JOIN spans ON last_seen >= from_day
  WHERE days > 0
  GROUP BY days
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
