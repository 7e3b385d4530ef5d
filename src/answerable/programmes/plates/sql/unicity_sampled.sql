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
-- Six stands for six or more.
counted AS (
  SELECT vehicles.plate, least(6, coalesce(points, at_least)) AS points, fingerprint(concat({seed}, ' ', vehicles.plate)) AS lot
  FROM vehicles LEFT JOIN few ON few.plate = vehicles.plate
),
-- The first vehicles of each number of points are enough to find the first of those that have at least so many.
firsts AS (
  SELECT plate, points, lot
  FROM (
    SELECT plate, points, lot, row_number() OVER (PARTITION BY points ORDER BY lot, plate) AS place FROM counted
  ) AS placed
  WHERE place <= {sample}
),
-- `samples` has a bit for each p that the vehicle is in the sample of. The $widest vehicles that are spread widest are
-- compared first: most of what is shared they share, and it is little work.
chosen AS (
  SELECT plate, bit_or(sample) AS samples, max(width) AS is_wide
  FROM (
    SELECT plate, 1 << (p - 1) AS sample, 0 AS width
    FROM (
      SELECT p, plate, row_number() OVER (PARTITION BY p ORDER BY lot, plate) AS place
      FROM firsts JOIN wanted ON p <= points
    ) AS placed
    WHERE place <= {sample}
    UNION ALL
    (SELECT plate, 0, 1 FROM vehicles ORDER BY at_least DESC NULLS LAST, reads DESC NULLS LAST, plate LIMIT $widest)
  ) AS either
  GROUP BY plate
),
traces AS (
  SELECT plate, samples, is_wide, cell,
    CAST(row_number() OVER (PARTITION BY plate ORDER BY fingerprint(concat({seed}, ' ', plate, ' ', cell)), cell) AS INTEGER) AS turn
  FROM (
    SELECT DISTINCT $points.plate, samples, is_wide, cell FROM $points JOIN chosen ON chosen.plate = $points.plate
  ) AS distinct_points
),
drawn AS (
  SELECT plate, samples, turn, traces.cell, reads, is_shared
  FROM traces
  JOIN (
    SELECT $points.cell, count(*) AS reads, CASE WHEN min(plate) <> max(plate) THEN 1 ELSE 0 END AS is_shared
    FROM $points
    JOIN (SELECT DISTINCT cell FROM traces WHERE samples > 0 AND turn <= 6) AS in_play ON in_play.cell = $points.cell
    GROUP BY $points.cell
  ) AS cells ON cells.cell = traces.cell
  WHERE samples > 0 AND turn <= 6
),
-- How many of the first points, in the order drawn, another vehicle holds too: `held` has a bit for each point.
shared_widely AS (
  SELECT plate, max(p) AS shared
  FROM (
    SELECT drawn.plate, traces.plate AS other, bit_or(1 << (drawn.turn - 1)) AS held
    FROM drawn JOIN traces ON traces.cell = drawn.cell AND traces.plate <> drawn.plate
    WHERE is_wide = 1
    GROUP BY drawn.plate, traces.plate
  ) AS compared
  JOIN wanted ON held % (turns + 1) = turns
  GROUP BY plate
),
so_far AS (
  SELECT drawn.plate, samples, turn, cell, reads, count(*) OVER (PARTITION BY drawn.plate) AS points,
    coalesce(shared, max(CASE WHEN turn = 1 THEN is_shared ELSE 0 END) OVER (PARTITION BY drawn.plate)) AS shared
  FROM drawn LEFT JOIN shared_widely ON shared_widely.plate = drawn.plate
),
-- Does any other vehicle hold one point more? It would be in the cell of them that has the fewest reads, and in the next.
rarest AS (
  SELECT plate, max(CASE WHEN rarity = 1 THEN cell END) AS cell, max(CASE WHEN rarity = 2 THEN cell END) AS next_cell
  FROM (
    SELECT plate, cell, row_number() OVER (PARTITION BY plate ORDER BY reads, cell) AS rarity
    FROM so_far
    WHERE shared BETWEEN 1 AND points - 1 AND turn <= shared + 1
  ) AS by_rarity
  GROUP BY plate
),
candidates AS (
  SELECT DISTINCT rarest.plate, next_cell, $points.plate AS other
  FROM rarest JOIN $points ON $points.cell = rarest.cell AND $points.plate <> rarest.plate
),
pairs AS (
  SELECT DISTINCT candidates.plate, other
  FROM candidates JOIN $points ON $points.cell = next_cell AND $points.plate = other
),
checks AS (
  SELECT DISTINCT pairs.plate, other, turn, cell FROM pairs JOIN drawn ON drawn.plate = pairs.plate
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
  FROM so_far
  LEFT JOIN shared_at_all ON shared_at_all.plate = so_far.plate
  JOIN wanted ON (samples & (1 << (p - 1))) > 0
  WHERE turn = 1
  GROUP BY p
),
parts AS (
  SELECT place * p AS place, breakdown, CASE breakdown WHEN 'all' THEN 'all' ELSE concat(p, '') END AS label,
    alone AS numerator, sampled AS denominator
  FROM outcomes
  JOIN (VALUES (0, 'all'), (1, 'points')) AS shown (place, breakdown) ON breakdown = 'points' OR p = {points}
  UNION ALL
  SELECT 10 + p, 'eligible vehicles', concat(p, ''), sum(CASE WHEN points >= p THEN 1 ELSE 0 END), count(*)
  FROM counted CROSS JOIN wanted
  GROUP BY p
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
