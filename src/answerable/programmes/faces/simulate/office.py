"""A synthetic office: requests for face searches, two reviewers, leads and outcomes, with planted counts."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

__all__ = ["Office", "write_requests"]

_HEAD = (
    "request_id", "requested_at", "requester", "agency", "training date", "supervisor", "offense", "case_number", "probe_source",
    "edited", "candidates", "candidates reviewed", "reviewer_1", "decision_1", "decided_at_1", "reviewer_2", "decision_2",
    "lead issued", "corroboration", "sole_basis", "outcome", "sex", "race", "denied", "denial_reason",
)  # fmt: skip  # a list of words
_START = dt.datetime(2025, 1, 6, 8, tzinfo=dt.UTC)
_OFFENCES = ("Burglary", "Robbery", "Retail theft", "Assault", "Fraud")
_AGENCIES = ("Redmarsh CA PD", "Alder County CA SO")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What an office does.

    Attributes:
        requests: How many requests.
        denied: The share that is denied.
        untrained: The share of requests whose requester was trained only afterwards.
        alone: The share of searches that one person reviewed.
        possible: The share of searches on which the first reviewer sees a possible match.
        agreed: The share of second reviews that say what the first said.
        corroborated: The share of leads with other evidence.
        wrong: The share of the outcomes that name anybody which name a wrong person.
        seed: The same seed gives the same bytes.
    """

    requests: int = 500
    denied: float = 0.08
    untrained: float = 0.1
    alone: float = 0.25
    possible: float = 0.4
    agreed: float = 0.9
    corroborated: float = 0.7
    wrong: float = 0.06
    seed: int = 0


def write_requests(office: Office, path: Path) -> Mapping[str, tuple[int, int]]:
    """Write a log of requests as CSV, in the layout ``requests``, and give what was planted by the measures' names."""
    chance = np.random.default_rng(office.seed)
    found = dict.fromkeys(
        (
            "denied",
            "trained_before",
            "two_reviewers",
            "reviewers_agreed",
            "leads",
            "corroborated",
            "wrong_person",
        ),
        (0, 0),
    )

    def count(name: str, counts: bool) -> bool:
        over, under = found[name]
        found[name] = (over + counts, under + 1)
        return counts

    def drawn(share: float) -> bool:
        return bool(chance.random() < share)

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        for number in range(office.requests):
            at = _START + dt.timedelta(hours=3 * number, seconds=int(chance.integers(0, 3_600)))
            trained = at + dt.timedelta(
                days=int(chance.integers(1, 200)) * (1 if drawn(office.untrained) else -1)
            )
            count("trained_before", trained <= at)
            requester, supervisor = (
                f"Officer {int(chance.integers(1, 30)):02d}",
                f"Sergeant {int(chance.integers(1, 5)):02d}",
            )
            agency, offence = (str(chance.choice(words)) for words in (_AGENCIES, _OFFENCES))
            sex, race = (str(chance.choice(words)) for words in (("F", "M"), ("A", "B", "C")))
            start = (
                f"R{number:05d}",
                _time(at),
                requester,
                agency,
                _time(trained),
                supervisor,
                offence,
                f"26-{number:06d}",
                "CCTV",
                "no",
            )
            if count("denied", drawn(office.denied)):
                writer.writerow((*start, *[""] * 11, sex, race, "yes", "outside policy"))
                continue
            candidates = int(chance.integers(1, 51))
            first = drawn(office.possible)
            decided = at + dt.timedelta(minutes=int(chance.integers(5, 600)))
            second: bool | None = None
            if count("two_reviewers", not drawn(office.alone)):
                second = first if drawn(office.agreed) else not first
                count("reviewers_agreed", first == second)
            lead = count("leads", first and second is not False)
            supported = lead and drawn(office.corroborated)
            if lead:
                count("corroborated", supported)
            outcome = "no match"
            if lead:
                wrong = count("wrong_person", drawn(office.wrong))
                outcome = "wrong person arrested" if wrong else "arrest made"
            writer.writerow(
                (
                    *start, candidates, int(chance.integers(0, candidates + 1)), "Examiner 01", _match(first), _time(decided),
                    "Examiner 02" if second is not None else "", _match(second), _yes(lead), _yes(supported) if lead else "",
                    _yes(lead and not supported) if lead else "", outcome, sex, race, "no", "",
                )
            )  # fmt: skip  # a table: what stands in one line belongs together
    return {f"requests.{name}": counts for name, counts in found.items()}


def _time(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def _match(answer: bool | None) -> str:
    return "" if answer is None else "possible match" if answer else "no match"
