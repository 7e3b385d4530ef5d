"""Models of one-to-many search: how often a search of a gallery returns a wrong candidate, from rates of single comparisons.

Each is a model, and says so: it carries its assumptions as sentences. A measured rate, from searches of the gallery
itself, is worth more than any of them. None applies to a system that sets scores in proportion to the other scores
of a search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

__all__ = ["Modelled", "beta_probes", "composition", "implied_fmr", "independence", "probes"]

Numbers = NDArray[np.float64]

ONE_BY_ONE = (
    "Each candidate's score depends on the probe and the candidate alone, not on the rest of the gallery."
)
SAME_THRESHOLD = "The false match rate was measured at the threshold of the search, on comparisons like those of the search."
ALIKE = (
    "Every probe has the same false match rate. Where probes differ, as poor pictures do from good ones, fewer "
    "searches than this return a wrong candidate, and some of them return many."
)
UNRELATED = (
    "Given the probe, candidates match or not independently of each other. Where one person has several pictures in "
    "the gallery, or relatives, fewer searches than this return a wrong candidate."
)
MIXED = (
    "The candidates are people drawn as in the comparisons that the rate was measured on. Where more of them are of "
    "the probe's own sex, age group and region of birth, more searches than this return a wrong candidate."
)
SAMPLE = "The probes given stand for those that will be searched, and the rate of each is known."
BETA = "The false match rate varies over probes as a beta distribution with the stated mean and standard deviation."
GROUPS = "All probes of a group have the same false match rate against all candidates of a group."

_DIRECT = 1_000  # terms of a sum that are added one by one; the rest is smooth enough to be integrated
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Modelled:
    """A number that a model gives, not one that was measured.

    Attributes:
        what: What it is.
        value: The number, or an array of them.
        model: The model's name, with its source.
        assumptions: What has to hold, one sentence each, with the direction in which a failure moves the number
            where that is known.
        independence: What the model of independence gives for the same mean rate, where another was used.
    """

    what: str
    value: Numbers
    model: str
    assumptions: tuple[str, ...]
    independence: Numbers | None = None

    def __str__(self) -> str:
        shown = np.array2string(np.asarray(self.value), precision=3)
        return f"{self.what}: {shown} by a model ({self.model}), not measured. {' '.join(self.assumptions)}"


FPIR = "FPIR, the share of searches of people who are not in the gallery that return a candidate at or above the threshold"


def independence(fmr: ArrayLike, gallery: ArrayLike) -> Modelled:
    """Model the share of non-mated searches with a candidate as 1 - (1 - FMR)^N.

    It is computed without losing the digits of small rates. For N x FMR far below 1 it is N x FMR.

    Args:
        fmr: The false match rate of single comparisons, from 0 to 1; any shape.
        gallery: The number of candidates N, at least 0; of a shape that fits.

    Raises:
        ValueError: A rate is not from 0 to 1, or a number of candidates is negative.

    Source: P. Grother & P. J. Phillips, Models of large population recognition performance, Proc. IEEE CVPR 2 (2004) 68-75.
    """
    return Modelled(
        what=FPIR,
        value=_some(_rates(fmr), _sizes(gallery)),
        model="independence, 1 - (1 - FMR)^N (Grother & Phillips 2004)",
        assumptions=(ONE_BY_ONE, SAME_THRESHOLD, ALIKE, UNRELATED, MIXED),
    )


def implied_fmr(fpir: ArrayLike, gallery: ArrayLike) -> Modelled:
    """Give the false match rate of single comparisons at which `independence` gives a stated FPIR: 1 - (1 - FPIR)^(1/N).

    Raises:
        ValueError: A rate is not from 0 to 1, or a gallery is empty.
    """
    sizes = _sizes(gallery)
    if (sizes == 0).any():
        raise ValueError("a search of an empty gallery implies no rate of single comparisons")
    return Modelled(
        what="FMR of single comparisons that a stated FPIR implies",
        value=_some(_rates(fpir), 1 / sizes),
        model="independence, 1 - (1 - FPIR)^(1/N) (Grother & Phillips 2004)",
        assumptions=(ONE_BY_ONE, ALIKE, UNRELATED),
    )


def probes(fmrs: ArrayLike, gallery: int, weights: ArrayLike | None = None) -> Modelled:
    """Model the share of non-mated searches with a candidate from the false match rate of each probe.

    It is the mean of 1 - (1 - FMR)^N over probes. By Jensen's inequality it is at most what `independence` gives for
    the mean rate, for 1 - (1 - f)^N bends downwards in f.

    Args:
        fmrs: The false match rate of each probe, in one dimension.
        gallery: The number of candidates.
        weights: How often each probe is searched, at least 0; alike where none are given.

    Raises:
        ValueError: There is no probe, a rate is not from 0 to 1, the gallery's size or a weight is negative, or the
            weights do not fit or add up to 0.

    Source: as in `independence`, for each probe by itself.
    """
    rates = _rates(fmrs)
    shares = np.ones_like(rates) if weights is None else np.asarray(weights, dtype=np.float64)
    if rates.ndim != 1 or not rates.size or shares.shape != rates.shape:
        raise ValueError(
            "the rates of probes are an array of one dimension, with one weight each where there are any"
        )
    if not (shares >= 0).all() or not 0 < shares.sum() < np.inf:
        raise ValueError("weights are finite and at least 0, and one is more than 0")
    shares = shares / shares.sum()
    size = _sizes(gallery)
    return Modelled(
        what=FPIR,
        value=np.asarray(shares @ _some(rates, size)),
        model="differing probes, the mean of 1 - (1 - FMR)^N over those given",
        assumptions=(ONE_BY_ONE, SAME_THRESHOLD, SAMPLE, UNRELATED, MIXED),
        independence=_some(np.asarray(shares @ rates), size),
    )


def beta_probes(mean: float, deviation: float, gallery: int) -> Modelled:
    """Model the share of non-mated searches with a candidate where the probes' false match rates follow a beta distribution.

    With parameters a and b it is 1 - B(a, b + N)/B(a, b), computed as a sum of logarithms of 1 - a/(a + b + j) for j
    below N: its first thousand terms are added and the rest is integrated, so that the digits of small rates are kept.

    Args:
        mean: The mean rate, more than 0 and less than 1.
        deviation: The standard deviation of the rate over probes, more than 0 and less than sqrt(mean (1 - mean)).
        gallery: The number of candidates, a whole number.

    Raises:
        TypeError: The number of candidates is not whole.
        ValueError: The mean, the deviation or the gallery's size is out of range.

    Source: J. G. Skellam, A probability distribution derived from the binomial distribution by regarding the
    probability of success as variable between the sets of trials, J. R. Stat. Soc. B 10 (1948) 257-261.
    """
    if not 0 < mean < 1 or not 0 < deviation**2 < mean * (1 - mean):
        raise ValueError(
            "the mean of the rates lies between 0 and 1, and their standard deviation between 0 and sqrt(mean (1 - "
            f"mean)); they are {mean} and {deviation}"
        )
    size = _sizes(gallery)
    if int(size) != size:
        raise TypeError("a gallery holds a whole number of candidates")
    both = mean * (1 - mean) / deviation**2 - 1
    return Modelled(
        what=FPIR,
        value=np.asarray(-np.expm1(_log_none(mean * both, both, int(size)))),
        model="differing probes, beta distribution (Skellam 1948)",
        assumptions=(ONE_BY_ONE, SAME_THRESHOLD, BETA, UNRELATED, MIXED),
        independence=_some(np.asarray(mean), size),
    )


def _log_none(a: float, both: float, number: int) -> float:
    """Add log(1 - a/(both + j)) for j from 0 to number - 1: the logarithm of the probability that no candidate matches."""
    first = min(number, _DIRECT)
    total = float(np.log1p(-a / (both + np.arange(first))).sum())
    if number == first:
        return total
    # Euler and Maclaurin's formula at the middles of the steps, with its first correction, over the logarithm of the term.
    start, end = both + first - 0.5, both + number - 0.5
    low, high = np.log(start), np.log(end)
    at = (high + low) / 2 + (high - low) / 2 * _NODES
    body = (high - low) / 2 * (_WEIGHTS @ (np.log1p(-a * np.exp(-at)) * np.exp(at)))

    def slope(term: float) -> float:
        return a / (term * (term - a))

    return float(total + body - (slope(end) - slope(start)) / 24)


def composition(fmrs: ArrayLike, sizes: ArrayLike) -> Modelled:
    """Model the share of non-mated searches with a candidate, by the probe's group, from who is in the gallery.

    It is 1 - prod (1 - FMR_gh)^N_h over the groups h of candidates. Where people of one sex, age group and region of
    birth match each other more often than others, a gallery of people like the probe returns wrong candidates more
    often than a mixed one of its size.

    Args:
        fmrs: The false match rate of probes of group g against candidates of group h: an array of groups of probes x
            groups of candidates, or of one dimension for one group of probes.
        sizes: How many candidates of each group the gallery holds.

    Returns:
        One number for each group of probes; with it, as ``independence``, what the rate averaged over this gallery
        gives. That is never more, and for small rates nearly the same: what moves the number is who is in the gallery.

    Raises:
        ValueError: A rate is not from 0 to 1, a size is negative, the shapes do not fit, or the gallery is empty.

    Source: as in `independence`, for each group by itself.
    """
    rates, counts = _rates(fmrs), _sizes(sizes)
    if counts.ndim != 1 or rates.ndim not in {1, 2} or rates.shape[-1] != counts.size:
        raise ValueError(
            "there is a rate for each group of the gallery, in the last dimension, and a number of candidates for each"
        )
    number = counts.sum()
    if not number:
        raise ValueError("the gallery is empty")
    return Modelled(
        what=f"{FPIR}, by the probe's group",
        value=np.asarray(-np.expm1(special.xlog1py(counts, -rates).sum(axis=-1))),
        model="composition of the gallery, 1 - prod (1 - FMR_gh)^N_h",
        assumptions=(ONE_BY_ONE, SAME_THRESHOLD, GROUPS, UNRELATED),
        independence=_some(rates @ counts / number, number),
    )


def _some(rates: Numbers, sizes: Numbers) -> Numbers:
    # xlog1py gives 0 for an empty gallery, also at a rate of 1.
    return cast(Numbers, -np.expm1(special.xlog1py(sizes, -rates)))


def _rates(rates: ArrayLike) -> Numbers:
    given = np.asarray(rates, dtype=np.float64)
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("rates lie from 0 to 1")
    return given


def _sizes(sizes: ArrayLike) -> Numbers:
    given = np.asarray(sizes, dtype=np.float64)
    if not ((given >= 0) & (given < np.inf)).all():
        raise ValueError("numbers of candidates are finite and at least 0")
    return given
