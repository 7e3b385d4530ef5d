"""Pages to read: the overview, the report, findings beside their clauses, sources, downloads and help."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answerable import wording
from answerable.auditing import Case
from answerable.auditing.known import KINDS
from answerable.errors import CaseError
from answerable.estimate import Estimate, Finding, NotMeasurable, Status
from answerable.intake.accounting import Source
from answerable.report.outputs import OUTPUTS
from answerable.web.pages import hall_of, note, render
from answerable.web.standing import Standing, standing_of

__all__ = ["ROUTES"]

_KINDS = {
    "report.html": ("text/html; charset=utf-8", "The report, one file that needs no network and no script."),
    "findings.json": ("application/json", "Findings and measures for programs, by a published schema."),
    "measures.csv": (
        "text/csv; charset=utf-8",
        "Every measure and every part of its breakdowns, a row each.",
    ),
    "findings.xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Findings, measures and accounting as a workbook.",
    ),
}
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Account:
    """What became of every row of every source, added up."""

    rows_in: int
    kept: int
    duplicates: int
    quarantined: int

    @classmethod
    def of(cls, sources: tuple[Source, ...]) -> _Account:
        return cls(
            *(
                sum(getattr(each, name) for each in sources)
                for name in ("rows_in", "kept", "duplicates", "quarantined")
            )
        )


def _overview(request: Request) -> Response:
    hall = hall_of(request)
    case = hall.case()
    conclusions = hall.conclusions()
    reviews = [standing_of(hall.desk(review), conclusions) for review in hall.reviews()]
    judged = [each for each in case.findings if each.status in (Status.BREACHED, Status.MET)]
    return render(
        request,
        "overview.html.j2",
        title="Overview",
        headline=_headline(case),
        tally=case.tally() if case.findings else {},
        judged=judged,
        account=_Account.of(case.sources),
        sources=len(case.sources),
        settings=case.settings,
        measured=sum(isinstance(each, Estimate) for each in case.measures.values()),
        measures=len(case.measures),
        reviews=reviews,
        steps=_steps(case, reviews),
    )


def _headline(case: Case) -> str:
    kept = wording.plural(sum(source.kept for source in case.sources), "record")
    sources = wording.plural(len(case.sources), "source")
    if not case.findings:
        return f"{kept} from {sources}; no policy pack was consulted, so no clause is judged."
    said = {
        Status.BREACHED: "breached",
        Status.NOT_SHOWN: "not shown",
        Status.MET: "met",
        Status.NOT_APPLICABLE: "not applicable",
    }
    parts = [f"{wording.count(number)} {said[status]}" for status, number in case.tally().items() if number]
    return f"Of {wording.plural(len(case.findings), 'clause')}: {wording.listing(parts)}."


def _steps(case: Case, reviews: list[Standing]) -> list[tuple[str, str]]:
    """Say what can be done next, most pressing first, each with the page where it is done."""
    steps: list[tuple[str, str]] = []
    for review in reviews:
        page = f"/reviews/{review.title}"
        if review.disputed:
            what = f"Settle what reviewers differ on in {review.title}: {wording.plural(review.disputed, 'item')}."
            steps.append((what, f"{page}/conflicts"))
        elif review.left:
            what = f"Judge what is left of the review {review.title}: {wording.plural(review.left, 'judgement')}."
            steps.append((what, page))
        elif not review.concluded:
            steps.append((f"Everything of the review {review.title} is judged: conclude from it.", page))
    gaps = sum(each.status is Status.NOT_SHOWN for each in case.findings)
    if gaps:
        steps.append(
            (
                f"Ask for what the records could not show: {wording.plural(gaps, 'clause')} {'waits' if gaps == 1 else 'wait'} for it.",
                "/findings?status=not+shown",
            )
        )
    if not reviews:
        steps.append(
            (
                "Draw a random sample and judge it: whether records were within policy, no log says by itself.",
                "/reviews",
            )
        )
    return steps


def _report(request: Request) -> Response:
    data = hall_of(request).output("report.html")
    return Response(
        data, media_type="text/html; charset=utf-8", headers={"content-security-policy": _policy(data)}
    )


def _policy(page: bytes) -> str:
    """Give the content security policy of the report: its own style sheet, by its hash, and nothing else at all."""
    styles = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"
        for style in _STYLE.findall(page)
    )
    allowed = styles or "'none'"
    return (
        f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )


def _findings(request: Request) -> Response:
    case = hall_of(request).case()
    status, pack = request.query_params.get("status", ""), request.query_params.get("pack", "")
    packs = list(dict.fromkeys((each.pack, each.pack_title) for each in case.findings))
    chosen = [
        each
        for each in case.findings
        if (not status or each.status == status) and (not pack or each.pack == pack)
    ]
    return render(
        request,
        "findings.html.j2",
        title="Findings",
        findings=[(each, _ask_for(each)) for each in chosen],
        of=len(case.findings),
        statuses=[str(each) for each in Status],
        packs=packs,
        chosen={"status": status, "pack": pack},
        beside=lambda each: [one for one in each.also if isinstance(one.estimate, Estimate)],
    )


def _ask_for(finding: Finding) -> str:
    if finding.status is not Status.NOT_SHOWN:
        return ""
    ask_for = finding.ask_for
    if isinstance(finding.estimate, NotMeasurable):
        ask_for = ask_for or finding.estimate.ask_for
    return ask_for.removeprefix("Ask for ")


def _sources(request: Request) -> Response:
    case = hall_of(request).case()
    labels = {kind.name: {one.name: one.label for one in kind.fields} for kind in KINDS}
    return render(
        request,
        "sources.html.j2",
        title="Sources",
        sources=case.sources,
        account=_Account.of(case.sources),
        overlaps=case.overlaps,
        repeated=case.repeated,
        left_out=case.left_out,
        names={each.number: each.name for each in case.sources},
        labels=labels,
        things={kind.name: kind.things for kind in KINDS},
        clocks={
            "utc": "in UTC",
            "local": "in local time",
            "unknown": "as written, in a zone that nobody has stated",
        },
    )


def _downloads(request: Request) -> Response:
    hall = hall_of(request)
    files = [(name, _KINDS[name][1], len(hall.output(name))) for name in OUTPUTS]
    return render(request, "downloads.html.j2", title="Downloads", files=files)


def _download(request: Request) -> Response:
    name = request.path_params["output"]
    if name not in OUTPUTS:  # what is asked for is held against the list, and no path is made from it
        raise HTTPException(404)
    try:
        data = hall_of(request).output(name)
    except KeyError:
        raise CaseError(f"{name} is not in the case") from None
    note(request, "downloaded", name)
    return Response(
        data, media_type=_KINDS[name][0], headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _help(request: Request) -> Response:
    return render(request, "help.html.j2", title="Help")


ROUTES = [
    Route("/", _overview),
    Route("/report.html", _report),
    Route("/findings", _findings),
    Route("/sources", _sources),
    Route("/downloads", _downloads),
    Route("/downloads/{output}", _download),
    Route("/help", _help),
]
"""The routes of the pages to read."""
