"""What is left in typed reasons that can point at somebody: counted, and never printed."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Share

__all__ = ["MEASURES"]

_VIEW = "marked_searches"
_SOURCE = "Answerable's own patterns, in the file of word lists; the report states its version and SHA-256."
_CAVEAT = "A pattern finds shapes: some that it finds point at nobody (a code, a street), and some that do it does not find."


def _trace(name: str, title: str, what: str, rule: str, counts: str) -> Share:
    """Make the share of stated reasons that hold one kind of trace."""
    return Share(
        name=f"searches.{name}",
        title=title,
        definition=f"Searches whose reason holds {what}, among searches that state a reason.",
        unit="share of searches",
        needs=("reason",),
        sentence=f"Of the searches that state a reason, {{figure}} hold {what}.",
        rule=rule,
        source=_SOURCE,
        neutral="0",
        caveats=(_CAVEAT, "What was found is not printed, and stays inside the case."),
        view=_VIEW,
        counts=counts,
        among="reason_state = 'present'",
    )


MEASURES: tuple[Measure, ...] = (
    _trace(
        "identifying_reason",
        "Searches whose reason holds something that looks identifying",
        "something that looks like a plate, a name or a telephone number",
        "any of the three patterns",
        "has_plate OR has_name OR has_phone",
    ),
    _trace(
        "plate_in_reason",
        "Searches whose reason holds something like a plate",
        "something that looks like a plate",
        "letters and digits together in the length and order of a plate, that are no statute, ordinal, time or case number",
        "has_plate",
    ),
    _trace(
        "name_in_reason",
        "Searches whose reason holds something like a name",
        "something that looks like a name",
        "a form of address before a capital, or two words with capitals in a row that are no plain words",
        "has_name",
    ),
    _trace(
        "phone_in_reason",
        "Searches whose reason holds something like a telephone number",
        "something that looks like a telephone number",
        "ten digits grouped as in North America, or in one run",
        "has_phone",
    ),
)
"""The measures of traces, in the order of the report."""
