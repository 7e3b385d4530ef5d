"""Builds report.html: one file that needs no network and no script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from answerable import months, wording
from answerable.estimate import Estimate, NotMeasurable, Part, Status
from answerable.harmless import HIDDEN, visible
from answerable.intake.accounting import Source
from answerable.intake.kinds import CellState
from answerable.programmes.section import Chart
from answerable.report import figures, letter
from answerable.report.charts import Tabled, at_marks, drawable, missing_map, panels, place_on_axis, scale_of
from answerable.report.contents import Audited, Contents
from answerable.report.drawing import draw
from answerable.report.pairs import MOST_GROUPS
from answerable.report.trades import as_shares, is_trade, marked_parts

__all__ = ["MOST_AGENCIES", "MOST_PAIRS", "MOST_PARTS", "page"]

MOST_AGENCIES, MOST_PARTS = 20, 60
"""How many rows of a breakdown by agency, or by anything else, the page shows; measures.csv has them all."""

MOST_PAIRS = MOST_GROUPS * (MOST_GROUPS + 1) // 2
"""How many rows of a breakdown that a matrix draws the page shows: every pair that is drawn."""

_TEMPLATES = Path(__file__).with_name("templates")
_LONGEST = 1_200  # characters of one value on the page; the other outputs hold it whole
_STATES = tuple(CellState)
_JOINT = re.compile(r"(?<=[!/\\_])")


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One panel at both widths; ``scrolls`` where the narrow one is wider than its page."""

    subtitle: str
    wide: Markup
    narrow: Markup
    note: str
    scrolls: bool


@dataclass(frozen=True, slots=True)
class _Figure:
    """One chart of the page: its title, its drawings or why there is none, how its scales are read, and a table."""

    title: str
    axis: str
    drawings: tuple[_Drawing, ...]
    scale: str
    table: Tabled | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """One breakdown table: what is shown, by which estimate it is written, and how many parts are left to measures.csv."""

    name: str
    title: str
    estimate: Estimate
    parts: tuple[Part, ...]
    more: int
    doubt: str


@dataclass(frozen=True, slots=True)
class _Question:
    """One section of the page: a question, its figures, and the measures that answer it."""

    id: str
    title: str
    question: str
    notes: tuple[str, ...]
    figures: tuple[_Figure, ...]
    estimates: tuple[Estimate | NotMeasurable, ...]
    answers: tuple[str, ...] = ()

    @property
    def headline(self) -> Estimate | None:
        """What answers the question in one sentence: the best answer that could be taken, or else the first number."""
        known = {each.measure: each for each in self.measured}
        counts = [name for name in known if name.endswith(".records")]
        names = (*self.answers, *(name for name in known if name not in counts), *counts)
        return next((known[name] for name in names if name in known), None)

    @property
    def measured(self) -> tuple[Estimate, ...]:
        return tuple(each for each in self.estimates if isinstance(each, Estimate))

    @property
    def doubt(self) -> str:
        """The head of the column of intervals; empty where none of the measures has one."""
        return figures.interval_head(self.measured)


def page(contents: Contents) -> str:
    """Render the report as one HTML document; the same contents give the same text."""
    answer = letter.answer(contents)
    questions = tuple(_questions(contents))
    styles = Markup((_TEMPLATES / "report.css").read_text("utf-8"))  # noqa: S704 - our own style sheet
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            contents=contents,
            styles=styles,
            answer=answer,
            account=letter.account(contents),
            gaps=letter.gaps(contents),
            judged=tuple(each for each in contents.findings if each.status in (Status.BREACHED, Status.MET)),
            idle=tuple(each for each in contents.findings if each.status is Status.NOT_APPLICABLE),
            headlines=tuple(each for question in questions if (each := question.headline)),
            questions=questions,
            measures={each.name: each for audited in contents.programmes for each in audited.measures},
            labels=_labels(contents),
            plurals={kind.name: kind.plural for each in contents.programmes for kind in each.kinds},
            charts=_charts(contents),
            review_tables=lambda estimate: _breakdowns(estimate, {}),
            names={each.number: each.name for each in contents.sources},
            states=_STATES,
            states_total=_states_total(contents.sources),
            subject=wording.listing([each.title for each in contents.programmes], most=20),
        )
    )


@cache  # the templates are compiled once
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.filters |= {
        "anchor": anchor,
        "attribute": visible,
        "asked": _asked,
        "begin": _begin,
        "count": wording.count,
        "day": months.day,
        "month": months.month_short,
        "parted": _parted,
        "short": _short,
        "whole": _whole,
        "confirmed": lambda each: letter.CONFIRMED.get(each, each),
        "breakdowns": _breakdowns,
    }
    made.globals |= {
        "Estimate": Estimate,
        "beside": letter.beside,
        "counted": figures.counted,
        "doubt": figures.doubt,
        "interval_text": figures.interval_text,
        "part_value": figures.part_value,
        "plural": wording.plural,
        "value_text": figures.value_text,
        "is_measured": lambda each: isinstance(each, Estimate),
        "is_web": lambda address: address.startswith(("https://", "http://")),
    }
    return made


def _finalize(value: Any) -> Any:  # noqa: ANN401 - the renderer hands over whatever a template prints
    """Set every hidden character of every printed text in a small tag; jinja2 escapes the rest."""
    if isinstance(value, Markup) or not isinstance(value, str) or not HIDDEN.search(value):
        return value
    return Markup().join(_tagged(value))


def _tagged(text: str) -> Iterator[Markup | str]:
    at = 0
    for found in HIDDEN.finditer(text):
        yield text[at : found.start()]
        yield Markup('<span class="hidden-mark">{}</span>').format(visible(found[0], "{}"))
        at = found.end()
    yield text[at:]


def _parted(text: str) -> Markup:
    """Let a file's name be broken between its parts before it is broken within one."""
    return Markup("<wbr>").join(Markup().join(_tagged(part)) for part in _JOINT.split(text))


def _short(text: str) -> str:
    """Cut a very long value, saying how much longer it is."""
    text = str(text)
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]} … and {wording.plural(len(text) - _LONGEST, 'more character')}"


def _begin(text: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def _asked(text: str) -> str:
    """Leave out the words "Ask for" where a sentence begins with them: the page sets them in bold before it."""
    return _begin(text.removeprefix("Ask for "))


def _whole(value: float | str) -> str:
    """Write a parameter: numbers as people write them, text as it is."""
    return value if isinstance(value, str) else wording.quantity(value)


def anchor(name: str) -> str:
    """Make an id for a link within the page from a measure's or section's name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x"


def _breakdowns(estimate: Estimate, charts: Mapping[str, tuple[Chart, ...]]) -> tuple[_Breakdown, ...]:
    made = []
    for name, parts in estimate.breakdowns.items():
        chart = next((each for each in charts.get(estimate.measure, ()) if _draws(each, name)), None)
        shown, own, by = _shown(name, parts, chart), estimate, name
        if (
            chart and chart.form == "det"
        ):  # its labels are rates and its values shares, whatever the measure is
            own, by = as_shares(estimate, chart), chart.across + name.removeprefix(chart.breakdown)
        if parts:
            doubt = figures.interval_head(shown)
            title = figures.breakdown_title(by)
            made.append(_Breakdown(by, title, own, shown, len(parts) - len(shown), doubt))
    return tuple(made)


def _draws(chart: Chart, breakdown: str) -> bool:
    return (
        is_trade(chart, breakdown)
        if chart.form in ("det", "curves", "areas")
        else chart.breakdown == breakdown
    )


def _shown(name: str, parts: tuple[Part, ...], chart: Chart | None) -> tuple[Part, ...]:
    """Choose the parts that the page shows: of a long curve those at its marks, which say more than the first sixty."""
    form = chart.form if chart else ""
    most = MOST_AGENCIES if name == "agency" else MOST_PAIRS if form == "matrix" else MOST_PARTS
    if len(parts) <= most or chart is None:
        return parts[:most]
    if form == "curve":
        return tuple(part for part in parts if place_on_axis(part) in chart.marks) or parts[:most]
    return (marked_parts(parts) if form == "det" else ()) or parts[:most]


def _charts(contents: Contents) -> dict[str, tuple[Chart, ...]]:
    """Give the charts that draw each measure."""
    found: dict[str, tuple[Chart, ...]] = {}
    for audited in contents.programmes:
        for section in audited.sections:
            for chart in section.charts:
                for measure in chart.measures:
                    found[measure] = (*found.get(measure, ()), chart)
    return found


def _questions(contents: Contents) -> Iterator[_Question]:
    shown: set[str] = set()
    for audited in contents.programmes:
        for section in audited.sections:
            names = [name for name in section.measures if name in contents.estimates]
            shown.update(names)
            if names:
                yield _Question(
                    id=f"q-{anchor(audited.name)}-{anchor(section.id)}",
                    title=section.title,
                    question=section.question,
                    notes=section.notes,
                    figures=tuple(_figures(audited, section.id, contents)),
                    estimates=tuple(contents.estimates[name] for name in names),
                    answers=section.answers,
                )
    rest = tuple(each for name, each in contents.estimates.items() if name not in shown)
    if rest:
        yield _Question("q-rest", "Further measures", "What else do the records show?", (), (), rest)


def _figures(audited: Audited, section_id: str, contents: Contents) -> Iterator[_Figure]:
    section = next(each for each in audited.sections if each.id == section_id)
    for index, chart in enumerate(section.charts):
        drawn = drawable(chart, contents.estimates)
        made = panels(chart, drawn) if drawn else ()
        missing = missing_map(chart, drawn)
        if made or missing:
            title = visible(chart.title(drawn))
            base = f"chart-{anchor(audited.name)}-{anchor(section_id)}-{index}"
            drawings = tuple(
                _Drawing(
                    panel.subtitle,
                    *draw(panel, f"{base}-{number}", title),
                    panel.note,
                    panel.narrow.stays is not None,
                )
                for number, panel in enumerate(made)
            )
            scale = scale_of(chart, len(drawings))
            yield _Figure(title, _begin(chart.axis), drawings, scale, at_marks(chart, drawn), missing)


def _labels(contents: Contents) -> dict[str, dict[str, str]]:
    """Give the fields' labels by the record kind: kinds may call one field by different words."""
    return {
        kind.name: {field.name: field.label for field in kind.fields}
        for audited in contents.programmes
        for kind in audited.kinds
    }


def _states_total(sources: tuple[Source, ...]) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Add up the cell states of the sources of each kind, field by field, in the order in which fields first appear."""
    total: dict[str, dict[str, dict[str, int]]] = {}
    for source in sources:
        of_kind = total.setdefault(source.kind, {})
        for name, states in source.states.items():
            sums = of_kind.setdefault(name, dict.fromkeys(_STATES, 0))
            for state, number in states.items():
                sums[CellState(state)] += number
    return total
