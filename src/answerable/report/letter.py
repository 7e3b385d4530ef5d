"""What the report says before any number is examined: the answer, the records it rests on, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from answerable import wording
from answerable.estimate import Estimate, Evidence, Finding, NotMeasurable, Status
from answerable.months import day
from answerable.report.contents import Contents

__all__ = [
    "CONFIRMED",
    "Account",
    "Answer",
    "Gap",
    "absent",
    "account",
    "answer",
    "beside",
    "gaps",
    "records_word",
]

_ORDER = (Status.BREACHED, Status.NOT_SHOWN, Status.MET, Status.NOT_APPLICABLE)
_CLOCKS = {
    "utc": "in UTC",
    "local": "in local time",
    "unknown": "times as written: no source states their zone",
}
CONFIRMED = {
    "official": "read in an official text",
    "codified-mirror": "read in a mirror of the code",
    "secondary": "secondary source: check before relying on this",
    "practice": "good practice, not law",
}
"""What a clause's ``confirmed`` means, in words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The first screen: one sentence, the paragraph that follows it, and the count of each status."""

    headline: str
    basis: str
    tally: tuple[tuple[Status, int], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the records could not show: what, why, and what to ask for.

    ``finding`` is set where a clause waits for it.
    """

    title: str
    reason: str
    ask_for: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every row of every source, added up."""

    rows_in: int
    kept: int
    duplicates: int
    quarantined: int

    @property
    def unaccounted(self) -> int:
        """Rows that are in none of the three; anything but 0 is a fault, and the report says so."""
        return self.rows_in - self.kept - self.duplicates - self.quarantined

    @property
    def sentence(self) -> str:
        """The account in words."""
        parts = (
            f"{wording.plural(self.rows_in, 'row')} in = {wording.count(self.kept)} kept + "
            f"{wording.plural(self.duplicates, 'duplicate')} + {wording.count(self.quarantined)} quarantined."
        )
        if self.unaccounted:
            return f"The account does not balance: {wording.plural(abs(self.unaccounted), 'row')} differ. {parts}"
        return f"Every row is accounted for: {parts}"


def answer(contents: Contents) -> Answer:
    """Write the first screen from the findings and the account."""
    tally = tuple((status, sum(each.status is status for each in contents.findings)) for status in _ORDER)
    return Answer(_headline(contents, dict(tally)), _basis(contents), tally if contents.findings else ())


def _headline(contents: Contents, tally: dict[Status, int]) -> str:
    total = sum(tally.values())
    if not total:
        measured = sum(isinstance(each, Estimate) for each in contents.estimates.values())
        asked = len(contents.estimates)
        return f"{wording.count(measured)} of {wording.plural(asked, 'measure')} could be taken from these records."
    said = {
        Status.BREACHED: ("is breached", "are breached"),
        Status.NOT_SHOWN: ("cannot be shown", "cannot be shown"),
        Status.MET: ("is met", "are met"),
        Status.NOT_APPLICABLE: ("does not apply", "do not apply"),
    }
    parts = [
        f"{wording.count(number)} {said[status][number != 1]}" for status, number in tally.items() if number
    ]
    return f"Of {wording.plural(total, 'clause')}, {wording.listing(parts)}."


def _basis(contents: Contents) -> str:
    total = account(contents)
    kept = f"{wording.count(total.kept)} {records_word(contents, total.kept)}"
    files = wording.plural(len(contents.sources), "source")
    sentence = f"This rests on {kept} from {files}"
    firsts = sorted(each.first for each in contents.sources if each.first)
    lasts = sorted(each.last for each in contents.sources if each.last)
    if firsts and lasts:
        clocks = sorted({each.clock for each in contents.sources if each.first})
        said = _CLOCKS.get(clocks[0], clocks[0]) if len(clocks) == 1 else "clocks differ by source"
        sentence += f", dated {day(firsts[0])} to {day(lasts[-1])} ({said})"
    set_aside = total.duplicates + total.quarantined
    sentence += ". "
    if set_aside:
        sentence += (
            f"{wording.plural(total.duplicates, 'duplicate')} and {wording.plural(total.quarantined, 'unreadable row')} "
            "were set aside and are accounted for below. "
        )
    missing = sum(isinstance(each, NotMeasurable) for each in contents.estimates.values())
    if contents.findings:
        packs = list(dict.fromkeys(each.pack_title for each in contents.findings))
        sentence += (
            f"The clauses come from {wording.plural(len(packs), 'policy pack')}: {wording.listing(packs)}. "
        )
    else:
        sentence += "No policy pack was consulted, so no clause is judged. "
    if missing:
        verb = "could not be taken"
        sentence += (
            f"{wording.count(missing)} of {wording.plural(len(contents.estimates), 'measure')} {verb}. "
        )
    return sentence.strip()


def records_word(contents: Contents, number: int) -> str:
    """Name the records: ``search`` or ``searches`` where one kind is known, else ``record`` or ``records``."""
    kinds = {each.kind for each in contents.sources}
    known = {kind.name: kind.plural for audited in contents.programmes for kind in audited.kinds}
    if len(kinds) == 1 and (kind := next(iter(kinds))) in known:
        return kind if number == 1 else known[kind]
    return "record" if number == 1 else "records"


def account(contents: Contents) -> Account:
    """Add up the sources."""
    sources = contents.sources
    return Account(
        rows_in=sum(each.rows_in for each in sources),
        kept=sum(each.kept for each in sources),
        duplicates=sum(each.duplicates for each in sources),
        quarantined=sum(each.quarantined for each in sources),
    )


def gaps(contents: Contents) -> tuple[Gap, ...]:
    """List what could not be shown: the clauses that wait for it, measures that no clause asks for, and absent records."""
    found = [_finding_gap(each) for each in contents.findings if each.status is Status.NOT_SHOWN]
    waited_for = {
        name
        for each in contents.findings
        if each.status is Status.NOT_SHOWN
        for name in (each.measure, *(one.measure for one in each.also))
    }
    missing: Iterable[NotMeasurable] = (
        each for each in contents.estimates.values() if isinstance(each, NotMeasurable)
    )
    found += [
        Gap(each.title, each.reason, each.ask_for) for each in missing if each.measure not in waited_for
    ]
    if contents.absent_kinds:
        ask_for = "Ask for these records where they are kept, and add the files to the case with another run of the audit."
        found.append(Gap("Records that are not in this case", absent(contents), ask_for))
    return tuple(found)


def absent(contents: Contents) -> str:
    """Name the record kinds that the case does not hold, and how many measures were not taken for want of each."""
    named = [f"{name} ({wording.plural(many, 'measure')} not taken)" for name, many in contents.absent_kinds]
    listed = wording.listing(named, most=len(named))
    return f"These records are not in this case: {listed}." if named else ""


def beside(finding: Finding) -> tuple[Evidence, ...]:
    """Give the other numbers that bear on a finding's clause, without those that there are none of."""
    return tuple(one for one in finding.also if isinstance(one.estimate, Estimate))


def _finding_gap(finding: Finding) -> Gap:
    reason, ask_for = finding.sentence, finding.ask_for
    if isinstance(finding.estimate, NotMeasurable):
        ask_for = ask_for or finding.estimate.ask_for
    return Gap(finding.asks, reason, ask_for, finding)
