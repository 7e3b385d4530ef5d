"""Makes measures, estimates and packs for the tests of policy."""

from pathlib import Path

from answerable.estimate import Estimate, NotMeasurable
from answerable.policy import Check, Clause, Comparator, Confirmed, Pack
from answerable.programmes.measure import Measure

ROOT = Path(__file__).resolve().parents[2]
PACK = """\
id: riverton
title: Riverton ordinance
jurisdiction: Riverton
as_of: 2026-11
confirmed: official
summary: What Riverton asks.
clauses:
  - id: purpose
    citation: Riverton Code 9.1
    asks: a purpose on every search
    check:
      measure: searches.no_reason
      comparator: at_most
      threshold: 0
"""


def make_measure(name="searches.no_reason", kind="share", unit="share of searches", **more):
    return Measure(
        name=name,
        title="A title",
        definition="A definition.",
        unit=unit,
        needs=("reason",),
        sentence="{figure}",
        kind=kind,
        source="A source.",
        **more,
    )


def make_estimate(numerator=5, denominator=4294, measure="searches.no_reason", **more):
    share = denominator and numerator / denominator
    values = {
        "title": "A title",
        "kind": "share",
        "value": share if denominator else float("nan"),
        "unit": "share of searches",
        "rule": "",
        "sql": "SELECT 1",
        "sentence": f"The log shows no reason for {numerator} of {denominator or 0:,} searches (0.1\u202f%).",
    }
    return Estimate(measure=measure, numerator=numerator, denominator=denominator, **(values | more))


def make_clause(number=1, *, confirmed=Confirmed.OFFICIAL, measure="searches.no_reason", **more):
    check = {"comparator": Comparator.AT_MOST, "threshold": 0}
    check |= {key: more.pop(key) for key in list(more) if key in Check.__dataclass_fields__}
    values = {"citation": f"Code {number}", "asks": "a purpose on every search"} | more
    values.setdefault("checks", (Check(measure=measure, **check),))
    return Clause(id=f"clause-{number}", confirmed=confirmed, **values)


def make_check(measure="searches.no_reason", **more):
    values = {"comparator": Comparator.AT_MOST, "threshold": 0} | more
    return Check(measure=measure, **values)


def make_missing(measure="reads.older_than", **more):
    values = {
        "reason": "There are no reads in this case.",
        "ask_for": "Add a file of reads.",
        "absent": ("reads",),
    }
    return NotMeasurable(measure=measure, title="A title", **(values | more))


def make_pack(*clauses, name="riverton", **more):
    values = {
        "title": "Riverton",
        "jurisdiction": "Riverton",
        "as_of": "2026-11",
        "summary": "A summary.",
    } | more
    return Pack(id=name, confirmed=Confirmed.MIXED, clauses=clauses, **values)
