"""The sample-size calculator, and drawing a sample: what the command line does, from a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable.auditing import planning, reviewing
from answerable.auditing.known import KINDS, all_measures
from answerable.errors import AnswerableError, ReviewError, UsageError
from answerable.intake.kinds import RecordKind, Role
from answerable.programmes.measure import Share
from answerable.review import Form
from answerable.review import Request as Asked
from answerable.web.pages import go, hall_of, note, render, writing
from answerable.web.sent import fields

__all__ = ["ROUTES"]

_PLAN = {
    "aim": "test",
    "tolerable": "5",
    "margin": "5",
    "expected": "0",
    "confidence": "95",
    "population": "",
    "looks": "",
}
_DRAW = {
    "title": "", "seed": "", "size": "60", "reviewers": "", "twice": "0", "strata": "", "allocation": "proportional", "sizes": "",
    "among": "", "clusters": "", "whole_above": "", "tolerable": "", "confidence": "95", "looks": "", "question": "",
}  # fmt: skip  # the fields of one form
_PARTED = (Role.CATEGORY, Role.ORGANISATION)
_MOST_SIZE = 100_000  # items: more than people judge


def _plan(request: Request) -> Response:
    given = _PLAN | {name: value for name, value in request.query_params.items() if name in _PLAN}
    error: AnswerableError | None = None
    found = None
    if request.query_params:
        try:
            found = planning.plan(
                tolerable=_percent(given, "tolerable") if given["aim"] == "test" else 0,
                margin=_percent(given, "margin") if given["aim"] != "test" else 0,
                expected=_percent(given, "expected"),
                confidence=_percent(given, "confidence"),
                population=_whole(given, "population", 0, 10**12),
                looks=_looks(given) if given["aim"] == "test" else (),
            )
        except UsageError as fault:
            error = fault
    held = {kind.things: _held(request, kind) for kind in KINDS if _held(request, kind)}
    return render(
        request,
        "plan.html.j2",
        422 if error else 200,
        title="Sample size",
        given=given,
        found=found,
        error=error,
        held=held,
    )


def _held(request: Request, kind: RecordKind) -> int:
    """Count the records of a kind that the case holds."""
    return sum(
        source.kept - source.shared for source in hall_of(request).case().sources if source.kind == kind.name
    )


def _percent(given: Mapping[str, str], field: str) -> float:
    """Read a percentage as a share."""
    text = given[field].strip().removesuffix("%").strip().replace(",", ".") or "0"
    try:
        share = float(text) / 100
    except ValueError:
        share = -1
    if not 0 <= share < 1:
        raise UsageError(
            f"{field} is {given[field][:40]!r}",
            expected="a percentage from 0 to under 100",
            do="Write it as 5 or 0.5.",
        )
    return share


def _whole(given: Mapping[str, str], field: str, low: int, high: int) -> int:
    text = given[field].strip().replace(",", "") or "0"
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(high)) and low <= int(text) <= high):
        raise UsageError(
            f"{field} is {given[field][:40]!r}",
            expected=f"a whole number, {low:,} to {high:,}",
            do="Correct it.",
        )
    return int(text)


def _looks(given: Mapping[str, str]) -> tuple[int, ...]:
    """Read the looks of a sequential plan: whole numbers with commas or spaces between."""
    parts = given["looks"].replace(",", " ").split()
    return tuple(_whole({"looks": part}, "looks", 1, _MOST_SIZE) for part in parts[:50])


@dataclass(frozen=True, slots=True)
class _Offer:
    """What may be chosen for a draw of a form's records: what parts them, which measures narrow them, what they cluster by."""

    form: str
    kind: RecordKind
    strata: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]
    clusters: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, form: str, asked: Form) -> _Offer:
        kind = next(each for each in KINDS if each.plural == asked.records)
        measures = tuple(
            (one.name, one.words(one.title))
            for one in all_measures().values()
            if isinstance(one, Share) and one.records == kind.plural
        )
        parted = tuple((field.name, field.label) for field in kind.fields if field.role in _PARTED)
        people = tuple((field.name, field.label) for field in kind.fields if field.role is Role.IDENTIFIER)
        return cls(
            form=form,
            kind=kind,
            strata=(("month", "month"), *parted),
            measures=measures,
            clusters=(*people, *parted),
            questions=tuple((question.id, question.text) for question in asked.questions),
        )


def _offer(request: Request, form: str) -> tuple[_Offer, list[tuple[str, str]]]:
    """Give what is offered for a shipped form, and the forms that the case holds records for; no path is a form here."""
    held = {source.kind for source in hall_of(request).case().sources}
    plurals = {kind.plural for kind in KINDS if kind.name in held}
    forms = {name: reviewing.form_of(name) for name in reviewing.shipped_forms()}
    fitting = [(name, each.title) for name, each in forms.items() if each.records in plurals]
    if not fitting:
        raise UsageError(
            "no review form is about records that this case holds",
            expected="a case with such records",
            do="Use a form of your own with `answerable review draw --form`.",
        )
    chosen = form if form in dict(fitting) else fitting[0][0]
    return _Offer.of(chosen, forms[chosen]), fitting


def _form(request: Request) -> Response:
    size = request.query_params.get("size", "")
    tolerable = request.query_params.get("tolerable", "")
    given = _DRAW | {name: value[:20] for name, value in (("size", size), ("tolerable", tolerable)) if value}
    return _page(request, request.query_params.get("form", ""), given)


def _page(
    request: Request, form: str, given: Mapping[str, str], error: AnswerableError | None = None
) -> Response:
    offer, forms = _offer(request, form)
    return render(
        request,
        "draw.html.j2",
        422 if error else 200,
        title="Draw a sample",
        offer=offer,
        forms=forms,
        given=given,
        error=error,
        held=_held(request, offer.kind),
    )


def _draw(request: Request) -> Response:
    writing(request)
    sent = fields(request)
    given = _DRAW | {name: value for name, value in sent.items() if name in _DRAW}
    form = sent.get("form", "")
    try:
        desk = _drawn(request, form, given)
    except (UsageError, ReviewError) as error:
        return _page(request, form, given, error)
    note(request, "drew", f"the review {desk}")
    return go(request, f"/reviews/{desk}", "The sample is drawn. Choose who you are to judge it.")


def _drawn(request: Request, form: str, given: Mapping[str, str]) -> str:
    """Draw what a form asks for, and give the review's name."""
    hall = hall_of(request)
    offer, _ = _offer(request, form)
    strata = _one_of(given, "strata", (*offer.strata, *offer.measures))
    among = _one_of(given, "among", offer.measures)
    clusters = _one_of(given, "clusters", offer.clusters)
    whole_above = _whole(given, "whole_above", 0, _MOST_SIZE)
    looks = _looks(given)
    frame = hall.steady(
        lambda: reviewing.frame_of(
            hall.path,
            offer.kind.plural,
            strata=strata,
            among=among,
            clusters=clusters,
            whole_above=whole_above,
        )
    )
    size = max(looks) if looks else _whole(given, "size", 0, _MOST_SIZE)
    allocation = given["sizes"].strip() or given["allocation"]
    asked = Asked(
        name=given["title"].strip(),
        seed=given["seed"].strip(),
        sizes=planning.sizes(frame, size, allocation),
        reviewers=tuple(" ".join(line.split()) for line in given["reviewers"].splitlines() if line.strip()),
        twice=_whole(given, "twice", 0, _MOST_SIZE),
        strata=strata,
        among=among,
        clusters=clusters,
        whole_above=whole_above,
        tolerable=_percent(given, "tolerable"),
        confidence=_percent(given, "confidence"),
        looks=looks,
        question=(_one_of(given, "question", offer.questions) or offer.questions[0][0]) if looks else "",
    )
    return hall.steady(lambda: reviewing.draw_review(hall.path, asked, form=offer.form, frame=frame)).name


def _one_of(given: Mapping[str, str], field: str, offered: tuple[tuple[str, str], ...]) -> str:
    """Give what was chosen of what was offered."""
    if given[field] and given[field] not in dict(offered):
        raise UsageError(
            f"{field} is none of what is offered", expected="one of the list", do="Choose again."
        )
    return given[field]


ROUTES = [
    Route("/plan", _plan),
    Route("/draw", _form),
    Route("/draw", _draw, methods=["POST"]),
]
"""The routes of planning and drawing."""
