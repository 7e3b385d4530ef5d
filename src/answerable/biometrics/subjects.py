"""Intervals for FMR, FNMR and other shares of comparisons that were made between the same people.

- `rate_intervals`: for counts of each pair of subjects, of one or many groups at once. The default.
- `without_subjects`: where nobody recorded who was compared; it says that it is too narrow.

Formulas, the intervals that were tried beside them, and measured coverage are in docs/method/groups-and-subjects.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from answerable import intervals
from answerable.biometrics.contributions import Contributions, contributions
from answerable.biometrics.limits import limits
from answerable.biometrics.pairs import Floats, Ints, Pairs
from answerable.estimate import Interval

__all__ = [
    "FEWEST_SUBJECTS",
    "STRONG",
    "TOO_NARROW",
    "Rates",
    "RowRates",
    "rate_intervals",
    "without_subjects",
]

FEWEST_SUBJECTS = 40
"""With fewer subjects than this an interval carries a warning. A kind that a tenth of the people are of is missing from a sample of
35 with a probability of 2.5 %, the tail that an interval at 95 % has; and 40 is the least number at which the interval
was measured to cover 95 %, within the Monte Carlo error, under every effect that was tried
(docs/method/groups-and-subjects.md)."""

STRONG = 1.0
"""The spread taken for granted where errors are few: the standard deviation of the logarithm of the subjects' rates. One subject in
forty then has over seven times the median rate."""

MANY = (
    "subject-level interval: delete-one contributions less what two people share, logit scale, Satterthwaite's t, upper limit "
    "moved by the skewness of log-normal subjects"
)
FEW = "subject-level interval for few errors: negative binomial bounds, subjects' rates spread by {spread:g} on the log scale or more"
UNTOLD = "none: one person takes part in every comparison, so that nothing shows how people differ"
EMPTY = "none: no comparison was made"
TOO_NARROW = (
    "The interval assumes that comparisons do not depend on each other, and is too narrow: they share people, and no subject "
    "was recorded."
)
_FEW_SUBJECTS = (
    "The comparisons are of {people:,} people{weigh}. With fewer than {least} a kind of person that matters may be missing from the "
    "sample, and the interval may be too narrow."
)


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of all cells with their intervals; arrays of shape (cells,).

    Attributes:
        rate: Errors divided by comparisons; nan for a cell without comparisons.
        low: The lower limits, from 0 to 1; nan likewise.
        high: The upper limits.
        errors: The errors.
        comparisons: The comparisons.
        people: How many subjects have a comparison in the cell.
        level: The nominal coverage.
        methods: How each cell's interval was made.
        warnings: What a reader has to know of each cell's interval, one sentence each.
        found: What each subject contributes, from which ratios between cells are made.
        spread: The spread that was taken for granted where errors are few.
    """

    rate: Floats
    low: Floats
    high: Floats
    errors: Ints
    comparisons: Ints
    people: Ints
    level: float
    methods: tuple[str, ...]
    warnings: tuple[tuple[str, ...], ...]
    found: Contributions
    spread: float

    def interval(self, cell: int = 0) -> Interval:
        """Give the interval of one cell.

        Raises:
            ValueError: No comparison was made in the cell.
        """
        if not self.comparisons[cell]:
            raise ValueError(f"cell {cell} has no comparison, and no rate")
        return Interval(float(self.low[cell]), float(self.high[cell]), self.level, self.methods[cell])


def rate_intervals(counts: Pairs, level: float = 0.95, spread: float = STRONG) -> Rates:
    """Give the rate of each cell with an interval that knows which people the comparisons share.

    From 10 errors on, on different pairs of people, the interval is Student's about the logit of the rate. Its variance is that
    of the subjects' contributions (`contributions`), its degrees of freedom are Satterthwaite's, and its upper limit is
    moved up by what the skewness of log-normal subjects with that variance does to a mean. With fewer errors the
    limits are those of a negative binomial number whose shape follows from the larger of ``spread`` and the spread
    found; with none the upper limit is, at 40 subjects, 5.2 errors
    over the non-mated comparisons, in place of the 3.7 of comparisons that do not depend on each other.

    Where the rate is over one half, the comparisons without an error are treated as the errors.

    It was chosen by measured coverage over eleven others, four of them forms of the vertex bootstrap.

    Args:
        counts: Comparisons and errors, made by `count_pairs`.
        level: The nominal coverage.
        spread: The standard deviation of the logarithm of the subjects' rates that is taken for granted where errors
            are few; 0 takes comparisons for independent there.

    Raises:
        ValueError: The level is not in 0 to 1, or the spread is negative.

    Sources: as in `contributions`; N. J. Johnson, Modified t tests and confidence intervals for asymmetrical populations, J. Am.
    Stat. Assoc. 73 (1978) 536-544, and P. Hall, On the removal of skewness by transformation, J. R. Stat. Soc. B 54
    (1992) 221-228, for the expansion of a studentised mean; G. Doddington et al., Sheep, goats, lambs and wolves, Proc. ICSLP
    (1998), for differences between subjects.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level lies between 0 and 1; it is {level}")
    if not spread >= 0:
        raise ValueError(f"a spread is at least 0; it is {spread}")
    found = contributions(counts)
    low, high, few = limits(found, level, spread)
    return Rates(
        rate=found.rate,
        low=low,
        high=high,
        errors=found.errors,
        comparisons=found.comparisons,
        people=found.people,
        level=level,
        methods=tuple(_method(found, cell, bool(few[cell]), spread) for cell in range(counts.cells)),
        warnings=tuple(_warnings(found, cell) for cell in range(counts.cells)),
        found=found,
        spread=spread,
    )


def _method(found: Contributions, cell: int, few: bool, spread: float) -> str:
    if not found.comparisons[cell]:
        return EMPTY
    if found.alone[cell]:
        return UNTOLD
    return FEW.format(spread=spread) if few else MANY


def _warnings(found: Contributions, cell: int) -> tuple[str, ...]:
    # Shares are quotients of whole numbers: equal ones weigh as many as they are but for rounding.
    if not found.comparisons[cell] or found.weighing[cell] >= FEWEST_SUBJECTS - 1e-6:
        return ()
    people, weighing = int(found.people[cell]), round(float(found.weighing[cell]))
    weigh = "" if weighing == people else f", and weigh like those of {weighing:,}"
    return (_FEW_SUBJECTS.format(people=people, weigh=weigh, least=FEWEST_SUBJECTS),)


@dataclass(frozen=True, slots=True)
class RowRates:
    """A rate of comparisons of which nobody recorded the subjects.

    ``warning`` says that the interval is too narrow; it belongs wherever the interval is shown.
    """

    rate: float
    interval: Interval
    warning: str = TOO_NARROW


def without_subjects(errors: int, comparisons: int, level: float = 0.95) -> RowRates:
    """Give the exact binomial interval for comparisons whose subjects were not recorded, with the warning that it needs.

    Raises:
        TypeError: A count is not whole.
        ValueError: There is no comparison, more errors than comparisons, or the level is not in 0 to 1.
    """
    return RowRates(errors / comparisons, intervals.clopper_pearson(errors, comparisons, level))
