"""Models of what a volume of searches yields: how many wrong leads are to be expected, and how often a given lead is wrong.

A mated search is one of a person who is in the gallery. How many searches are mated is seldom known; these functions
show what follows from each share of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from answerable.biometrics.galleries import Modelled

__all__ = ["Leads", "leads", "wrong_candidates"]

Numbers = NDArray[np.float64]

ONE_LEAD = (
    "A search yields one lead at the most: its first candidate at or above the threshold, whoever reviews it. Where "
    "reviewers reject candidates, fewer wrong leads follow, and right ones are lost too."
)
PREVALENCE = "The stated share of the searches is of people who are in the gallery."
SAME_RATES = (
    "FPIR and FNIR were measured at this threshold and gallery, on searches like these; FNIR is that of the first "
    "rank."
)
AS_NON_MATED = (
    "A mated search whose mate is not its first candidate yields a wrong lead as often as a non-mated search does. "
    "Where a mate is outranked by somebody else it always does: then there are more wrong leads."
)
AS_STATED = (
    "A mated search whose mate is not its first candidate yields a wrong lead with the stated probability."
)
LINEAR = (
    "An expected number of candidates needs no independence: it adds up over candidates. How many searches they "
    "fall into does."
)
SAME_FMR = (
    "The false match rate was measured at the threshold of the search, and is the mean over the probes and "
    "candidates of these searches."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leads:
    """What searches yield, by a model.

    Attributes:
        wrong: The expected number of wrong leads.
        right: The expected number of right leads.
        model: The model's name.
        assumptions: What has to hold, one sentence each.
    """

    wrong: Numbers
    right: Numbers
    model: str
    assumptions: tuple[str, ...]

    @property
    def chance_wrong(self) -> Modelled:
        """The probability that a given lead is wrong: wrong leads among all.

        Raises:
            ValueError: No lead is expected at all.
        """
        every = self.wrong + self.right
        if (every == 0).any():
            raise ValueError("no lead is expected: there is none that could be wrong")
        return Modelled(
            what="Probability that a given lead is wrong",
            value=np.asarray(self.wrong / every),
            model=self.model,
            assumptions=self.assumptions,
        )


def leads(
    searches: ArrayLike,
    prevalence: ArrayLike,
    fpir: ArrayLike,
    fnir: ArrayLike,
    wrong_when_missed: ArrayLike | None = None,
) -> Leads:
    """Model how many leads of a volume of searches are wrong and how many right.

    Wrong: searches x ((1 - prevalence) x FPIR + prevalence x FNIR x w); right: searches x prevalence x (1 - FNIR). Without a
    threshold every search yields a lead: FPIR and w are 1.

    Args:
        searches: How many searches there are, at least 0; any shape.
        prevalence: The share of searches that are mated, from 0 to 1. An array shows what follows from each.
        fpir: The share of non-mated searches that return a candidate at or above the threshold, from 0 to 1.
        fnir: The share of mated searches whose mate is not the first candidate at or above the threshold, from 0 to 1.
        wrong_when_missed: The probability w that such a search returns somebody else; as ``fpir`` where none is given.

    Raises:
        ValueError: A share is not from 0 to 1, or a number of searches is negative.

    Source: Bayes's rule; for the rates ISO/IEC 19795-1, and P. Grother, M. Ngan & K. Hanaoka, Face Recognition
    Vendor Test part 2: Identification, NIST IR 8271 (2019).
    """
    volume = np.asarray(searches, dtype=np.float64)
    if not ((volume >= 0) & (volume < np.inf)).all():
        raise ValueError("a number of searches is finite and at least 0")
    share, false, missed = (
        _share(*given) for given in ((prevalence, "prevalence"), (fpir, "FPIR"), (fnir, "FNIR"))
    )
    instead = false if wrong_when_missed is None else _share(wrong_when_missed, "wrong_when_missed")
    return Leads(
        wrong=np.asarray(volume * ((1 - share) * false + share * missed * instead)),
        right=np.asarray(volume * share * (1 - missed)),
        model="one lead a search, Bayes's rule",
        assumptions=(
            ONE_LEAD,
            PREVALENCE,
            SAME_RATES,
            AS_NON_MATED if wrong_when_missed is None else AS_STATED,
        ),
    )


def wrong_candidates(
    searches: ArrayLike, prevalence: ArrayLike, fmr: ArrayLike, gallery: ArrayLike
) -> Modelled:
    """Model how many candidates of a volume of searches are of somebody else: searches x FMR x (N - prevalence).

    Every candidate at or above the threshold counts, several of one search too.

    Args:
        searches: How many searches there are, at least 0; any shape.
        prevalence: The share of searches whose mate is in the gallery, once, from 0 to 1.
        fmr: The false match rate of single comparisons, from 0 to 1.
        gallery: The number of candidates N, at least 1.

    Raises:
        ValueError: A share is not from 0 to 1, or a number is out of range.

    Source: the linearity of expectation.
    """
    volume, size = np.asarray(searches, dtype=np.float64), np.asarray(gallery, dtype=np.float64)
    if not ((volume >= 0) & (volume < np.inf)).all() or not ((size >= 1) & (size < np.inf)).all():
        raise ValueError(
            "a number of searches is finite and at least 0, and a gallery holds at least one candidate"
        )
    return Modelled(
        what="Expected number of wrong candidates at or above the threshold",
        value=np.asarray(volume * _share(fmr, "FMR") * (size - _share(prevalence, "prevalence"))),
        model="mean over comparisons, searches x FMR x (N - prevalence)",
        assumptions=(PREVALENCE, SAME_FMR, LINEAR),
    )


def _share(given: ArrayLike, what: str) -> Numbers:
    share = np.asarray(given, dtype=np.float64)
    if not ((share >= 0) & (share <= 1)).all():
        raise ValueError(f"{what} lies from 0 to 1")
    return share
