"""A rich sample of a report's contents, made by hand, with hostile text in every place that a source can reach."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import pytest

from answerable.estimate import Estimate, Evidence, Finding, Interval, NotMeasurable, Part, Status
from answerable.intake.accounting import Overlap, Source
from answerable.intake.kinds import Field, RecordKind, Role
from answerable.programmes.measure import Measure, Parameter, Query, Share
from answerable.programmes.section import Chart, Reference, Section
from answerable.report.contents import Audited, Contents
from charted import RATES, RATES_SECTION

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% for x in y %}",
    "\u202egnp.exe\u202c",
    "nul\x00 bell\x07 esc\x1b[31m",
    '=HYPERLINK("http://example.test","x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\tTab",
    "\rReturn",
    "http://example.test/url",
    '"><img src=x onerror=alert(1)>',
    "long " * 600,
    "\udcff surrogate",
)
AGENCIES = (
    "Riverton Police Department",
    "Hale County Sheriff",
    "Ashford PD [Federal]",
    "Marsh Valley Highway Patrol",
)
_NOUNS = (
    ("no_reason", "Searches with no stated reason", "a reason of at least one character"),
    ("no_purpose", "Searches with no stated purpose of any kind", "a reason, case number or offence type"),
    ("vague_reason", "Searches with a vague reason", "a reason of the vague list, alone"),
    ("number_only", "Searches whose reason is a number", "digits and separators, nothing else"),
    ("mash", "Searches whose reason is keyboard mash", "no vowel in five letters or more"),
    ("no_case", "Searches with no case number", ""),
    ("immigration", "Searches whose reason contains a word of the immigration list", "whole words"),
    ("protest", "Searches whose reason contains a word of the protest list", "whole words"),
    ("reproductive", "Searches whose reason contains a word of the reproductive-care list", "whole words"),
    ("look_back", "Searches that look back beyond the limit", "more than 30 × 24 h before the search"),
    ("network_wide", "Searches of every network", "100 networks or more"),
    ("off_hours", "Searches made off hours", "before 06:00 or from 22:00, local time"),
    ("weekend", "Searches made at the weekend", "Saturday and Sunday, local time"),
    ("federal", "Searches by federal organisations", "a [Federal] tag in the name"),
)
TOTAL = 18_452


def _share(name: str, title: str, rule: str, numerator: int) -> Estimate:
    months = [f"2025-{month:02d}" for month in range(1, 13) if month != 8]
    return Estimate(
        measure=f"searches.{name}",
        title=title,
        kind="share",
        value=numerator / TOTAL,
        numerator=numerator,
        denominator=TOTAL,
        unit="share of searches",
        rule=rule,
        sql=f"SELECT\n  count(*) FILTER (WHERE {name}) AS numerator, -- a < b & c\n  count(*) AS denominator\nFROM flags",
        sentence=f"{title}: {numerator:,} of {TOTAL:,} ({100 * numerator / TOTAL:.2f}\u202f%).",
        parameters={"days": 30, "word": "vague"},
        caveats=("412 searches come from a source that does not export the field, and are left out.",),
        breakdowns={
            "agency": tuple(
                Part(
                    f"{AGENCIES[at % 4]} {at // 4 + 1}" if at >= 4 else AGENCIES[at],
                    None,
                    400 - 9 * at,
                    1800 - 20 * at,
                )
                for at in range(31)
            ),
            "month": tuple(
                Part(month, None, 20 + 7 * (at % 5) + at, 1500 + at) for at, month in enumerate(months)
            ),
        },
    )


def _measure(estimate: Estimate | NotMeasurable) -> Measure:
    common = {
        "name": estimate.measure,
        "title": estimate.title,
        "definition": f"Counts the searches that the title names, among all searches kept. {estimate.title}.",
        "unit": "share of searches",
        "needs": ("reason",),
        "sentence": "The log shows {figure}.",
        "source": "The practice of audits.",
        "neutral": "0",
        "parameters": {"days": Parameter(30, "days", "How far back a search may look.")},
    }
    if isinstance(estimate, Estimate) and estimate.kind == "share":
        return Share(**common, counts="reason IS NULL", view="flags")
    return Query(**common, sql="SELECT 1")


def _estimates() -> dict[str, Estimate | NotMeasurable]:
    found: list[Estimate | NotMeasurable] = [
        _share(name, title, rule, 37 + 411 * at % 3000) for at, (name, title, rule) in enumerate(_NOUNS)
    ]
    found += [
        Estimate(
            measure="searches.total", title="Searches", kind="count", value=TOTAL, numerator=TOTAL, denominator=None,
            unit="searches", rule="", sql="SELECT count(*) FROM searches", sentence=f"The log holds {TOTAL:,} searches.",
            breakdowns={"month": tuple(Part(f"2025-{m:02d}", 1200 + 90 * (m % 4), 1200, None) for m in range(1, 13))},
        ),
        Estimate(
            measure="searches.per_user", title="Searches per user", kind="quantity", value=14.257, numerator=None,
            denominator=None, unit="searches per user (median)", rule="accounts with one search or more",
            sql="SELECT 1", sentence="The median user made 14.26 searches.",
        ),
        Estimate(
            measure="searches.sampled", title="Reasons that a reader judged vague", kind="share", value=0.31, numerator=62,
            denominator=200, unit="share of searches", rule="", sql="SELECT 1", method="simple random sample, seed 7",
            sentence="A reader judged 62 of 200 sampled reasons vague.",
            interval=Interval(0.2500, 0.3772, 0.95, "Wilson score, Wilson 1927"),
        ),
        Estimate(
            measure="searches.types", title="Search types", kind="share", value=0.92, numerator=16_976, denominator=TOTAL,
            unit="share of searches", rule="", sql="SELECT 1", sentence=HOSTILE[0] + HOSTILE[2],
            caveats=HOSTILE[:4], breakdowns={"search_type": tuple(Part(each, None, 3, 41) for each in HOSTILE)},
        ),
    ]  # fmt: skip  # a table: what stands in one line belongs together
    for name, title, missing in (
        ("moderation", "Searches that moderation blocked", "moderation"),
        ("devices", "Devices per search", "devices"),
        ("overlap", "Accounts active in overlapping sessions", "user_id"),
        ("out_of_state", "Searches from out of state", "agency"),
        ("text_prompt", "Free-form searches", "text_prompt"),
        ("repeat_plate", "The same plate searched again by the same user", "plate"),
        ("offence", "Searches by offence type", "offense_type"),
    ):
        found.append(
            NotMeasurable(
                measure=f"searches.{name}", title=title, reason=f"No source exports the field {missing}.",
                ask_for=f"An export of the search log with the column {missing}.", missing=(missing,),
            )
        )  # fmt: skip  # a table: what stands in one line belongs together
    found += [*_curves(), *RATES.values()]
    return {each.measure: each for each in found}


def _curves() -> tuple[Estimate, ...]:
    """Make what shorter retentions would have cost and how far they track: a curve, one with a band, two with whiskers."""

    def estimate(name: str, titled: tuple[str, str], by: str, parts: tuple[Part, ...], at: int) -> Estimate:
        whole, (title, noun) = parts[at], titled
        return Estimate(
            measure=name, title=title, kind="share", value=whole.numerator / whole.denominator, numerator=whole.numerator,
            denominator=whole.denominator, unit=f"share of {noun}", rule="older than d × 24 h", sql="SELECT 1",
            sentence=f"{title}: {whole.numerator:,} of {whole.denominator:,}.", interval=whole.interval,
            method="complete count: no sampling interval" if whole.interval is None else "simple random sample, seed 7",
            breakdowns={by: parts},
        )  # fmt: skip  # a table: what stands in one line belongs together

    def part(at: int, share: float, among: int, half: float = 0) -> Part:
        counted = round(share * among)
        value = counted / among
        interval = Interval(max(0, value - half), min(1, value + half), 0.95, "Wilson score, Wilson 1927")
        return Part(str(at), None, counted, among, interval if half else None)

    few = (1, 7, 14, 21, 30, 60, 90, 120, 180, 270, 365)
    hits = tuple(part(day, 0.75 * math.exp(-day / 13), 41) for day in range(1, 366))
    looks = tuple(part(day, 0.6 * math.exp(-day / 80), 1843, 0.03) for day in range(1, 366))
    tracked = tuple(part(day, 1 - math.exp(-((day / 9) ** 0.7)), 2000 - 3 * day, 0.025) for day in few)
    points = tuple(
        part(p, (0.07, 0.41, 0.78, 0.93, 0.97, 0.988)[p - 1], 2500 - 300 * p, 0.03) for p in range(1, 7)
    )
    return (
        estimate(
            "searches.cost_of_hits",
            ("Confirmed hits that used older reads", "confirmed hits"),
            "days",
            hits,
            29,
        ),
        estimate(
            "searches.cost_of_looks", ("Searches that looked back further", "searches"), "days", looks, 29
        ),
        estimate(
            "searches.tracked_by_days",
            ("Vehicles singled out by four points", "vehicles"),
            "days",
            tracked,
            4,
        ),
        estimate("searches.tracked_by_points", ("Vehicles singled out", "vehicles"), "points", points, 3),
    )


def _beside(*estimates: Estimate | NotMeasurable) -> tuple[Evidence, ...]:
    """Make the other numbers of a clause, of which none decides it."""
    return tuple(
        Evidence(
            measure=each.measure,
            status=Status.NOT_SHOWN,
            sentence=each.reason
            if isinstance(each, NotMeasurable)
            else f"{each.sentence} It decides nothing here.",
            estimate=each,
            threshold="at most 0 searches",
        )
        for each in estimates
    )


def _finding(clause: str, status: Status, estimate: Estimate | NotMeasurable | None, **more: Any) -> Finding:
    said = {
        "citation": "Cal. Civ. Code § 1798.90.52(b)",
        "asks": "A purpose is recorded for each search.",
        "address": "https://law.example.test/1798.90.52",
        "confirmed": "codified-mirror",
        "sentence": f"The records cannot show this. {estimate.reason}"
        if isinstance(estimate, NotMeasurable)
        else str(estimate),
        "threshold": "at most 0 searches",
    } | more
    return Finding(
        pack="us-ca",
        pack_title="California: automated licence-plate recognition",
        clause=clause,
        status=status,
        estimate=estimate,
        measure=estimate.measure if estimate else "",
        **said,
    )


def _source(number: int, name: str, **more: object) -> Source:
    fields = {
        "number": number, "name": name, "sha256": hashlib.sha256(name.encode("utf-8", "replace")).hexdigest(),
        "size": 1_204_511 + number, "layout": "vendor-a-14", "kind": "search", "rows_in": 2400, "kept": 2310,
        "duplicates": 80, "quarantined": 10, "duplicates_differing": 2,
        "reasons": {"the search time cannot be read": 7, HOSTILE[0]: 3}, "duplicate_rule": "the search ID",
        "first": "2025-01-01T00:02:04", "last": "2025-12-31T23:58:11", "clock": "utc",
        "states": {
            "reason": {"present": 2200, "blank": 60, "withheld": 50, "wildcard": 0, "not exported": 0},
            "plate": {"present": 0, "blank": 0, "withheld": 2300, "wildcard": 10, "not exported": 0},
            "moderation": {"present": 0, "blank": 0, "withheld": 0, "wildcard": 0, "not exported": 2310},
        },
    }  # fmt: skip  # a table: what stands in one line belongs together
    return Source(**{**fields, **more})


def _charts() -> tuple[Chart, ...]:
    shares = tuple(f"searches.{name}" for name, _, _ in _NOUNS[:6])
    return (
        Chart("measures", shares, lambda drawn: f"{drawn[0].title}: {drawn[0].figure}", "Share of searches"),
        Chart("months", ("searches.no_reason",), lambda _: "The share without a reason rose in the autumn of 2025", "Share of searches by month", "month"),
        Chart("bars", ("searches.no_reason",), lambda _: "Riverton Police Department stated no reason for 400 of its 1,800 searches", "Share of searches by organisation", "agency"),
    )  # fmt: skip  # a table: what stands in one line belongs together


def make_contents(**more: object) -> Contents:
    """Make the sample: eight sources, 37 estimates, findings of every status, hostile text throughout."""
    estimates = _estimates()
    measured = [each for each in estimates.values() if isinstance(each, Estimate)]
    missing = [each for each in estimates.values() if isinstance(each, NotMeasurable)]
    names = list(estimates)
    costs = tuple(each.measure for each in _curves())
    sections = (
        Section("purpose", "Purpose", "Does each search say why it was made?", tuple(names[:6]), _charts(),
                ("A reason is what a user typed; nobody has checked it.",)),
        Section("topics", "Topics", "Which subjects do the reasons name?", tuple(names[6:9])),
        Section("reach", "Reach and hours", "How far do searches reach, and when are they made?", tuple(names[9:15]), (
            Chart("months", ("searches.total",), lambda _: "Between 1,200 and 1,470 searches were made each month", "Searches", "month"),
        )),
        Section("judged", "What a reader judged", "What did a sample show?", tuple(names[15:19]), (
            Chart("measures", ("searches.sampled",), lambda drawn: f"A reader judged {drawn[0].figure} of sampled reasons vague", "Share of sampled reasons"),
            Chart("bars", ("searches.types",), lambda _: HOSTILE[0] + HOSTILE[2], HOSTILE[1], "search_type"),
        )),
        Section("retention", "Retention", "What would a shorter retention have cost?", costs, (
            Chart("curve", costs[:3], lambda drawn: f"Keeping reads 30 days would have cost {drawn[0].counted}", "Share, by days of retention", "days",
                  references=(Reference(21, "21 days: limit of the policy"), Reference(180, "180 days: what is kept now"), Reference(1095, "three years"))),
            Chart("curve", costs[3:], lambda _: "Four random points single out nine vehicles in ten", "Share of eligible vehicles, by random points",
                  "points", across="point", marks=(4, 1, 6, 2, 3, 5)),
        )),
        RATES_SECTION,
    )  # fmt: skip  # a table: what stands in one line belongs together
    kind = RecordKind("search", "searches", "One query.", (
        Field("reason", Role.FREE_TEXT, "The reason.", "reason"),
        Field("plate", Role.IDENTIFIER, "The plate.", "licence plate"),
        Field("moderation", Role.CATEGORY, "The filter.", "moderation"),
        Field("searched_at", Role.TIME, "When.", "search time"),
    ), "searched_at")  # fmt: skip  # a table: what stands in one line belongs together
    programme = Audited(
        name="plates", title="Licence-plate readers", sections=sections,
        measures=tuple(_measure(each) for each in estimates.values()),
        prepared={"Lexicon": "version 3, SHA-256 " + "ab" * 32, HOSTILE[1]: HOSTILE[0]},
        views={"flags": "SELECT *,\n  reason_state = 'blank' AS no_reason\nFROM searches"}, kinds=(kind,),
    )  # fmt: skip  # a table: what stands in one line belongs together
    findings = (
        _finding("52-b", Status.BREACHED, measured[0]),
        _finding("gp-1", Status.BREACHED, measured[2], citation="Good practice 1", confirmed="practice",
                 asks="Reasons name a purpose.", address=""),
        _finding("x", Status.BREACHED, measured[-1], citation=HOSTILE[0], asks=HOSTILE[1], address="javascript:alert(1)"),
        _finding("52-c", Status.MET, measured[8], asks="The date and time of each search are recorded."),
        _finding("30d", Status.MET, measured[9], citation="N.C. G.S. § 20-183.32", threshold="at most 90 days"),
        _finding("52-d", Status.NOT_SHOWN, missing[2], asks="The user name is recorded for each search.",
                 ask_for=f"{missing[2].ask_for} {missing[3].ask_for}",
                 also=_beside(measured[1], measured[-1], missing[3])),
        _finding("51", Status.NOT_SHOWN, None, asks="A usage and privacy policy is published.",
                 sentence="A search log does not show whether a policy was published.",
                 ask_for="The agency's usage and privacy policy.", confirmed="official", threshold=""),
        _finding("2413", Status.NOT_APPLICABLE, None, citation="Cal. Veh. Code § 2413(b)",
                 asks="The highway patrol keeps reads for at most 60 days.",
                 sentence="The clause speaks to the highway patrol; no source is its log."),
    )  # fmt: skip  # a table: what stands in one line belongs together
    sources = (
        *(_source(at, f"releases.zip!2025-{at:02d}.csv") for at in range(1, 6)),
        _source(
            6,
            HOSTILE[2] + HOSTILE[0],
            notices=("The sheet is at Excel's limit and was probably cut.", HOSTILE[3]),
        ),
        _source(7, HOSTILE[4], clock="unknown"),
        _source(8, HOSTILE[-1], quarantined=0, reasons={}, kept=2320, layout="vendor-b-5"),
    )
    fields = {
        "case": "riverton-2025", "version": "0.1.0", "as_of": "2026-03-01", "seed": 7, "timezone": "America/Los_Angeles",
        "policies": ("us-ca", "good-practice"), "sources": sources, "overlaps": (Overlap(1, 2, 184), Overlap(2, 3, 90)),
        "repeated": ("copy of 2025-01.csv", HOSTILE[2]), "left_out": ("letter.pdf",), "estimates": estimates, "findings": findings,
        "programmes": (programme,), "absent_kinds": (("reads", 23), ("shares", 1)),
    }  # fmt: skip  # a table: what stands in one line belongs together
    return Contents(**{**fields, **more})


@pytest.fixture(scope="session")
def contents() -> Contents:
    """The rich sample."""
    return make_contents()


@pytest.fixture(scope="session")
def contents_with():
    """Make the sample with some fields replaced."""
    return make_contents
