"""Measures: the list, to be narrowed by words and by kind of record, and the page of one with its breakdowns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable.auditing.known import KINDS, all_measures
from answerable.estimate import Estimate, NotMeasurable, Part
from answerable.months import MONTH
from answerable.web.pages import hall_of, render

__all__ = ["ROUTES"]

_MOST_PARTS = 200  # rows of a breakdown on one page; measures.csv has them all


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """One breakdown as it is shown: its parts that fit what was asked for, how many there are, and whether they are months."""

    by: str
    parts: tuple[Part, ...]
    fitting: int
    of: int
    months: bool


def _measures(request: Request) -> Response:
    case = hall_of(request).case()
    words, records = request.query_params.get("words", "")[:200], request.query_params.get("records", "")
    only = request.query_params.get("only", "")
    known = all_measures()
    groups: dict[str, list[Estimate | NotMeasurable]] = {}
    held: dict[str, int] = {}
    for name, each in case.measures.items():
        of = known[name].records if name in known else ""
        held[of] = held.get(of, 0) + 1
        if (not records or of == records) and _fits(each, words) and _is(each, only):
            groups.setdefault(of, []).append(each)
    things = {kind.plural: kind.things for kind in KINDS}
    return render(
        request,
        "measures.html.j2",
        title="Measures",
        groups=[(things.get(plural, "other records"), listed) for plural, listed in groups.items()],
        kinds=[(plural, things.get(plural, plural)) for plural in held if plural],
        shown=sum(map(len, groups.values())),
        of=len(case.measures),
        chosen={"words": words, "records": records, "only": only},
    )


def _fits(each: Estimate | NotMeasurable, words: str) -> bool:
    """Say whether each word stands in the measure's name, its title or what it says."""
    said = each.sentence if isinstance(each, Estimate) else each.reason
    text = f"{each.measure} {each.title} {said}".casefold()
    return all(word in text for word in words.casefold().split())


def _is(each: Estimate | NotMeasurable, only: str) -> bool:
    return {"measured": isinstance(each, Estimate), "absent": isinstance(each, NotMeasurable)}.get(only, True)


def _measure(request: Request) -> Response:
    case = hall_of(request).case()
    name = request.path_params["measure"]
    if name not in case.measures:
        raise HTTPException(404)
    found = case.measures[name]
    known = all_measures().get(name)
    query = request.query_params
    breakdowns = found.breakdowns if isinstance(found, Estimate) else {}
    by = query.get("by", "")
    chosen = {
        "by": by if by in breakdowns else "",
        "part": query.get("part", "")[:200],
        "since": query.get("since", "") if MONTH.match(query.get("since", "")) else "",
        "until": query.get("until", "") if MONTH.match(query.get("until", "")) else "",
    }
    return render(
        request,
        "measure.html.j2",
        title=found.title,
        found=found,
        definition=known.words(known.definition) if known else "",
        source=known.source if known else "",
        neutral=known.neutral if known else "",
        names=list(breakdowns),
        months=any(_are_months(parts) for parts in breakdowns.values()),
        breakdowns=[
            _narrowed(each, parts, chosen)
            for each, parts in breakdowns.items()
            if parts and (not chosen["by"] or each == chosen["by"])
        ],
        findings=[
            each
            for each in case.findings
            if each.measure == name or any(one.measure == name for one in each.also)
        ],
        chosen=chosen,
    )


def _narrowed(by: str, parts: Sequence[Part], chosen: dict[str, str]) -> _Breakdown:
    months = _are_months(parts)
    fitting = [
        part for part in parts if (_within(part.label, chosen) if months else _named(part.label, chosen))
    ]
    return _Breakdown(by, tuple(fitting[:_MOST_PARTS]), len(fitting), len(parts), months)


def _are_months(parts: Sequence[Part]) -> bool:
    return bool(parts) and all(MONTH.match(part.label) for part in parts)


def _within(month: str, chosen: dict[str, str]) -> bool:
    return (not chosen["since"] or month >= chosen["since"]) and (
        not chosen["until"] or month <= chosen["until"]
    )


def _named(label: str, chosen: dict[str, str]) -> bool:
    return chosen["part"].casefold() in label.casefold()


ROUTES = [
    Route("/measures", _measures),
    Route("/measures/{measure}", _measure),
]
"""The routes of measures."""
