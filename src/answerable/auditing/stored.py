"""Results on disk: estimates and findings as JSON, read back as the same values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import msgspec

from answerable.errors import CaseError
from answerable.estimate import Estimate, Evidence, Finding, NotMeasurable, Status

__all__ = ["read_results", "write_results"]


@dataclass(frozen=True, slots=True)
class _Stored:
    """Estimates and their absences apart, since JSON cannot tell them from each other; a finding's by name."""

    order: tuple[str, ...]
    measured: dict[str, Estimate]
    not_measurable: dict[str, NotMeasurable]
    findings: tuple[_StoredFinding, ...]


@dataclass(frozen=True, slots=True)
class _StoredFinding:
    finding: _Bare
    measured: Estimate | None = None
    not_measurable: NotMeasurable | None = None
    also: tuple[_StoredEvidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _StoredEvidence:
    """Another number that bears on a finding's clause."""

    measure: str
    status: str
    sentence: str
    threshold: str
    measured: Estimate | None = None
    not_measurable: NotMeasurable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bare:
    """A finding without its estimate."""

    pack: str
    pack_title: str
    clause: str
    citation: str
    asks: str
    address: str
    confirmed: str
    status: str
    sentence: str
    measure: str = ""
    threshold: str = ""
    ask_for: str = field(default="")


def write_results(
    path: Path, estimates: Mapping[str, Estimate | NotMeasurable], findings: tuple[Finding, ...]
) -> None:
    """Write results; the same results give the same bytes."""
    stored = _Stored(
        order=tuple(estimates),
        measured={name: one for name, one in estimates.items() if isinstance(one, Estimate)},
        not_measurable={name: one for name, one in estimates.items() if isinstance(one, NotMeasurable)},
        findings=tuple(_bare(one) for one in findings),
    )
    path.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")


def _bare(finding: Finding) -> _StoredFinding:
    values = {each.name: getattr(finding, each.name) for each in fields(_Bare)}
    bare = _Bare(**values | {"status": str(finding.status)})
    found = finding.estimate
    return _StoredFinding(
        bare,
        found if isinstance(found, Estimate) else None,
        found if isinstance(found, NotMeasurable) else None,
        tuple(_beside(one) for one in finding.also),
    )


def _beside(one: Evidence) -> _StoredEvidence:
    found = one.estimate
    return _StoredEvidence(
        measure=one.measure,
        status=str(one.status),
        sentence=one.sentence,
        threshold=one.threshold,
        measured=found if isinstance(found, Estimate) else None,
        not_measurable=found if isinstance(found, NotMeasurable) else None,
    )


def read_results(path: Path) -> tuple[dict[str, Estimate | NotMeasurable], tuple[Finding, ...]]:
    """Read results back.

    Raises:
        CaseError: The file is missing or damaged.
    """
    try:
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
        estimates: dict[str, Estimate | NotMeasurable] = {
            name: stored.measured[name] if name in stored.measured else stored.not_measurable[name]
            for name in stored.order
        }
        return estimates, tuple(_whole(one) for one in stored.findings)
    except (OSError, ValueError, KeyError, RecursionError) as error:
        raise CaseError(
            f"the results cannot be read ({type(error).__name__})",
            where=str(path),
            do="Run `answerable report` on the case to make them again.",
        ) from None


def _whole(stored: _StoredFinding) -> Finding:
    values = msgspec.to_builtins(stored.finding)
    return Finding(
        **values | {"status": Status(stored.finding.status)},
        estimate=stored.measured or stored.not_measurable,
        also=tuple(_evidence(one) for one in stored.also),
    )


def _evidence(stored: _StoredEvidence) -> Evidence:
    found = stored.measured or stored.not_measurable
    if found is None:
        raise ValueError("a number of a finding has neither an estimate nor a reason why there is none")
    return Evidence(
        measure=stored.measure,
        status=Status(stored.status),
        sentence=stored.sentence,
        estimate=found,
        threshold=stored.threshold,
    )
