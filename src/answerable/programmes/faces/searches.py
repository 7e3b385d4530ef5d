"""Searches of a gallery as arrays, and shares of them with intervals over the people searched for.

A search whose lines contradict each other is in no rate; how many there are is said beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.estimate import Part
from answerable.intervals import CLUSTERED, clustered
from answerable.programmes.faces.records import GROUPS
from answerable.programmes.measure import Columns, Computation, Refusal

__all__ = [
    "SAME_GALLERY",
    "Numbers",
    "Searches",
    "broken",
    "computed",
    "left_out",
    "none",
    "of_systems",
    "parted",
    "pooled",
    "searches",
    "share",
    "unjudged",
]

Numbers = NDArray[np.float64]

SAME_GALLERY = "The interval is for other searches of the same galleries: another gallery of the same size would give another number."
_LABELS = {"gallery": "gallery", "system": "system"} | GROUPS
_TWO = 2


@dataclass(frozen=True, slots=True)
class Searches:
    """Searches of one kind, as arrays of one length; a number that is not recorded is NaN, a text empty.

    Attributes:
        cluster: A number that searches with the same probe's subject have in common; a search without one stands for itself.
        size: The size of the gallery.
        threshold: The threshold that the list was made with; NaN where none is recorded.
        place: The mate's best place in the list; NaN where the list does not hold it.
        mate_score: The mate's score.
        top_score: The best score of any candidate; NaN where there is none.
        candidates: How many candidates the list holds.
        without_score: How many of them have no score.
        not_judged: Of how many it is not said whether they are the mate.
        labels: By name of a field, what is recorded of each search.
        returned: How many candidates are at the stated threshold or above; empty where the query does not count them.
    """

    cluster: NDArray[Any]
    size: Numbers
    threshold: Numbers
    place: Numbers
    mate_score: Numbers
    top_score: Numbers
    candidates: Numbers
    without_score: Numbers
    not_judged: Numbers
    labels: Mapping[str, NDArray[Any]]
    returned: Numbers

    def __len__(self) -> int:
        return len(self.cluster)

    def only(self, kept: NDArray[np.bool_]) -> Searches:
        """Give those of a mask."""
        return Searches(
            self.cluster[kept],
            self.size[kept],
            self.threshold[kept],
            self.place[kept],
            self.mate_score[kept],
            self.top_score[kept],
            self.candidates[kept],
            self.without_score[kept],
            self.not_judged[kept],
            {name: values[kept] for name, values in self.labels.items()},
            self.returned[kept] if len(self.returned) else self.returned,
        )

    @property
    def sizes(self) -> list[float]:
        """The sizes of galleries, ascending."""
        return [float(size) for size in np.unique(self.size[~np.isnan(self.size)])]


def searches(columns: Columns, *, mated: bool, contradicting: str = "contradicts") -> Searches:
    """Read the searches of one kind that do not contradict themselves.

    Args:
        columns: As the queries ``searches_1n`` and ``returned_1n`` give them.
        mated: Those whose mate is in the gallery, or those whose mate is not.
        contradicting: The column that says which are left out.
    """
    kept = _of_kind(columns, mated=mated) & ~_flags(columns, contradicting)

    def numbers(name: str) -> Numbers:
        return np.asarray(np.ma.filled(np.ma.asarray(columns[name], dtype=np.float64), np.nan)[kept])

    probe = np.ma.asarray(columns["probe"])
    itself = -1 - np.arange(len(kept))
    return Searches(
        np.where(np.ma.getmaskarray(probe), itself, np.ma.filled(probe, 0))[kept],
        numbers("gallery_size"),
        numbers("threshold"),
        numbers("mate_rank"),
        numbers("mate_score"),
        numbers("top_score"),
        numbers("candidates"),
        numbers("without_score"),
        numbers("not_judged"),
        {name: np.ma.filled(columns[name], "").astype(str)[kept] for name in _LABELS},
        numbers("returned") if "returned" in columns else np.empty(0),
    )


def _flags(columns: Columns, name: str) -> NDArray[np.bool_]:
    return np.asarray(np.ma.filled(columns[name], False), dtype=bool)


def _stated(columns: Columns) -> NDArray[np.bool_]:
    """Tell which searches say whether the person is in the gallery."""
    return np.asarray(~np.ma.getmaskarray(np.ma.asarray(columns["has_mate"])), dtype=bool)


def _of_kind(columns: Columns, *, mated: bool) -> NDArray[np.bool_]:
    """Tell which searches say that the person is in the gallery, or that they are not; one that says neither is of no kind."""
    said = _flags(columns, "has_mate")
    return _stated(columns) & (said if mated else ~said)


def left_out(columns: Columns) -> tuple[str, ...]:
    """Say how many searches are in no rate: because their lines contradict each other, or do not say whether the person is in the gallery."""
    stated = _stated(columns)
    out = int((_flags(columns, "contradicts") & stated).sum())
    said = _not_stated(columns)
    if not out:
        return said
    among = wording.plural(int(stated.sum()), "search", "searches")
    return (
        f"{wording.count(out)} of {among} contradict{'s itself and is' if out == 1 else ' themselves and are'} left out: "
        "`candidates.contradicting` says how.",
        *said,
    )


def _not_stated(columns: Columns) -> tuple[str, ...]:
    """Say how many searches do not say whether the person is in the gallery; it is not inferred from the list."""
    stated = _stated(columns)
    open_ = int((~stated).sum())
    if not open_:
        return ()
    among = wording.plural(len(stated), "search", "searches")
    return (
        f"{wording.count(open_)} of {among} {'does' if open_ == 1 else 'do'} not say whether the person is in the gallery, and "
        f"{'is' if open_ == 1 else 'are'} in neither rate.",
    )


def none(columns: Columns, *, mated: bool) -> Refusal:
    """Say that there is no search of one kind, or none that does not contradict itself."""
    in_gallery = f"{'' if mated else 'not '}in the gallery"
    if _of_kind(columns, mated=mated).any():
        return Refusal(
            reason=f"Every search of somebody who is {in_gallery} contradicts itself: `candidates.contradicting` says how.",
            ask_for="Ask how the lists were exported; if the scores are distances, say so in a layout file (negated).",
        )
    return Refusal(
        reason=" ".join((f"No search is said to be of somebody who is {in_gallery}.", *_not_stated(columns))),
        ask_for="Ask for each search whether its mate is in the gallery.",
    )


def of_systems(*found: Searches) -> Refusal | None:
    """Refuse searches by several systems: one threshold on the scores of two says nothing of either."""
    systems = {name for each in found for name in np.unique(each.labels["system"]).tolist()}
    if len(systems) < _TWO:
        return None
    named = len(systems - {""})
    stated = f"{named} systems" + (", and some by a system that is not stated" if "" in systems else "")
    return Refusal(
        reason=f"The searches are by {stated if named > 1 else 'a system that is stated, and some by one that is not'}: thresholds of two systems do not lie on one scale.",
        ask_for="Audit the searches by each system as a case of its own; rates by rank are broken down by system in `candidates.fnir`.",
    )


def share(label: str, counts: NDArray[np.bool_], cluster: NDArray[Any]) -> Part:
    """Give a share of searches with an interval over the people searched for.

    Args:
        label: What it is the share of.
        counts: Which searches count.
        cluster: Which searches belong together, by a number that they have in common.

    Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), section 6.3, for the variance; the bounds as in `clustered`.
    """
    named, member = np.unique(cluster, return_inverse=True)
    sizes = np.bincount(member)
    hits = np.bincount(member, weights=counts)
    total, found = len(counts), float(counts.sum())
    rate = found / total
    variance = None
    if len(named) > 1:
        residual = hits - rate * sizes
        variance = float(len(named) / (len(named) - 1) * (residual**2).sum() / total**2)
    return Part(label, rate, int(found), total, clustered(found, total, variance, len(named)))


def broken(found: Searches, counts: NDArray[np.bool_]) -> dict[str, tuple[Part, ...]]:
    """Break a share down by gallery size, by gallery and system, and by what is recorded of the people."""
    return parted(found, lambda label, kept: share(label, counts[kept], found.cluster[kept]))


def parted(found: Searches, make: Callable[[str, NDArray[np.bool_]], Part]) -> dict[str, tuple[Part, ...]]:
    """Make a part of each gallery size, gallery, system and group that is recorded.

    Args:
        found: The searches.
        make: Makes a part of its label and of the searches that belong to it.
    """
    parts = {"gallery size": tuple(make(f"{size:,.0f}", found.size == size) for size in found.sizes)}
    for name, values in found.labels.items():
        kinds = [kind for kind in np.unique(values).tolist() if kind]
        parts[_LABELS[name]] = tuple(make(kind, values == kind) for kind in kinds)
    return {label: each for label, each in parts.items() if each}


def computed(head: Part, breakdowns: Mapping[str, tuple[Part, ...]], *caveats: str) -> Computation:
    """Put a share together with its parts; the interval is over people, of the same galleries."""
    return Computation(
        value=head.value or 0.0,
        numerator=head.numerator,
        denominator=head.denominator,
        interval=head.interval,
        method=f"{CLUSTERED}; the clusters are the people searched for",
        breakdowns=breakdowns,
        caveats=(*caveats, SAME_GALLERY),
    )


def pooled(found: Searches) -> tuple[str, ...]:
    """Say that searches by several systems stand together, each with thresholds of its own."""
    systems = [name for name in np.unique(found.labels["system"]).tolist() if name]
    if len(systems) < 2:  # noqa: PLR2004 - several are two or more
        return ()
    return (
        f"The searches are by {len(systems)} systems, each with thresholds of its own: read the breakdown by system, not the whole.",
    )


def unjudged(found: Searches) -> tuple[str, ...]:
    """Say in how many searches a candidate may be the mate, though no line says so."""
    open_ = int((np.isnan(found.place) & (found.not_judged > 0)).sum())
    if not open_:
        return ()
    return (
        f"{wording.plural(open_, 'search', 'searches')} {'lists' if open_ == 1 else 'list'} no mate, and a candidate of whom it is not said: such a search counts as missed, and may not have been.",
    )
