"""Which lists of words the reasons touch, and the reasons that many searches share."""

from __future__ import annotations

from answerable.programmes.measure import Measure, Parameter, Query, Share
from answerable.programmes.plates.lexicon import LEXICON
from answerable.programmes.plates.sql import query

__all__ = ["MEASURES"]

_VIEW = "marked_searches"
_SOURCE = f"Answerable's word lists, version {LEXICON.version}; the report states the file's SHA-256."
_CAVEATS = (
    "A word list finds words: what the search was for, it cannot say, and a search for the same purpose may use no word "
    "of the list.",
    "A reason may be in several lists.",
)


def _topic(name: str, title: str) -> Share:
    """Make the share of stated reasons that contain a word of one list."""
    return Share(
        name=f"searches.topic.{name}",
        title=f"Word list: {title}",
        definition=(
            f"Searches whose reason contains a word or phrase of the list “{title}”, among searches that state a reason."
        ),
        unit="share of searches",
        needs=("reason",),
        sentence=f"Of the searches that state a reason, {{figure}} contain a word of the list “{title}”.",
        rule="whole words, whatever their case, after the list's exceptions are taken out",
        source=_SOURCE,
        caveats=_CAVEATS,
        view=_VIEW,
        counts=f"topic_{name}",
        among="reason_state = 'present'",
    )


_NONE = Share(
    name="searches.topic.none",
    title="No word of any topic list",
    definition="Searches whose reason contains no word of any of the topic lists, among searches that state a reason.",
    unit="share of searches",
    needs=("reason",),
    sentence="Of the searches that state a reason, {figure} contain no word of any topic list.",
    rule="whole words, whatever their case, after the lists' exceptions are taken out",
    source=_SOURCE,
    caveats=("The lists do not hold every lawful purpose: no word of a list is no sign of none.",),
    view=_VIEW,
    counts="no_topic",
    among="reason_state = 'present'",
)

_SHARED = Query(
    name="searches.shared_reasons",
    title="Searches whose reason is shared and made of plain words",
    definition=(
        "Searches whose reason (in lower case, with single spaces) is shared by at least {least} searches and is made of "
        "plain words alone: no digit, and no word that is not on the list of plain words. Among "
        "searches that state a reason. The breakdown gives the thirty reasons most often stated; no other reason is ever "
        "printed."
    ),
    unit="share of searches",
    needs=("reason",),
    sentence="Of the searches that state a reason, {figure} give one in plain words that at least {least} searches share.",
    rule="at least {least} searches; every word on a list of words that name nobody; no digit",
    source="Answerable's own rule for printing what users typed: a threshold, and a list of what may be printed.",
    parameters={"least": Parameter(10, "searches", "How many searches must share a reason.", 10, 1e9)},
    caveats=("A reason outside these is counted and not printed, though it may name nobody.",),
    sql=query("shared_reasons"),
)

MEASURES: tuple[Measure, ...] = (
    *(_topic(topic.id, topic.title) for topic in LEXICON.topics),
    _NONE,
    _SHARED,
)
"""The measures of topics, in the order of the report."""
