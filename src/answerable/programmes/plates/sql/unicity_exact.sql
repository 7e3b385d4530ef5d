-- Over every choice of p points of every vehicle, the mean share of choices that no other vehicle's points hold.
-- A choice that one vehicle alone holds stays so with any further point: only shared choices are made longer.
WITH wanted (p) AS (
  VALUES (1), (2), (3), (4), (5), (6)
),
points AS (
  SELECT plate, cell, count(*) OVER (PARTITION BY cell) AS holders
  FROM (SELECT DISTINCT plate, cell FROM $points WHERE (SELECT count(*) FROM $points) <= {choices}) AS distinct_points
),
sizes AS (
  SELECT plate, CAST(count(*) AS DOUBLE) AS k, CAST(count(*) FILTER (WHERE holders > 1) AS DOUBLE) AS s
  FROM points
  GROUP BY plate
),
-- The choices of p of k points, and those of the s of them that some other vehicle holds too.
ways AS (
  SELECT plate, p,
    CASE p WHEN 1 THEN k WHEN 2 THEN k * (k - 1) / 2 WHEN 3 THEN k * (k - 1) * (k - 2) / 6
      WHEN 4 THEN k * (k - 1) * (k - 2) * (k - 3) / 24 WHEN 5 THEN k * (k - 1) * (k - 2) * (k - 3) * (k - 4) / 120
      ELSE k * (k - 1) * (k - 2) * (k - 3) * (k - 4) * (k - 5) / 720 END AS choices,
    CASE p WHEN 1 THEN s WHEN 2 THEN s * (s - 1) / 2 WHEN 3 THEN s * (s - 1) * (s - 2) / 6
      WHEN 4 THEN s * (s - 1) * (s - 2) * (s - 3) / 24 WHEN 5 THEN s * (s - 1) * (s - 2) * (s - 3) * (s - 4) / 120
      ELSE s * (s - 1) * (s - 2) * (s - 3) * (s - 4) * (s - 5) / 720 END AS to_compare
  FROM sizes JOIN wanted ON k >= p
),
-- They are compared for p and for every smaller number of points, or not at all.
within AS (
  SELECT p FROM wanted
  WHERE p < (
    SELECT coalesce(min(p), 7) FROM (SELECT p FROM ways GROUP BY p HAVING sum(to_compare) > {choices}) AS too_many
  )
),
ones AS (
  SELECT DISTINCT within.p, plate, cell FROM points JOIN within ON TRUE WHERE holders > 1
),
twos AS (
  SELECT plate, c1, c2
  FROM (
    SELECT a.plate, a.cell AS c1, b.cell AS c2, count(*) OVER (PARTITION BY a.cell, b.cell) AS holders
    FROM ones AS a JOIN ones AS b ON b.plate = a.plate AND b.cell > a.cell
    WHERE a.p = 2 AND b.p = 2
  ) AS compared
  WHERE holders > 1
),
threes AS (
  SELECT plate, c1, c2, c3
  FROM (
    SELECT twos.plate, c1, c2, cell AS c3, count(*) OVER (PARTITION BY c1, c2, cell) AS holders
    FROM twos JOIN ones ON ones.plate = twos.plate AND cell > c2
    WHERE p = 3
  ) AS compared
  WHERE holders > 1
),
fours AS (
  SELECT plate, c1, c2, c3, c4
  FROM (
    SELECT threes.plate, c1, c2, c3, cell AS c4, count(*) OVER (PARTITION BY c1, c2, c3, cell) AS holders
    FROM threes JOIN ones ON ones.plate = threes.plate AND cell > c3
    WHERE p = 4
  ) AS compared
  WHERE holders > 1
),
fives AS (
  SELECT plate, c1, c2, c3, c4, c5
  FROM (
    SELECT fours.plate, c1, c2, c3, c4, cell AS c5, count(*) OVER (PARTITION BY c1, c2, c3, c4, cell) AS holders
    FROM fours JOIN ones ON ones.plate = fours.plate AND cell > c4
    WHERE p = 5
  ) AS compared
  WHERE holders > 1
),
sixes AS (
  SELECT plate
  FROM (
    SELECT fives.plate, count(*) OVER (PARTITION BY c1, c2, c3, c4, c5, cell) AS holders
    FROM fives JOIN ones ON ones.plate = fives.plate AND cell > c5
    WHERE p = 6
  ) AS compared
  WHERE holders > 1
),
shared AS (
  SELECT 1 AS p, plate, count(*) AS choices FROM ones WHERE p = 1 GROUP BY plate
  UNION ALL SELECT 2, plate, count(*) FROM twos GROUP BY plate
  UNION ALL SELECT 3, plate, count(*) FROM threes GROUP BY plate
  UNION ALL SELECT 4, plate, count(*) FROM fours GROUP BY plate
  UNION ALL SELECT 5, plate, count(*) FROM fives GROUP BY plate
  UNION ALL SELECT 6, plate, count(*) FROM sixes GROUP BY plate
)
SELECT 'every choice' AS breakdown, concat(ways.p, '') AS label, CAST(NULL AS DOUBLE) AS value,
  round(sum(1 - coalesce(shared.choices, 0) / ways.choices), 6) AS numerator, count(*) AS denominator
FROM ways
JOIN within ON within.p = ways.p
LEFT JOIN shared ON shared.p = ways.p AND shared.plate = ways.plate
GROUP BY ways.p
ORDER BY ways.p
