-- Of a sample of vehicles with at least p points, how many do p of their own points, drawn at random, tell from all others?
-- Vehicles and points are drawn in the order of an md5 of the seed and their numbers. Only counts leave this query.
WITH wanted (p, turns) AS (
  VALUES (1, 1), (2, 3), (3, 7), (4, 15), (5, 31), (6, 63)
),
-- A vehicle has at least as many points as there are classes, of 61, that they fall in, and at most as many as reads.
vehicles AS (
  SELECT plate, count(*) AS reads, bit_count(bit_or(CAST(1 AS BIGINT) << CAST(cell % 61 AS INTEGER))) AS at_least
  FROM $points
  GROUP BY plate
),
-- Where that leaves it open whether they are six, they are counted.
few AS (
  SELECT plate, count(*) AS points
  FROM (
    SELECT DISTINCT $points.plate, cell
    FROM $points JOIN vehicles ON vehicles.plate = $points.plate
    WHERE at_least < 6 AND at_least < reads
  ) AS distinct_points
  GROUP BY plate
),
counted AS (
  SELECT vehicles.plate, coalesce(points, at_least) AS points, md5(concat({seed}, ' ', vehicles.plate)) AS lot
  FROM vehicles LEFT JOIN few ON few.plate = vehicles.plate
),
sampled AS (
  (SELECT 1 AS p, plate FROM counted WHERE points >= 1 ORDER BY lot, plate LIMIT {sample})
  UNION ALL (SELECT 2, plate FROM counted WHERE points >= 2 ORDER BY lot, plate LIMIT {sample})
  UNION ALL (SELECT 3, plate FROM counted WHERE points >= 3 ORDER BY lot, plate LIMIT {sample})
  UNION ALL (SELECT 4, plate FROM counted WHERE points >= 4 ORDER BY lot, plate LIMIT {sample})
  UNION ALL (SELECT 5, plate FROM counted WHERE points >= 5 ORDER BY lot, plate LIMIT {sample})
  UNION ALL (SELECT 6, plate FROM counted WHERE points >= 6 ORDER BY lot, plate LIMIT {sample})
),
-- The $widest that are spread widest are compared first: most of what is shared, they share, and the rest is little work.
widest AS (
  SELECT plate FROM vehicles ORDER BY at_least DESC NULLS LAST, reads DESC NULLS LAST, plate LIMIT $widest
),
traces AS (
  SELECT DISTINCT $points.plate, cell
  FROM $points
  JOIN (SELECT plate FROM sampled UNION SELECT plate FROM widest) AS needed ON needed.plate = $points.plate
),
drawn AS (
  SELECT plate, cell, CAST(turn AS INTEGER) AS turn
  FROM (
    SELECT plate, cell, row_number() OVER (PARTITION BY plate ORDER BY md5(concat({seed}, ' ', plate, ' ', cell)), cell) AS turn
    FROM traces
    WHERE plate IN (SELECT plate FROM sampled)
  ) AS turns
  WHERE turn <= 6
),
cells AS (
  SELECT $points.cell, count(*) AS reads, min(plate) <> max(plate) AS is_shared
  FROM $points JOIN (SELECT DISTINCT cell FROM drawn) AS drawn_cells ON drawn_cells.cell = $points.cell
  GROUP BY $points.cell
),
-- How many of the first points, in the order drawn, one of the widest holds too: `held` has a bit for each point.
shared_widely AS (
  SELECT plate, max(p) AS shared
  FROM (
    SELECT drawn.plate, traces.plate AS other, bit_or(1 << (turn - 1)) AS held
    FROM drawn JOIN traces ON traces.cell = drawn.cell AND traces.plate <> drawn.plate
    WHERE traces.plate IN (SELECT plate FROM widest)
    GROUP BY drawn.plate, traces.plate
  ) AS compared
  JOIN wanted ON held % (turns + 1) = turns
  GROUP BY plate
),
so_far AS (
  SELECT drawn.plate, max(turn) AS points, max(coalesce(shared, CASE WHEN turn = 1 AND is_shared THEN 1 ELSE 0 END)) AS shared
  FROM drawn JOIN cells ON cells.cell = drawn.cell LEFT JOIN shared_widely ON shared_widely.plate = drawn.plate
  GROUP BY drawn.plate
),
-- Does any other vehicle hold one point more? It would be in the cell of them that has the fewest reads, and in the next.
asked AS (
  SELECT so_far.plate, drawn.cell,
    row_number() OVER (PARTITION BY so_far.plate ORDER BY reads, drawn.cell) AS rarity
  FROM so_far
  JOIN drawn ON drawn.plate = so_far.plate AND turn <= shared + 1
  JOIN cells ON cells.cell = drawn.cell
  WHERE shared BETWEEN 1 AND points - 1
),
candidates AS (
  SELECT DISTINCT rarest.plate, next_rarest.cell AS next_cell, $points.plate AS other
  FROM asked AS rarest
  JOIN asked AS next_rarest ON next_rarest.plate = rarest.plate AND next_rarest.rarity = 2
  JOIN $points ON $points.cell = rarest.cell AND $points.plate <> rarest.plate
  WHERE rarest.rarity = 1
),
pairs AS (
  SELECT DISTINCT candidates.plate, other
  FROM candidates JOIN $points ON $points.cell = next_cell AND $points.plate = other
),
checks AS (
  SELECT DISTINCT pairs.plate, other, cell, turn FROM pairs JOIN drawn ON drawn.plate = pairs.plate
),
shared_at_all AS (
  SELECT plate, max(p) AS shared
  FROM (
    SELECT checks.plate, other, bit_or(1 << (turn - 1)) AS held
    FROM checks JOIN $points ON $points.cell = checks.cell AND $points.plate = other
    GROUP BY checks.plate, other
  ) AS compared
  JOIN wanted ON held % (turns + 1) = turns
  GROUP BY plate
),
outcomes AS (
  SELECT p, count(*) FILTER (WHERE greatest(so_far.shared, coalesce(shared_at_all.shared, 0)) < p) AS alone,
    count(*) AS sampled
  FROM sampled
  JOIN so_far ON so_far.plate = sampled.plate
  LEFT JOIN shared_at_all ON shared_at_all.plate = sampled.plate
  GROUP BY p
),
parts AS (
  SELECT 0 AS place, 'all' AS breakdown, 'all' AS label, alone AS numerator, sampled AS denominator
  FROM outcomes WHERE p = {points}
  UNION ALL
  SELECT p, 'points', concat(p, ''), alone, sampled FROM outcomes
  UNION ALL
  SELECT 10 + p, 'eligible vehicles', concat(p, ''), count(*), (SELECT count(*) FROM counted)
  FROM counted JOIN wanted ON points >= p
  GROUP BY p
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
