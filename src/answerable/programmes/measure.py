"""What a measure is: a definition in words, the fields it needs, and SQL that returns one standard table.

Every measure's SQL returns the columns ``breakdown, label, value, numerator, denominator``. The row whose
breakdown is ``all`` is the headline; other rows are parts of a breakdown (``agency``, ``month`` ...), in the
order in which they are to be shown. For a share the value may be NULL: it is numerator / denominator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from answerable import wording
from answerable.estimate import COMPLETE_COUNT, Interval, Part
from answerable.outlines import Outlines

__all__ = [
    "Columns",
    "Computation",
    "Computed",
    "Finish",
    "FinishTable",
    "Measure",
    "Parameter",
    "Query",
    "Refusal",
    "Share",
    "Tabled",
    "fill",
]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace ``{name}`` for the names given, and leave every other brace alone (a pattern's ``{4,}``)."""
    if not values:
        return text
    names = "|".join(re.escape(name) for name in values)
    return re.sub(rf"\{{({names})\}}", lambda found: values[found[1]], text)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a policy may set: its default, unit and meaning. In SQL it is written ``{name}``.

    Raises ValueError from `check` where a value is out of bounds.
    """

    default: float
    unit: str
    meaning: str
    low: float = 0
    high: float = 1e9

    def check(self, value: object) -> float:
        """Return the value as a number, whole if the default is whole."""
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not self.low <= value <= self.high
        ):
            raise ValueError(f"a number of {self.unit} from {self.low:g} to {self.high:g}")
        if isinstance(self.default, int) and not float(value).is_integer():
            raise ValueError(f"a whole number of {self.unit} from {self.low:g} to {self.high:g}")
        return int(value) if isinstance(self.default, int) else float(value)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One question put to the records of a programme, with one number as its answer.

    Attributes:
        name: ``searches.no_reason``: the record kind's plural, then the measure.
        title: A short noun phrase for tables: ``Searches with no stated reason``.
        definition: What is counted, among what, in plain sentences.
        unit: The unit of the value: ``share of searches``, ``days``.
        kind: As in `Estimate`.
        needs: Fields that must be exported. ``a|b`` is met by either. Rows from sources that do not
            export a needed field are left out and counted in a caveat; where no source exports it, the
            measure is not measurable.
        sentence: The finding in words. ``{figure}`` is ``3 of 41 (7 %)``, ``{counted}`` ``3 of 41 searches (7 %)``, ``{n}``, ``{d}`` and ``{value}``
            its parts, and a parameter may be named. It follows docs/wording.md: it measures, it does not accuse.
        rule: The boundary rule in words, or empty where there is no boundary.
        source: Where the definition comes from: a law, standard, paper or the practice of audits.
        neutral: The value that would show nothing of note, where there is one.
        parameters: What a policy may set.
        caveats: What a careful reader must know, one sentence each.
        clock: True where the measure reads local hours or weekdays; it then needs a local clock.
        dated: True where the measure needs the date of the audit, which its query reads from the view ``stated``.
        also: Plurals of other record kinds that the measure needs records of.
        logs: How many logs of its records the measure compares, at least; a case with fewer holds none of what it is of.
    """

    name: str
    title: str
    definition: str
    unit: str
    needs: tuple[str, ...]
    sentence: str
    kind: Literal["share", "count", "quantity"] = "share"
    rule: str = ""
    source: str
    neutral: str = ""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    clock: bool = False
    dated: bool = False
    also: tuple[str, ...] = ()
    logs: int = 1

    def words(self, text: str, values: Mapping[str, float | str] | None = None) -> str:
        """Fill parameters into one of the measure's texts: those given, and the defaults of the others."""
        filled = {name: one.default for name, one in self.parameters.items()} | dict(values or {})
        written = {
            name: value if isinstance(value, str) else wording.quantity(value)
            for name, value in filled.items()
        }
        return fill(text, written)

    @property
    def records(self) -> str:
        """The plural of the record kind that is measured, which is also the view's name."""
        return self.name.split(".", 1)[0]


@dataclass(frozen=True, kw_only=True)
class Share(Measure):
    """A measure that counts rows: those that meet ``counts`` among those that meet ``among``.

    Both are SQL conditions on one row of ``view``. Shares over one view are computed together in one scan;
    the SQL that is shown for each is its own and gives the same number (a test holds this).

    Attributes:
        counts: The condition for the numerator.
        among: The condition for the denominator. Rows whose needed fields were not exported or were
            withheld are left out beside it, and counted in a caveat.
        known: The condition for a row of which it can be told whether it counts. Where several fields bear on that, a
            withheld one may leave it open; such rows are left out and counted as well.
        view: The prepared view or table that has one row per record.
        by: Columns of the view to break down by.
    """

    counts: str
    among: str = "TRUE"
    known: str = "TRUE"
    view: str
    by: tuple[str, ...] = ("agency", "month")


@dataclass(frozen=True, kw_only=True)
class Query(Measure):
    """A measure with a query of its own, in ``sql/NAME.sql``, that returns the standard table.

    In the query ``{seed}`` stands for the seed of the audit, from which anything random is drawn.
    """

    sql: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a computed measure gives in place of a number where its assumptions plainly fail.

    Attributes:
        reason: Why there is no number, as a sentence.
        ask_for: What would make it measurable.
    """

    reason: str
    ask_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Computation:
    """What a computed measure makes of its query's rows: the number, its doubt and its parts, as in `Estimate`.

    ``sentence`` stands in place of the measure's own where what the numbers support has more forms than one: more, fewer, or
    no detectable difference.
    """

    value: float
    numerator: float | None = None
    denominator: float | None = None
    interval: Interval | None = None
    method: str = COMPLETE_COUNT
    breakdowns: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    sentence: str = ""
    outlines: Outlines | None = None


Finish = Callable[
    [Part | None, Mapping[str, tuple[Part, ...]], Mapping[str, float]],
    Computation | Refusal,
]
"""The statistics of a computed measure: a number made of the query's headline row (``all``), of its other rows by
breakdown in their order, and of the parameters."""


@dataclass(frozen=True, kw_only=True)
class Computed(Query):
    """A measure whose query counts, and whose number is made from the few rows that it returns.

    Attributes:
        finish: Makes the number; it says its method, with the source.
    """

    finish: Finish


Columns = Mapping[str, Any]
"""The columns that a query returns, each a NumPy array, masked where a cell is NULL."""

FinishTable = Callable[[Columns, Mapping[str, float], int], Computation | Refusal]
"""The statistics of a tabled measure: a number made of its query's columns, of the parameters and of the seed."""


@dataclass(frozen=True, kw_only=True)
class Tabled(Query):
    """A measure whose query returns a table of its own, and whose number a function makes from its columns.

    For what parts of a breakdown cannot carry: the counts behind a curve, or comparisons for each pair of people.

    Attributes:
        finish: Makes the number from the columns, the parameters and the seed; it says its method, with the source.
        beside: A second query, of what is drawn beside the number and is no part of it. Its columns are handed over with the others, with
            ``beside.`` before their names.
    """

    finish: FinishTable
    beside: str = ""
