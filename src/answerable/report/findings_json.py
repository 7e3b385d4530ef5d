"""Writes findings.json, whose schema is docs/findings-schema.md and report/findings.schema.json."""

from __future__ import annotations

from typing import Any

import msgspec

from answerable.estimate import Estimate, Evidence, Finding, Interval, NotMeasurable, Part
from answerable.harmless import encodable, escape_hidden, number
from answerable.intake.accounting import Overlap, Source
from answerable.report.contents import Audited, Contents
from answerable.report.figures import part_value
from answerable.review import Conclusion

__all__ = ["SCHEMA_VERSION", "findings_json"]

SCHEMA_VERSION = "1"
"""The first number of the schema: it changes when a reader of the old form would misread the new one."""


def findings_json(contents: Contents) -> bytes:
    """Give the whole of the contents as indented JSON in UTF-8; the same contents give the same bytes."""
    document = {
        "schema": SCHEMA_VERSION,
        "made_by": {"name": "Answerable", "version": contents.version},
        "case": contents.case,
        "as_of": contents.as_of or None,
        "seed": contents.seed,
        "timezone": contents.timezone or None,
        "policies": list(contents.policies),
        "sources": [_source(each) for each in contents.sources],
        "overlaps": [_overlap(each) for each in contents.overlaps],
        "repeated": list(contents.repeated),
        "left_out": list(contents.left_out),
        "absent_kinds": [{"records": name, "measures": many} for name, many in contents.absent_kinds],
        "findings": [_finding(each) for each in contents.findings],
        "reviews": [_review(each) for each in contents.conclusions],
        "estimates": [_estimate(each) for each in contents.estimates.values()],
        "programmes": [_programme(each) for each in contents.programmes],
    }
    try:
        encoded = msgspec.json.encode(document)
    except UnicodeEncodeError:  # a lone surrogate somewhere, from a file name that is not UTF-8, say
        encoded = msgspec.json.encode(_encodable(document))
    text = msgspec.json.format(encoded, indent=2).decode("utf-8")
    return (escape_hidden(text) + "\n").encode("utf-8")


def _review(conclusion: Conclusion) -> dict[str, Any]:
    return {
        "review": conclusion.review,
        "title": conclusion.title,
        "drawn": conclusion.drawn,
        "judged": conclusion.judged,
        "sample_sha256": conclusion.sample,
        "journal_sha256": conclusion.journal,
        "journal_lines": conclusion.entries,
        "answered": [
            {
                "question": each.question,
                "text": each.text,
                "status": each.status and str(each.status),
                "threshold": each.threshold or None,
                "further": list(each.further),
                "estimate": _estimate(each.estimate),
            }
            for each in conclusion.answered
        ],
    }


def _encodable(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Show what UTF-8 cannot hold."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {_encodable(key): _encodable(each) for key, each in value.items()}
    return [_encodable(each) for each in value] if isinstance(value, list) else value


def _source(source: Source) -> dict[str, Any]:
    return {
        "number": source.number,
        "name": source.name,
        "sha256": source.sha256,
        "size": source.size,
        "layout": source.layout,
        "kind": source.kind,
        "account": {
            "rows_in": source.rows_in,
            "kept": source.kept,
            "duplicates": source.duplicates,
            "duplicates_differing": source.duplicates_differing,
            "quarantined": source.quarantined,
            "reasons": dict(source.reasons),
            "duplicate_rule": source.duplicate_rule,
        },
        "first": source.first or None,
        "last": source.last or None,
        "clock": source.clock,
        "states": {name: dict(states) for name, states in source.states.items()},
        "notices": list(source.notices),
    }


def _overlap(overlap: Overlap) -> dict[str, int]:
    return {"earlier": overlap.earlier, "later": overlap.later, "shared": overlap.shared}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "pack": finding.pack,
        "pack_title": finding.pack_title,
        "clause": finding.clause,
        "citation": finding.citation,
        "asks": finding.asks,
        "address": finding.address or None,
        "confirmed": finding.confirmed,
        "status": finding.status.value,
        "sentence": finding.sentence,
        "measure": finding.measure or None,
        "threshold": finding.threshold or None,
        "ask_for": finding.ask_for or None,
        "estimate": None if finding.estimate is None else _alone(finding.estimate),
        "also": [_evidence(each) for each in finding.also],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "measure": evidence.measure,
        "status": evidence.status.value,
        "sentence": evidence.sentence,
        "threshold": evidence.threshold or None,
        "estimate": _alone(evidence.estimate),
    }


def _alone(estimate: Estimate | NotMeasurable) -> dict[str, Any]:
    """Give a clause's own number, which may be run with its own parameters, without the breakdowns."""
    return _estimate(estimate) | ({"breakdowns": {}} if isinstance(estimate, Estimate) else {})


def _parts(parts: tuple[Part, ...]) -> list[dict[str, Any]]:
    return [
        {
            "label": part.label,
            "value": number(part_value(part)),
            "numerator": number(part.numerator),
            "denominator": number(part.denominator),
        }
        # Left out where there is none: most parts are counted whole, and there are thousands of them.
        | ({"interval": _interval(part.interval)} if part.interval else {})
        for part in parts
    ]


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "low": number(interval.low),
        "high": number(interval.high),
        "level": number(interval.level),
        "method": interval.method,
    }


def _estimate(estimate: Estimate | NotMeasurable) -> dict[str, Any]:
    if isinstance(estimate, NotMeasurable):
        return {
            "measure": estimate.measure,
            "title": estimate.title,
            "status": "not measurable",
            "reason": estimate.reason,
            "ask_for": estimate.ask_for,
            "missing": list(estimate.missing),
        }
    return {
        "measure": estimate.measure,
        "title": estimate.title,
        "status": "measured",
        "kind": estimate.kind,
        "value": number(estimate.value),
        "numerator": number(estimate.numerator),
        "denominator": number(estimate.denominator),
        "left_out": estimate.left_out,
        "unit": estimate.unit,
        "interval": estimate.interval and _interval(estimate.interval),
        "method": estimate.method,
        "rule": estimate.rule,
        "sentence": estimate.sentence,
        "parameters": {
            name: each if isinstance(each, str) else number(each)
            for name, each in estimate.parameters.items()
        },
        "caveats": list(estimate.caveats),
        "sql": estimate.sql,
        "breakdowns": {name: _parts(parts) for name, parts in estimate.breakdowns.items()},
    }


def _programme(audited: Audited) -> dict[str, Any]:
    return {
        "name": audited.name,
        "title": audited.title,
        "prepared": dict(audited.prepared),
        "views": dict(audited.views),
        "definitions": {each.name: each.words(each.definition) for each in audited.measures},
    }
