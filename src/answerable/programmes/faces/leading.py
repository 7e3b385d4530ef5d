"""What leads are made of: rates of searches of a gallery of one size, as observed there or by a model from a smaller one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from answerable import wording
from answerable.biometrics import galleries
from answerable.estimate import Part
from answerable.programmes.faces.operating import is_cut, missed
from answerable.programmes.faces.searches import Numbers, Searches, share
from answerable.programmes.measure import Refusal

__all__ = ["FNIR", "FPIR", "INSTEAD", "Made", "Rates", "made_in", "of_gallery", "wrong_of_each"]

FPIR, FNIR, INSTEAD = "FPIR", "FNIR, rank 1", "missed mated searches that return somebody else"
"""The three rates that leads are made of."""

_UNSIZED = "No search states the size of its gallery: the rates are of whatever galleries these are."
_HELD = (
    "FNIR is taken as in the smaller gallery, for some candidates have no score. In a larger one more mates are outranked: then there are more wrong "
    "leads than this."
)
_OUTRANKED = (
    "A mate is outranked in the larger gallery as often as candidates of searches without a mate reach the mate's score. Where none of those "
    "searches does, none is outranked: with few searches that is too seldom."
)


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Searches that rates are made of, and the gallery that the rates are to be of.

    Attributes:
        others: Searches without a mate, of one size of gallery.
        mates: Searches with one, of the same.
        size: That size; None where none is recorded.
        gallery: The size that the rates are for: that size, or a larger one.
        said: What has to be said of the choice, one sentence each.
    """

    others: Searches
    mates: Searches
    size: float | None
    gallery: float | None
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """What leads are made of.

    Attributes:
        fpir: The share of searches without a mate that return somebody.
        fnir: The share of searches with one whose first candidate it is not.
        instead: The share of these that return somebody else; None where there are none.
        assumptions: What has to hold for a model that they come from; empty where they were observed.
    """

    fpir: float
    fnir: float
    instead: float | None
    assumptions: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The rates as numbers that have no counts of their own."""
        named = ((FPIR, self.fpir), (FNIR, self.fnir), (INSTEAD, self.instead))
        return tuple(Part(label, value, None, None) for label, value in named if value is not None)


def of_gallery(others: Searches, mates: Searches, stated: float) -> Made | Refusal:
    """Choose the searches that show what a gallery yields: those of its size, or else of the nearest smaller one.

    Args:
        others: Searches without a mate.
        mates: Searches with one.
        stated: The size of the gallery; 0 for the largest of which there are searches of both kinds.
    """
    sizes = sorted({*others.sizes, *mates.sizes})
    both = [size for size in sizes if size in others.sizes and size in mates.sizes]
    if not sizes and not stated:
        return Made(others, mates, None, None, (_UNSIZED, *_mixed(others, mates)))
    if not both:
        return Refusal(
            reason="No size of gallery is stated of searches of people who are in it and of searches of people who are not.",
            ask_for="Ask for the size of the gallery of each search, and for searches of both kinds of one gallery.",
        )
    gallery = stated or both[-1]
    reached = [size for size in both if size <= gallery]
    if not reached:
        return Refusal(
            reason=f"The stated gallery, of {gallery:,.0f}, is smaller than any that was searched for people of both kinds: the smallest is of {both[0]:,.0f}.",
            ask_for=f"State a gallery of {both[0]:,.0f} or more, or ask for searches of one of {gallery:,.0f}.",
        )
    size = reached[-1]
    kept = [each.only(each.size == size) for each in (others, mates)]
    return Made(
        kept[0],
        kept[1],
        size,
        gallery,
        (
            *_chosen(size, sizes, both, stated=bool(stated)),
            *_without_size(others, mates),
            *_mixed(*kept),
        ),
    )


def _chosen(size: float, sizes: list[float], both: list[float], *, stated: bool) -> tuple[str, ...]:
    """Say of which gallery the searches are, and which other sizes are not in the rates."""
    rest = [each for each in sizes if each != size]
    which = "" if stated else ", the largest that was searched for people of both kinds" if rest else ""
    said = f"The observed rates are of searches of a gallery of {size:,.0f}{which}"
    out = f"; those of {wording.listing([f'{each:,.0f}' for each in rest])} are not in them." if rest else "."
    alone = [f"{each:,.0f}" for each in sizes if each > size and each not in both]
    if not alone:
        return (said + out,)
    return (
        said + out,
        f"Of {wording.listing(alone)} there are no searches of both kinds: of people who are in the gallery, and of people who are not.",
    )


def _without_size(others: Searches, mates: Searches) -> tuple[str, ...]:
    out = sum(int(np.isnan(each.size).sum()) for each in (others, mates))
    if not out:
        return ()
    among = wording.plural(len(others) + len(mates), "search", "searches")
    return (
        f"{wording.count(out)} of {among} {'does' if out == 1 else 'do'} not state the size of the gallery, and {'is' if out == 1 else 'are'} left out.",
    )


def _mixed(others: Searches, mates: Searches) -> tuple[str, ...]:
    """Say where several thresholds or galleries stand together."""
    made_at = np.unique(np.concatenate([others.threshold, mates.threshold]))  # of several NaN one is kept
    named = {str(name) for each in (others, mates) for name in np.unique(each.labels["gallery"])} - {""}
    said = []
    if len(made_at) > 1:
        said.append(
            f"The lists were made with {len(made_at)} thresholds, of which the rates are taken together."
        )
    if len(named) > 1:
        said.append(f"The searches are of {len(named)} galleries, of which the rates are taken together.")
    return tuple(said)


def made_in(made: Made) -> tuple[Rates, tuple[Part, ...]] | Refusal:
    """Give the rates of leads in a gallery, and the observed rates that they are or come from, with their intervals.

    Where the gallery is larger than that of the searches, a search without a mate returns somebody by the model of independence; a mate stays the
    first candidate if none of the further ones reaches its score, which is the same model at that score; a search that returned nobody
    returns somebody among the further ones as one without a mate does.

    Source: P. Grother & P. J. Phillips, Models of large population recognition performance, Proc. IEEE CVPR 2 (2004) 68-75.
    """
    others, mates = made.others, made.mates
    gone, listed = missed(mates, 1), mates.candidates > 0
    false = share(FPIR, others.candidates > 0, others.cluster)
    lost = share(FNIR, gone, mates.cluster)
    instead = share(INSTEAD, listed[gone], mates.cluster[gone]) if gone.any() else None
    observed = (false, lost, *((instead,) if instead else ()))
    fpir = false.value or 0.0
    if made.size is None or made.gallery is None or made.gallery == made.size:
        return Rates(fpir, lost.value or 0.0, instead.value if instead else None), observed
    if not false.numerator:
        return Refusal(
            reason=f"In the gallery of {made.size:,.0f} no search of a person who is not in it returned anybody: that implies no rate to go on from.",
            ask_for=f"Ask for searches of a gallery of {made.gallery:,.0f}, for more of that of {made.size:,.0f}, or for some at a lower threshold.",
        )
    grown = galleries.independence(galleries.implied_fmr(fpir, made.size).value, made.gallery)
    further = made.gallery - made.size
    scored = not (others.without_score.any() or np.isnan(mates.mate_score[~gone]).any())
    stays = np.ones(int((~gone).sum()))
    if scored:
        reached = _reached(others, mates.mate_score[~gone])
        stays = 1 - galleries.independence(galleries.implied_fmr(reached, made.size).value, further).value
    nobody = 1 - float(galleries.independence(galleries.implied_fmr(fpir, made.size).value, further).value)
    fnir = 1 - float(stays.sum()) / len(mates)
    wrong = 1 - float(stays.sum() + (gone & ~listed).sum() * nobody) / len(mates)
    rates = Rates(
        float(grown.value),
        fnir,
        wrong / fnir if fnir > 0 else None,
        (
            f"The rates in a gallery of {made.gallery:,.0f} are not observed: they go on from the observed ones by the model of {grown.model}.",
            *grown.assumptions,
            _OUTRANKED if scored else _HELD,
        ),
    )
    return rates, observed


def _reached(others: Searches, scores: Numbers) -> Numbers:
    """Give the share of searches without a mate whose best candidate reaches each of some scores."""
    best = np.sort(others.top_score[~np.isnan(others.top_score)])
    return np.asarray((len(best) - np.searchsorted(best, scores)) / len(others), dtype=np.float64)


def wrong_of_each(made: Made) -> tuple[Part, Part] | None:
    """Give the mean number of wrong candidates of a search without a mate and of one with it; None where lists may be cut."""
    every = np.concatenate([made.others.candidates, made.mates.candidates])
    if is_cut(
        replace(made.others, candidates=every, returned=every)
    ):  # lists of both kinds are cut at one length
        return None
    wrong = made.mates.candidates - ~np.isnan(made.mates.place)
    return _mean("of somebody who is not in the gallery", made.others.candidates), _mean(
        "of somebody who is in the gallery", wrong
    )


def _mean(label: str, numbers: Numbers) -> Part:
    return Part(label, float(numbers.mean()), int(numbers.sum()), len(numbers))
