-- Of all vehicles seen in the last days of the records, how many do {points} points of those days, drawn at random, tell
-- from all others? Vehicles and points are drawn in the order of an md5 of the seed and their numbers.
WITH kept (days) AS (
  VALUES $days
),
vehicles AS (
  SELECT plate, min(day) AS first_seen, max(day) AS last_seen, count(*) AS reads,
    bit_count(bit_or(CAST(1 AS BIGINT) << CAST(cell % 61 AS INTEGER))) AS at_least
  FROM $points
  GROUP BY plate
),
-- `age` is how many days before the last day of the records the vehicle was last seen.
aged AS (
  SELECT plate, reads, at_least, last_day, last_day - first_day + 1 AS covered, last_day - last_seen AS age,
    fingerprint(concat({seed}, ' ', plate)) AS lot
  FROM vehicles CROSS JOIN (SELECT min(first_seen) AS first_day, max(last_seen) AS last_day FROM vehicles) AS ends
),
-- The first vehicles of each age are enough to find the first of those that were seen in so many days.
firsts AS (
  SELECT plate, last_day, covered, age, lot
  FROM (
    SELECT plate, last_day, covered, age, lot,
      row_number() OVER (PARTITION BY CASE $ages ELSE 0 END ORDER BY lot, plate) AS place
    FROM aged
  ) AS placed
  WHERE place <= {sample}
),
-- 0 days stand for all days of the records. The $widest vehicles that are spread widest, here with -1, are compared first:
-- most of what is shared they share, and it is little work.
chosen AS (
  SELECT days, plate, CASE WHEN days > 0 THEN last_day - days + 1 END AS from_day
  FROM (
    SELECT days, plate, last_day, row_number() OVER (PARTITION BY days ORDER BY lot, plate) AS place
    FROM firsts JOIN kept ON days = 0 OR (age < days AND days <= covered)
  ) AS placed
  WHERE place <= {sample}
  UNION ALL
  (
    SELECT -1, plate, CAST(NULL AS INTEGER)
    FROM aged ORDER BY at_least DESC NULLS LAST, reads DESC NULLS LAST, plate LIMIT $widest
  )
),
traces AS (
  SELECT days, plate, cell, count(*) OVER (PARTITION BY days, plate) AS points,
    row_number() OVER (PARTITION BY days, plate ORDER BY fingerprint(concat({seed}, ' ', plate, ' ', cell)), cell) AS turn
  FROM (
    SELECT DISTINCT days, $points.plate, cell
    FROM $points JOIN chosen ON chosen.plate = $points.plate AND day >= coalesce(from_day, day)
  ) AS distinct_points
),
drawn AS (
  SELECT days, plate, traces.cell, reads
  FROM traces
  JOIN (
    SELECT $points.cell, count(*) AS reads
    FROM $points
    JOIN (SELECT DISTINCT cell FROM traces WHERE days >= 0 AND turn <= {points}) AS in_play
      ON in_play.cell = $points.cell
    GROUP BY $points.cell
  ) AS cells ON cells.cell = traces.cell
  WHERE days >= 0 AND turn <= {points} AND points >= {points}
),
shared_widely AS (
  SELECT DISTINCT days, plate
  FROM (
    SELECT drawn.days, drawn.plate, traces.plate AS other
    FROM drawn JOIN traces ON traces.cell = drawn.cell AND traces.plate <> drawn.plate
    WHERE traces.days = -1
    GROUP BY drawn.days, drawn.plate, traces.plate
    HAVING count(*) = {points}
  ) AS compared
),
-- Another vehicle that holds all points would be in the cell of them that has the fewest reads, and in the next.
rarest AS (
  SELECT days, plate, max(CASE WHEN rarity = 1 THEN cell END) AS cell,
    max(CASE WHEN rarity = least(2, {points}) THEN cell END) AS next_cell
  FROM (
    SELECT drawn.days, drawn.plate, cell,
      row_number() OVER (PARTITION BY drawn.days, drawn.plate ORDER BY reads, cell) AS rarity
    FROM drawn LEFT JOIN shared_widely ON shared_widely.days = drawn.days AND shared_widely.plate = drawn.plate
    WHERE shared_widely.plate IS NULL
  ) AS by_rarity
  GROUP BY days, plate
),
candidates AS (
  SELECT DISTINCT days, rarest.plate, next_cell, $points.plate AS other
  FROM rarest JOIN $points ON $points.cell = rarest.cell AND $points.plate <> rarest.plate
),
pairs AS (
  SELECT DISTINCT days, candidates.plate, other
  FROM candidates JOIN $points ON $points.cell = next_cell AND $points.plate = other
),
checks AS (
  SELECT DISTINCT pairs.days, pairs.plate, other, cell
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
  SELECT rarest.days, count(*) AS vehicles
  FROM rarest LEFT JOIN shared_at_all ON shared_at_all.days = rarest.days AND shared_at_all.plate = rarest.plate
  WHERE shared_at_all.plate IS NULL
  GROUP BY rarest.days
),
parts AS (
  SELECT traces.days AS place, CASE traces.days WHEN 0 THEN 'all' ELSE 'days' END AS breakdown,
    CASE traces.days WHEN 0 THEN 'all' ELSE concat(traces.days, '') END AS label,
    coalesce(max(alone.vehicles), 0) AS numerator, count(*) AS denominator
  FROM traces LEFT JOIN alone ON alone.days = traces.days
  WHERE traces.days >= 0 AND turn = 1
  GROUP BY traces.days
  UNION ALL
  SELECT 1000 + days, 'vehicles seen', concat(days, ''), sum(CASE WHEN age < days THEN 1 ELSE 0 END), count(*)
  FROM aged JOIN kept ON days > 0 AND days <= covered
  GROUP BY days
)
SELECT breakdown, label, CAST(NULL AS DOUBLE) AS value, numerator, denominator
FROM parts
ORDER BY place
