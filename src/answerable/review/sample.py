"""A sample as it is kept: what it was drawn from and how, the form, who judges what, and its items.

The file holds no clock and nothing random: the same case, seed and request give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from answerable.errors import CaseError, UsageError
from answerable.intake.accounting import Source
from answerable.review.drawing import RULE, draw
from answerable.review.forms import Form
from answerable.review.frame import Frame
from answerable.review.stopping import sequential_plan

__all__ = ["Item", "Origin", "Request", "Sample", "Stratum", "make_sample", "read_sample"]

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for.

    Attributes:
        name: The review's name.
        seed: The seed.
        sizes: How many units are drawn of each stratum, in the frame's order.
        reviewers: Who judges: the names under which they work.
        twice: How many items two of them judge, each without seeing the other's answers.
        strata: What the records were parted by: a field, ``month`` or a measure's name.
        among: The measure that narrowed the frame.
        clusters: The field whose values were drawn in place of records.
        whole_above: Clusters of more records than this were all taken; 0: all were left to chance.
        tolerable: The greatest share that the plan lets pass; 0 where it only estimates.
        confidence: The confidence of every interval.
        looks: How many items are judged, all told, at each look of a sequential plan; empty for a plan of one size.
        question: The question that decides whether a sequential plan stops.
    """

    name: str
    seed: str
    sizes: tuple[int, ...]
    reviewers: tuple[str, ...]
    twice: int = 0
    strata: str = ""
    among: str = ""
    clusters: str = ""
    whole_above: int = 0
    tolerable: float = 0.0
    confidence: float = 0.95
    looks: tuple[int, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A stratum: its label, its records, its units (records or clusters), and how many of these were drawn."""

    label: str
    records: int
    units: int
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A source of the frame: its number in the case, its name, its SHA-256 and how many of its records the case keeps."""

    number: int
    name: str
    sha256: str
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record to judge.

    Attributes:
        number: Its number in the sample, from 1: an order that tells nothing of its stratum.
        source: The number of its source.
        place: Its position among that source's records in the case, from 0.
        stratum: The place of its stratum, from 0.
        ticket: The ticket by which it was drawn.
        cluster: The number of its cluster within the sample, from 1; 0 where records were drawn one by one.
        reviewers: Who judges it.
    """

    number: int
    source: int
    place: int
    stratum: int
    ticket: str
    cluster: int = 0
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample.

    Attributes:
        request: What was asked for.
        records: The plural of the record kind.
        rule: How it was drawn.
        by: What strata are made by, in words.
        clusters_are: What a cluster is, in words.
        strata: The strata.
        sources: The sources of the frame.
        form: The form.
        items: The items, by number.
        sha256: Of the file; empty until it is written or read.
    """

    request: Request
    records: str
    rule: str = RULE
    by: str = ""
    clusters_are: str = ""
    strata: tuple[Stratum, ...]
    sources: tuple[Origin, ...]
    form: Form
    items: tuple[Item, ...]
    sha256: str = field(default="")

    @property
    def population(self) -> int:
        """How many records the frame holds."""
        return sum(stratum.records for stratum in self.strata)

    @property
    def certain(self) -> Stratum | None:
        """The stratum of the large clusters, all of which were taken; None where there is none."""
        return self.strata[0] if self.request.clusters and len(self.strata) > 1 else None

    def item(self, number: int) -> Item:
        """Give an item by its number.

        Raises:
            UsageError: There is none.
        """
        if not 1 <= number <= len(self.items):
            raise UsageError(
                f"there is no item {number}", expected=f"1 to {len(self.items)}", do="Check the number."
            )
        return self.items[number - 1]

    def encoded(self) -> bytes:
        """Give the file's bytes."""
        data = msgspec.to_builtins(self)
        del data["sha256"]
        return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


def make_sample(frame: Frame, sources: Sequence[Source], form: Form, request: Request) -> Sample:
    """Draw a sample and give each item to those who judge it.

    Args:
        frame: What it is drawn from.
        sources: The case's sources.
        form: The form.
        request: What is asked for.

    Raises:
        UsageError: There is no reviewer, one is named twice, more items are to be judged twice than there are or by one reviewer alone,
            or as `draw`.
    """
    _check_reviewers(request)
    _check_looks(frame, form, request)
    hashes = {source.number: source.sha256 for source in sources}
    drawn = draw(frame, hashes, request.seed, request.sizes)
    if request.twice > len(drawn.places):
        raise UsageError(
            f"{request.twice} items are to be judged twice, and {len(drawn.places)} are drawn",
            expected="no more than are drawn",
            do="Give a smaller number with --twice.",
        )
    order = sorted(
        range(len(drawn.places)), key=lambda at: _shuffled(request.seed, frame, int(drawn.places[at]))
    )
    clusters: dict[int, int] = {}
    items = []
    for number, at in enumerate(order, 1):
        place = int(drawn.places[at])
        cluster = 0
        if frame.cluster is not None:
            cluster = clusters.setdefault(int(frame.cluster[place]), len(clusters) + 1)
        items.append(
            Item(
                number=number,
                source=int(frame.source[place]),
                place=int(frame.position[place]),
                stratum=int(frame.stratum[place]),
                ticket=drawn.tickets[at],
                cluster=cluster,
                reviewers=_judges(number, request),
            )
        )
    strata = tuple(
        Stratum(label=label, records=records, units=units, taken=taken)
        for label, records, units, taken in zip(
            frame.strata, frame.sizes, drawn.units, drawn.taken, strict=True
        )
    )
    used = set(frame.source.tolist())
    made = Sample(
        request=request,
        records=frame.kind.plural,
        by=frame.by,
        clusters_are=frame.clusters_are,
        strata=strata,
        sources=tuple(
            Origin(number=one.number, name=one.name, sha256=one.sha256, kept=one.kept)
            for one in sources
            if one.number in used
        ),
        form=form,
        items=tuple(items),
    )
    return replace(made, sha256=hashlib.sha256(made.encoded()).hexdigest())


def read_sample(path: Path) -> Sample:
    """Read a sample back.

    Raises:
        CaseError: The file is missing or damaged.
    """
    try:
        data = path.read_bytes()
        found: Mapping[str, object] = msgspec.json.decode(data)
        return msgspec.convert(dict(found) | {"sha256": hashlib.sha256(data).hexdigest()}, Sample)
    except (OSError, ValueError, RecursionError) as error:
        raise CaseError(
            f"the sample cannot be read ({type(error).__name__})",
            where=str(path),
            do="Restore the file from a copy, or draw again with the same seed and request under another name.",
        ) from None


def _shuffled(seed: str, frame: Frame, place: int) -> str:
    """Give what items are put in order by: nothing that a stratum could be told from."""
    text = f"order:{seed}:{frame.source[place]}:{frame.position[place]}"
    return hashlib.sha256(text.encode()).hexdigest()


def _judges(number: int, request: Request) -> tuple[str, ...]:
    """Give who judges an item: reviewers in turn, and of the first items the next one too."""
    count = len(request.reviewers)
    first = (number - 1) % count
    if number > request.twice:
        return (request.reviewers[first],)
    return request.reviewers[first], request.reviewers[(first + 1) % count]


def _check_reviewers(request: Request) -> None:
    names = request.reviewers
    if not names or len({name.casefold() for name in names}) < len(names) or not all(map(_fit, names)):
        raise UsageError(
            f"the reviewers are {', '.join(map(repr, names)) or 'nobody'}",
            expected=f"names of up to {_LONGEST_NAME} letters, digits, spaces, dots and hyphens, each once",
            do="Name who judges with --reviewer, once for each.",
        )
    if request.twice and len(names) == 1:
        raise UsageError(
            "items are to be judged twice, and there is one reviewer",
            expected="at least two reviewers",
            do="Name another with --reviewer, or leave out --twice.",
        )


def _check_looks(frame: Frame, form: Form, request: Request) -> None:
    """Refuse a sequential plan that is none: it needs records drawn one by one, a tolerable share and a question that decides."""
    if not request.looks:
        return
    form.question(request.question)
    if len(frame.strata) > 1 or frame.cluster is not None or not request.tolerable:
        raise UsageError(
            "a plan with several looks is for records drawn one by one from the whole log, against a tolerable share",
            expected="--tolerable, and neither --strata nor --clusters",
            do="Leave out --look, or those.",
        )
    sequential_plan(request.looks, request.tolerable, request.confidence, len(frame))


def _fit(name: str) -> bool:
    fits = all(one.isalnum() or one in " .-_" for one in name)
    return 1 <= len(name) <= _LONGEST_NAME and name == name.strip() and fits
