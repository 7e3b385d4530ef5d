"""Views of where things are: edges and boxes of polygons, their sizes, which point lies in which area, what overlaps.

A point is in a polygon where a ray from it to the east crosses its rings an odd number of times: holes need no care of
their own. The test takes a rising edge with its lower end and without its upper one, so that a point level with a corner
is counted once. Source: M. Shimrat, Algorithm 112, Communications of the ACM 5 (1962); E. Haines, Graphics Gems IV (1994).

Sizes in degrees are taken on the ellipsoid in the authalic projection, which keeps areas: the edge between two corners is
taken as straight there, which differs from a geodesic by less than a square metre for an edge of some kilometres. Source:
J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), equations 3-11 and 3-12; WGS 84.
"""

from __future__ import annotations

import math

from answerable.programmes.programme import View

__all__ = ["VIEWS", "authalic_sql"]

_AXIS = 6_378.137  # the equatorial radius of WGS 84, in km
_E = math.sqrt(0.00669437999014)  # its eccentricity


def authalic_sql(latitude: str) -> str:
    """Give SQL for Snyder's q of a latitude in degrees: the height of its parallel in the equal-area cylinder, in radii times 2."""
    sine = f"sin(radians({latitude}))"
    return (
        f"{1 - _E**2!r} * ({sine} / (1e0 - {_E**2!r} * {sine} * {sine})"
        f" - ln((1e0 - {_E!r} * {sine}) / (1e0 + {_E!r} * {sine})) / {2 * _E!r})"
    )


_EDGES = """-- One row per edge of a ring, from one corner to the next; a ring that is not closed is closed. The border of an area is that of
-- the first source that has it in these units, and a polygon of it whose edges are those of an earlier one is left out.
WITH corners AS (
  SELECT *, min(source) OVER (PARTITION BY area, is_degrees) AS first_source
  FROM (
    SELECT source, area, coalesce(polygon, 1) AS polygon, coalesce(ring, 1) AS ring, vertex, x, y,
      NOT has_match(lower(coalesce(coordinates, 'longitude/latitude')), 'metre|meter|^m$') AS is_degrees
    FROM boundaries WHERE area IS NOT NULL AND x IS NOT NULL AND y IS NOT NULL
  ) AS corners_with_units
),
closed AS (
  SELECT source, area, polygon, ring, is_degrees, row_number() OVER in_ring AS corner, x AS x1, y AS y1,
    coalesce(lead(x) OVER in_ring, first_value(x) OVER in_ring) AS x2, coalesce(lead(y) OVER in_ring, first_value(y) OVER in_ring) AS y2
  FROM corners WHERE source = first_source
  WINDOW in_ring AS (PARTITION BY source, area, is_degrees, polygon, ring ORDER BY vertex NULLS LAST)
),
edges AS (
  SELECT * FROM closed WHERE x1 <> x2 OR y1 <> y2
),
undirected AS (
  SELECT DISTINCT area, is_degrees, polygon, CASE WHEN forward THEN x1 ELSE x2 END AS xa, CASE WHEN forward THEN y1 ELSE y2 END AS ya,
    CASE WHEN forward THEN x2 ELSE x1 END AS xb, CASE WHEN forward THEN y2 ELSE y1 END AS yb
  FROM (SELECT *, x1 < x2 OR (x1 = x2 AND y1 < y2) AS forward FROM edges) AS directed
),
counted AS (
  SELECT *, count(*) OVER (PARTITION BY area, is_degrees, polygon) AS number FROM undirected
),
repeats AS (
  SELECT later.area, later.is_degrees, later.polygon
  FROM counted AS later
  JOIN counted AS earlier ON earlier.area = later.area AND earlier.is_degrees = later.is_degrees AND earlier.polygon < later.polygon
    AND earlier.number = later.number AND earlier.xa = later.xa AND earlier.ya = later.ya AND earlier.xb = later.xb AND earlier.yb = later.yb
  GROUP BY later.area, later.is_degrees, later.polygon, earlier.polygon, later.number
  HAVING count(*) = later.number
)
SELECT source, area, polygon, ring, corner, is_degrees, x1, y1, x2, y2 FROM edges
WHERE NOT EXISTS (
  SELECT 1 FROM repeats WHERE repeats.area = edges.area AND repeats.is_degrees = edges.is_degrees AND repeats.polygon = edges.polygon
)"""

_BOXES = """-- One row per polygon: the box that holds it.
SELECT source, area, polygon, is_degrees, min(x1) AS x_least, max(x1) AS x_most, min(y1) AS y_least, max(y1) AS y_most
FROM area_edges GROUP BY source, area, polygon, is_degrees"""

_SIZES = f"""-- One row per area that has a border: its size in square kilometres, holes taken off. A border in degrees comes before one in metres.
WITH rings AS (
  SELECT area, is_degrees, source, polygon, ring,
    abs(sum(CASE WHEN is_degrees THEN radians(x2 - x1) * (({authalic_sql("y1")}) + ({authalic_sql("y2")})) * {_AXIS**2 / 4!r}
      ELSE (x2 - x1) * (y1 + y2) / 2e6 END)) AS size
  FROM area_edges GROUP BY area, is_degrees, source, polygon, ring
),
borders AS (
  SELECT area, is_degrees, sum(CASE WHEN ring > 1 THEN 0e0 - size ELSE size END) AS size FROM rings GROUP BY area, is_degrees
)
SELECT area, round(size, 6) AS computed_km2
FROM (SELECT *, row_number() OVER (PARTITION BY area ORDER BY is_degrees DESC) AS place FROM borders) AS ranked WHERE place = 1"""

_POINTS = """-- One row per place of an outcome that states no area, in degrees or in metres.
SELECT DISTINCT TRUE AS is_degrees, longitude AS x, latitude AS y FROM outcomes
WHERE area IS NULL AND longitude IS NOT NULL AND latitude IS NOT NULL
UNION ALL
SELECT DISTINCT FALSE, x, y FROM outcomes
WHERE area IS NULL AND (longitude IS NULL OR latitude IS NULL) AND x IS NOT NULL AND y IS NOT NULL"""


def _crossings(points: str) -> str:
    """Give SQL that counts, for points and the polygons whose box holds them, the edges that a ray to the east crosses."""
    return f"""SELECT point.is_degrees, point.x, point.y, box.source, box.area, box.polygon, count(*) AS crossed
  FROM {points} AS point
  JOIN area_boxes AS box ON box.is_degrees = point.is_degrees
    AND point.x BETWEEN box.x_least AND box.x_most AND point.y BETWEEN box.y_least AND box.y_most
  JOIN area_edges AS edge ON edge.source = box.source AND edge.area = box.area AND edge.polygon = box.polygon
    AND (edge.y1 > point.y) <> (edge.y2 > point.y)
    AND point.x < (edge.x2 - edge.x1) * (point.y - edge.y1) / nullif(edge.y2 - edge.y1, 0e0) + edge.x1
  GROUP BY point.is_degrees, point.x, point.y, box.source, box.area, box.polygon"""


_LOCATED = f"""-- One row per place of an outcome that lies in some area: which, and in how many.
SELECT is_degrees, x, y, min(area) AS point_area, count(DISTINCT area) AS areas
FROM (
  {_crossings("outcome_points")}
) AS rays
WHERE crossed % 2 = 1
GROUP BY is_degrees, x, y"""

# Halfway between two neighbouring heights of corners a ray meets no corner: what lies between its first two crossings is inside.
_INSIDES = """-- One row per polygon: a point inside it.
WITH heights AS (
  SELECT DISTINCT source, area, polygon, is_degrees, y1 AS y FROM area_edges
),
steps AS (
  SELECT *, lead(y) OVER (PARTITION BY source, area, polygon ORDER BY y) AS above FROM heights
),
levels AS (
  SELECT source, area, polygon, is_degrees, (y + above) / 2e0 AS y,
    row_number() OVER (PARTITION BY source, area, polygon ORDER BY above - y DESC NULLS LAST, y) AS place
  FROM steps WHERE above IS NOT NULL
),
crossed AS (
  SELECT level.source, level.area, level.polygon, level.is_degrees, level.y,
    (edge.x2 - edge.x1) * (level.y - edge.y1) / nullif(edge.y2 - edge.y1, 0e0) + edge.x1 AS x
  FROM levels AS level
  JOIN area_edges AS edge ON edge.source = level.source AND edge.area = level.area AND edge.polygon = level.polygon
    AND (edge.y1 > level.y) <> (edge.y2 > level.y)
  WHERE level.place = 1
),
ordered AS (
  SELECT *, lead(x) OVER in_row AS further, row_number() OVER in_row AS place
  FROM crossed WINDOW in_row AS (PARTITION BY source, area, polygon ORDER BY x)
)
SELECT source, area, polygon, is_degrees, (x + further) / 2e0 AS x, y FROM ordered WHERE place = 1 AND further IS NOT NULL"""

_SIDE = "(({b}.x{k} - {a}.x1) * ({a}.y2 - {a}.y1) - ({b}.y{k} - {a}.y1) * ({a}.x2 - {a}.x1))"


def _apart(a: str, b: str) -> str:
    """Give SQL that is true where the ends of edge b lie on the two sides of the line through edge a, none of them on it."""
    return f"sign{_SIDE.format(a=a, b=b, k=1)} * sign{_SIDE.format(a=a, b=b, k=2)} < 0"


_OVERLAPS = f"""-- One row per pair of areas that overlap: an edge of one crosses one of the other, or a point inside one lies in the other.
-- An area is a pair with itself where two of its own polygons overlap, or where two sources have a border of it.
WITH pairs AS (
  SELECT one.source AS source_1, one.area AS area_1, one.polygon AS polygon_1, two.source AS source_2, two.area AS area_2,
    two.polygon AS polygon_2, two.x_least, two.x_most, two.y_least, two.y_most
  FROM area_boxes AS one
  JOIN area_boxes AS two ON one.is_degrees = two.is_degrees AND one.x_least <= two.x_most
    AND (one.area < two.area OR one.area = two.area AND one.polygon < two.polygon)
    AND two.x_least <= one.x_most AND one.y_least <= two.y_most AND two.y_least <= one.y_most
),
crossing AS (
  SELECT DISTINCT pair.area_1, pair.area_2
  FROM pairs AS pair
  JOIN area_edges AS one ON one.source = pair.source_1 AND one.area = pair.area_1 AND one.polygon = pair.polygon_1
    AND least(one.x1, one.x2) <= pair.x_most AND pair.x_least <= greatest(one.x1, one.x2)
    AND least(one.y1, one.y2) <= pair.y_most AND pair.y_least <= greatest(one.y1, one.y2)
  JOIN area_edges AS two ON two.source = pair.source_2 AND two.area = pair.area_2 AND two.polygon = pair.polygon_2
    AND least(one.x1, one.x2) <= greatest(two.x1, two.x2) AND least(two.x1, two.x2) <= greatest(one.x1, one.x2)
    AND least(one.y1, one.y2) <= greatest(two.y1, two.y2) AND least(two.y1, two.y2) <= greatest(one.y1, one.y2)
  WHERE {_apart("one", "two")} AND {_apart("two", "one")}
),
holding AS (
  SELECT DISTINCT least(inside.area, rays.area) AS area_1, greatest(inside.area, rays.area) AS area_2
  FROM (
    {_crossings("(SELECT DISTINCT is_degrees, x, y FROM area_insides)")}
  ) AS rays
  JOIN area_insides AS inside ON inside.is_degrees = rays.is_degrees AND inside.x = rays.x AND inside.y = rays.y
  WHERE rays.crossed % 2 = 1 AND (inside.area <> rays.area OR inside.polygon <> rays.polygon)
),
twice AS (
  SELECT area, NOT has_match(lower(coalesce(coordinates, 'longitude/latitude')), 'metre|meter|^m$') AS is_degrees
  FROM boundaries WHERE area IS NOT NULL AND x IS NOT NULL AND y IS NOT NULL
  GROUP BY 1, 2 HAVING count(DISTINCT source) > 1
)
SELECT area_1, area_2 FROM crossing UNION SELECT area_1, area_2 FROM holding UNION SELECT area, area FROM twice"""

VIEWS = (
    View("area_edges", _EDGES, kept=True),
    View("area_boxes", _BOXES, kept=True),
    View("area_sizes", _SIZES, kept=True),
    View("outcome_points", _POINTS),
    View("located_points", _LOCATED, kept=True),
    View("area_insides", _INSIDES, kept=True),
    View("area_overlaps", _OVERLAPS, kept=True),
)
"""What is read of polygons, in the order in which one is made of another."""
