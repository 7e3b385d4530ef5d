"""The views that say which searches of two logs are the same search.

    log_searches -> log_count, log_list              how many logs there are, and what each shows
                 -> log_agencies, log_types          whole numbers for the organisations and types as they are written
                 -> log_rows                         one row per search of each log, in whole numbers
                 -> log_held, log_pairs              what each log shows, and each pair of them
                 -> log_same_ids, log_numbering      whether they number searches alike, and their clocks' shift by IDs
                 -> log_lags, log_clocks             their clocks' shift by the other fields
                 -> log_terms, log_sides, log_common the rule, the common period, the organisations that both name
                 -> log_ground, log_totals           the searches that both could hold
                 -> log_same                         pairs by ID, counted by what differs
                 -> log_told, log_open, log_loose    what is open to the rule, and what it leaves over
                 -> log_ties, log_alike              pairs by the rule, counted by what differs
                 -> log_hours, log_chance            the same an hour apart, and at clocks that cannot be right
                 -> log_counts, log_figures          each pair of logs in figures
                 -> log_verdicts                     pairs of searches by what differs within them
                 -> log_together ... log_histories   in which of several logs searches are found

Everything that a measure reads is counted once and kept. No pair of searches is held as such: what is kept are counts, and whole
numbers for what the rule leaves over. docs/method/completeness.md says how searches are told to be the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from answerable.engine.dialect import literal
from answerable.programmes.plates.sql import query
from answerable.programmes.programme import View

__all__ = ["COMPARED", "VIEWS", "WINDOW", "WRONG_CLOCKS", "Compared"]

WINDOW = 54_000
"""How far apart two clocks may be, in seconds: 15 hours, more than any two time zones of one country."""

_LOGS = 62  # at most: as many powers of two does a whole number of an engine hold
_WEEK = 604_800
_PRIMES = (61, 67, 71)  # so that no rhythm of full minutes, quarters or hours comes round with them
WRONG_CLOCKS: Mapping[str, tuple[int, ...]] = {
    "about a minute": tuple(sign * prime for prime in (*_PRIMES, 79, 83, 97) for sign in (1, -1)),
    "about an hour": tuple(sign * 60 * prime for prime in _PRIMES for sign in (1, -1)),
    "a week": tuple(sign * (_WEEK + 60 + prime) for prime in _PRIMES for sign in (1, -1)),
}
"""Clocks at which no pair can be true, in seconds, in three families: the first keeps the sessions in which users search, the
second the hour of the day by and large, the third the rhythm of the day and of the week."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field that is compared within a pair of searches.

    Attributes:
        column: The column of `log_ground` that holds it as a whole number: at least 0 a value, -1 blank, -2 withheld, -3 not
            exported, NULL a value that could not be read.
        label: How the report names the field.
        of_rule: True where the rule may read the field: it is then compared within pairs by ID alone.
    """

    column: str
    label: str
    of_rule: bool = False

    def verdict(self, *, by_rule: bool) -> str:
        """Write the SQL of the verdict: 0 cannot be compared, 1 agree, 2 withheld in one, 3 blank in one, 4 edited.

        A cell that is withheld in one log and blank in the other is no contradiction: the mark may stand over a blank.
        """
        one, other = f"one.{self.column}", f"other.{self.column}"
        if by_rule and self.of_rule:
            return f"CAST(0 AS TINYINT) AS {self.column}"
        return (
            f"CAST(CASE WHEN {one} >= 0 AND {other} >= 0 THEN CASE WHEN {one} = {other} THEN 1 ELSE 4 END "
            f"WHEN {one} IS NULL OR {other} IS NULL OR {one} = -3 OR {other} = -3 THEN 0 WHEN {one} = {other} THEN 1 "
            f"WHEN {one} < 0 AND {other} < 0 THEN 1 WHEN {one} = -2 OR {other} = -2 THEN 2 ELSE 3 END AS TINYINT)"
            f" AS {self.column}"
        )


COMPARED = (
    Compared("reason", "reason"),
    Compared("case_number", "case number"),
    Compared("plate", "plate"),
    Compared("account", "user"),
    Compared("networks", "networks searched", of_rule=True),
    Compared("devices", "devices searched"),
    Compared("frame", "time frame"),
    Compared("search_type", "search type", of_rule=True),
    Compared("moderation", "moderation"),
    Compared("agency", "organisation", of_rule=True),
)
"""What is compared within a pair, in the order of the report."""


def _coded(value: str, state: str, kind: str = "BIGINT") -> str:
    """Write a cell as one whole number: its value, or what it holds in place of one."""
    return (
        f"CAST(CASE {state}_state WHEN 'present' THEN {value} WHEN 'wildcard' THEN {value} WHEN 'blank' THEN -1 "
        f"WHEN 'withheld' THEN -2 ELSE -3 END AS {kind})"
    )


# Of a time frame that begins or ends farther from its search than 31 years, the end of that is taken.
_BEFORE = "least(greatest(seconds_between({}, searched_at), -1000000000), 1000000000) + 1000000000"
_CELLS = {
    "reason": _coded("fingerprint(replace(lower(reason), '+', ' '))", "reason"),
    "case_number": _coded("case_number", "case_number"),
    "plate": _coded("plate", "plate"),
    "user_name": _coded("user_name", "user_name"),
    "user_id": _coded("user_id", "user_id"),
    "networks": _coded("least(networks, 2000000000)", "networks", "INTEGER"),
    "devices": _coded("least(devices, 2000000000)", "devices", "INTEGER"),
    # Both ends by how long before the search they lie, so that a clock's shift makes no difference.
    "frame": _coded(
        f"({_BEFORE.format('frame_start')}) * 4000000000 + {_BEFORE.format('frame_end')}", "frame"
    ),
    "search_type": _coded("log_types.kind", "search_type", "SMALLINT"),
    "moderation": _coded("log_moderations.outcome", "moderation", "SMALLINT"),
    "agency": _coded("log_agencies.agency", "agency", "INTEGER"),
}


def _views() -> tuple[View, ...]:
    window = str(WINDOW)
    cells = ",\n  ".join(f"{sql} AS {name}" for name, sql in _CELLS.items())
    verdicts = ", ".join(field.column for field in COMPARED)
    by_id, by_rule = (
        ",\n    ".join(field.verdict(by_rule=each) for field in COMPARED) for each in (False, True)
    )
    offsets = ", ".join(
        f"({literal(family)}, {moved})" for family, clocks in WRONG_CLOCKS.items() for moved in clocks
    )
    none = ", ".join(f"CAST(0 AS TINYINT) AS {field.column}" for field in COMPARED)
    # A digit for each power of two that a whole number holds; no case has more logs.
    bits = (f"CASE WHEN (bits & {1 << place}) > 0 THEN '1' ELSE '0' END" for place in range(_LOGS))
    digits = f"concat({', '.join(bits)})"
    return (
        View("log_count", query("log_count"), kept=True),
        View("log_list", query("log_list"), kept=True),
        View("log_sources", query("log_sources"), kept=True),
        View("log_named", query("log_named"), kept=True),
        View("log_agencies", query("log_agencies"), kept=True),
        View("log_types", query("log_types"), kept=True),
        View("log_moderations", query("log_moderations"), kept=True),
        View("log_rows", query("log_rows", cells=cells)),
        View("log_held", query("log_held"), kept=True),
        View("log_pairs", query("log_pairs"), kept=True),
        View("log_same_ids", query("log_same_ids", window=window), kept=True),
        View("log_numbering", query("log_numbering", window=window), kept=True),
        View("log_lags", query("log_lags", window=window), kept=True),
        View("log_clocks", query("log_clocks", window=window), kept=True),
        View("log_terms", query("log_terms"), kept=True),
        View("log_sides", query("log_sides"), kept=True),
        View("log_common", query("log_common"), kept=True),
        View("log_ground", query("log_ground")),
        View("log_totals", query("log_totals"), kept=True),
        View("log_same", query("log_same", verdicts=verdicts, compared=by_id), kept=True),
        View("log_told", query("log_told"), kept=True),
        View("log_open", query("log_open")),
        View("log_loose", query("log_loose"), kept=True),
        View("log_ties", query("log_ties"), kept=True),
        View("log_alike", query("log_alike", verdicts=verdicts, compared=by_rule), kept=True),
        View("log_hours", query("log_hours"), kept=True),
        View("log_chance", query("log_chance", offsets=offsets), kept=True),
        View("log_counts", query("log_counts"), kept=True),
        View("log_figures", query("log_figures"), kept=True),
        View("log_verdicts", query("log_verdicts", verdicts=verdicts, none=none)),
        View("log_together", query("log_together"), kept=True),
        View("log_all", query("log_all"), kept=True),
        View("log_members", query("log_members"), kept=True),
        View("log_everywhere", query("log_everywhere"), kept=True),
        View("log_seen", query("log_seen")),
        View("log_found", query("log_found"), kept=True),
        View("log_histories", query("log_histories", digits=digits), kept=True),
    )


VIEWS = _views()
"""The views, in the order in which they are made."""
