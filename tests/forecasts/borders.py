"""Borders as tests draw them, and the sizes that they have."""

import math

from scipy.integrate import quad

AXIS, SQUARED = 6378.137, 0.00669437999014  # WGS 84, in km


def square(west, south, width=1.0, height=1.0):
    """Give the closed ring of a rectangle."""
    east, north = west + width, south + height
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def corners(areas, *, coordinates="longitude/latitude"):
    """Give the records of areas, each one polygon with its rings."""
    return [
        {"area": name, "polygon": at, "ring": ring, "vertex": vertex, "x": float(x), "y": float(y), "coordinates": coordinates}
        for at, (name, rings) in enumerate(areas, start=1)
        for ring, held in enumerate(rings, start=1)
        for vertex, (x, y) in enumerate(held, start=1)
    ]  # fmt: skip  # a table: what stands in one line belongs together


def quadrangle(south, north, width):
    """Give the size in km² of what lies between two parallels and two meridians, by integration over the ellipsoid."""
    whole, _ = quad(
        lambda angle: AXIS**2 * (1 - SQUARED) * math.cos(angle) / (1 - SQUARED * math.sin(angle) ** 2) ** 2,
        math.radians(south), math.radians(north), epsabs=1e-10, epsrel=1e-13,
    )  # fmt: skip  # what belongs together stands together
    return whole * math.radians(width)


def sizes(engine):
    """Read the computed sizes by area."""
    return dict(engine.rows("SELECT area, computed_km2 FROM area_sizes"))
