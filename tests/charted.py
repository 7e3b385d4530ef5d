"""Estimates that the charts of error rates are drawn from: curves of both errors, pairs of groups, ratios, chances."""

from statistics import NormalDist

from answerable.estimate import Estimate, Interval, Part
from answerable.intervals import clopper_pearson
from answerable.outlines import Outlines
from answerable.programmes.section import Chart, Reference, Section

NORMAL = NormalDist()
GROUPS = (
    "East Africa", "West Africa", "North Africa and the Middle East", "East Asia", "South Asia", "South-East Asia",
    "Central Asia", "Eastern Europe", "Western Europe", "North America", "Central and South America", "Oceania",
)  # fmt: skip  # a list of words


def a_measure(name, breakdowns=None, **more):
    """One measure with its breakdowns."""
    fields = {
        "measure": name, "title": f"Title of {name}", "kind": "quantity", "value": 1.3, "numerator": None, "denominator": None,
        "unit": "rate", "rule": "", "sql": "SELECT 1", "sentence": f"The value of {name} is 1.3.", "breakdowns": breakdowns or {},
    }  # fmt: skip  # a table: what stands in one line belongs together
    return Estimate(**(fields | more))


def counted(label, errors, among, sampled=True):
    """A part that was counted, with its interval where it was sampled."""
    return Part(label, errors / among, errors, among, clopper_pearson(errors, among) if sampled else None)


def corners(apart=4.5, mated=590, non_mated=19_473, points=60, sampled=True):
    """The corners of a curve of normal scores, from where everything matches to where nothing does."""
    made = []
    for at in range(points):
        threshold = -4 + (apart + 8) * at / (points - 1)
        across = round(non_mated * (1 - NORMAL.cdf(threshold))) / non_mated
        made.append(counted(f"{across:.9g}", round(mated * NORMAL.cdf(threshold - apart)), mated, sampled))
    return tuple(made)


def pairs(groups, errors=lambda one, other: 5 if one != other else 9, among=40_000, sampled=True):
    """Every pair of groups, with the errors that a function of their places gives."""
    return tuple(
        counted(f"{name} × {other}", errors(one, one + more), among, sampled)
        for one, name in enumerate(groups)
        for more, other in enumerate(groups[one:])
    )


def ratio(label, value, low=None, high=None):
    """A ratio of a group to the geometric mean of all."""
    interval = None if low is None else Interval(low, high, 0.95, "simultaneous")
    return Part(label, value, None, None, interval)


def chances(false=0.07, missed=0.04):
    """The chance that a lead is wrong at each share of searches whose person is in the gallery, by Bayes's rule."""
    made = []
    for at in range(1, 100):
        share = at / 100
        wrong = (1 - share) * false + share * missed * false
        right = share * (1 - missed)
        made.append(Part(f"{share:g}", wrong / (wrong + right) if wrong + right else None, None, None))
    return tuple(made)


def det_chart(*names, **more):
    """A chart of curves of both errors."""
    settings = {"across": "false match rate", "axis": "false non-match rate", "target": "fmr"} | more
    return Chart("det", names, lambda _: "Title", breakdown="DET curve", **settings)


def matrix_chart(*names):
    """A chart of pairs of groups."""
    return Chart("matrix", names, lambda _: "Title", "false match rate by both groups", "pair of groups")


def dots_chart(*names):
    """A chart of ratios."""
    return Chart(
        "dots", names, lambda _: "Title", "rate divided by the geometric mean", "ratio", references=(Reference(1, "as the mean of all"),)
    )  # fmt: skip  # a table: what stands in one line belongs together


def shares_chart(*names):
    """A chart of one share by another."""
    return Chart(
        "curve", names, lambda _: "Title", "chance that a lead is wrong, by a model", "prevalence",
        across="share of searches whose person is in the gallery", marks=(0.01, 0.1, 0.9, 0.5), shares=True,
        label="{at} in gallery: {value} wrong",
    )  # fmt: skip  # a table: what stands in one line belongs together


EVEN = "a list drawn by lot"
CLASSES = ("never", "seldom", "sometimes", "often")
_PLACES = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def capture(power, half=0.03, among=2_000):
    """The share of events that lists of many lengths held, as a power of their share of the areas."""
    made = []
    for at in _PLACES:
        held = round(among * at**power)
        value = held / among
        doubt = Interval(max(0, value - half), min(1, value + half), 0.95, "blocks") if at else None
        made.append(Part(f"{at:g}", value, held, among, doubt))
    return tuple(made)


def beside(name, **powers):
    """A measure with the curves of a forecast and of others beside it."""
    given = {
        "the forecast": 0.3,
        "the count of the last day": 0.9,
        "the count of the last 365 days": 0.4,
        EVEN: 1.0,
    } | powers
    return a_measure(name, {f"held: {label}": capture(power) for label, power in given.items()})


def curves_chart(*names):
    """A chart of curves in one plot."""
    return Chart(
        "curves", names, lambda _: "Title", "share of recorded events caught", "held", across="share of the areas on the list",
        marks=(0.03, 0.1, 0.5, 0.01), label="{at} of areas: {value}", even=EVEN,
    )  # fmt: skip  # a table: what stands in one line belongs together


def mapped(name):
    """A measure of nine areas in four classes, one of them empty, with the squares on which they lie."""

    def cell(column, row):
        left, top = 150 * column, 100 * row
        return (left, top, left + 150, top, left + 150, top + 100, left, top + 100)

    places = {
        "never": ((0, 0), (1, 0), (2, 0), (0, 1), (2, 1), (0, 2)),
        "seldom": ((1, 2), (2, 2)),
        "often": ((1, 1),),
    }
    areas, flags = (
        dict(zip(CLASSES, (6, 2, 0, 1), strict=True)),
        dict(zip(CLASSES, (0, 10, 0, 30), strict=True)),
    )
    return a_measure(
        name, {"class": tuple(Part(label, None, number, 9) for label, number in areas.items()),
               "class: flags": tuple(Part(label, None, number, 40) for label, number in flags.items())},
        kind="share", value=6 / 9, numerator=6, denominator=9,
        outlines=Outlines(breakdown="class", width=450, height=300, shapes={label: tuple(cell(*at) for at in of_class) for label, of_class in places.items()}),
    )  # fmt: skip  # a table: what stands in one line belongs together


def map_chart(*names):
    """A chart of areas in classes."""
    return Chart(
        "areas",
        names,
        lambda _: "Title",
        "share of the periods in which an area was flagged",
        "class",
        across="area",
    )


RATES = {
    each.measure: each
    for each in (
        a_measure("scores.equal", {"DET curve": corners()}),
        a_measure(
            "scores.missed", kind="share", value=51 / 590, numerator=51, denominator=590, parameters={"fmr": 0.001},
            interval=clopper_pearson(51, 590),
        ),
        a_measure("scores.systems", {f"DET curve: system {name}": corners(apart) for name, apart in (("A", 2.2), ("B", 3.2), ("C", 4.4), ("D", 5.6))}),
        a_measure("scores.pairs", {"pair of groups": pairs(GROUPS, lambda one, other: 7 * one + other)}, kind="share", value=0.001, numerator=40, denominator=40_000),
        a_measure("scores.apart", {"ratio": (ratio("F", 0.77, 0.56, 1.06), ratio("M", 1.3))}),
        a_measure("scores.wrong", {"prevalence": chances()}),
        beside("scores.beside", **{"the count of all earlier days": 0.55, "the population": 1.2}),
        mapped("scores.mapped"),
    )
}  # fmt: skip  # a table: what stands in one line belongs together

RATES_SECTION = Section(
    "rates", "Error rates", "How often was the system wrong?", tuple(RATES),
    (
        det_chart("scores.equal", "scores.missed"), det_chart("scores.systems"), matrix_chart("scores.pairs"),
        dots_chart("scores.apart"), shares_chart("scores.wrong"), curves_chart("scores.beside"), map_chart("scores.mapped"),
    ),
)  # fmt: skip  # a table: what stands in one line belongs together
