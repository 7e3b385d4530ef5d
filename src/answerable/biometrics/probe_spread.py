"""How unevenly false matches fall on probes: the standard deviation that the model `beta_probes` needs, from searches.

Two ways, of which the first predicts and the second describes. From one gallery: where probes differ, more searches than chance
gives return several candidates. From several galleries: where probes differ, the share of searches with a candidate grows more
slowly with the gallery than the model of independence gives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize

from answerable.biometrics.galleries import beta_probes, independence

__all__ = ["Spread", "from_counts", "from_growth", "from_moments"]

_LEAST = 1e-3  # of the squared mean: a lesser variance over probes is none
_SUMS = (1e-6, 1e9)  # of the beta distribution's two parameters, between which its spread is sought
_GROWN = "The standard deviation of the rate over probes is that at which the model meets the smallest and the largest gallery; it predicts neither."


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The false match rate of single comparisons over probes.

    Attributes:
        mean: Its mean.
        deviation: Its standard deviation; 0 where searches show none.
        how: What it was made of, as a sentence.
    """

    mean: float
    deviation: float
    how: str

    def fpir(self, gallery: float) -> float:
        """Give the share of non-mated searches with a candidate: by `beta_probes`, or by `independence` without a spread."""
        if not self.deviation:
            return float(independence(self.mean, gallery).value)
        return float(beta_probes(self.mean, self.deviation, int(gallery)).value)


def from_counts(counts: ArrayLike, gallery: int) -> Spread:
    """Estimate mean and spread from how many candidates each non-mated search of one gallery returned.

    Given a probe's rate f, the number of candidates c is binomial with N trials, so that E c = N E f and E c(c - 1) = N (N - 1) E f^2:
    the method of moments. Lists that were cut at a length give too small a spread.

    Args:
        counts: The number of candidates of each search, those of none among them; one dimension.
        gallery: The number of candidates N in the gallery, at least 2.

    Raises:
        ValueError: There is no search, or a count is not from 0 to N.

    Source: J. G. Skellam, J. R. Stat. Soc. B 10 (1948) 257-261, for the moments.
    """
    given = np.asarray(counts, dtype=np.float64)
    if given.ndim != 1 or not given.size or not ((given >= 0) & (given <= gallery)).all() or gallery < 2:  # noqa: PLR2004 - pairs of candidates
        raise ValueError("numbers of candidates lie from 0 to the gallery's size, which is at least 2")
    return from_moments(float(given.mean()), float((given * (given - 1)).mean()), gallery)


def from_moments(first: float, second: float, gallery: int) -> Spread:
    """Estimate mean and spread from the means of c and of c(c - 1), as `from_counts`; no spread where they show none."""
    mean, square = first / gallery, second / (gallery * (gallery - 1.0))
    variance = square - mean**2
    how = "The mean and the standard deviation of the rate over probes are those that the numbers of candidates in the smallest gallery give."
    if not _LEAST * mean**2 < variance < mean * (1 - mean):
        return Spread(mean=mean, deviation=0.0, how=how)
    return Spread(mean=mean, deviation=float(np.sqrt(variance)), how=how)


def from_growth(small: tuple[float, float], large: tuple[float, float]) -> Spread | None:
    """Find the spread at which `beta_probes` gives both of two observed shares; None where none does.

    Where the share grew at least as fast as the model of independence gives, no spread explains it.

    Args:
        small: The size of a gallery, and the share of non-mated searches of it with a candidate, between 0 and 1.
        large: The same of a larger one.
    """
    (size, share), (other, wanted) = small, large

    def fitted(log_both: float) -> Spread:
        """Give the mean at which the smaller gallery's share comes out, for the sum of the distribution's two parameters."""
        both = float(np.exp(log_both))

        def deviation(mean: float) -> float:
            return float(np.sqrt(mean * (1 - mean) / (1 + both)))

        def beyond(log_mean: float) -> float:
            mean = float(np.exp(log_mean))
            return float(beta_probes(mean, deviation(mean), int(size)).value) - share

        # The mean is at most the share, and at least that of the model of independence.
        low, high = np.log(-np.expm1(np.log1p(-share) / size)) - 1e-3, np.log(share) + 1e-9
        mean = float(np.exp(optimize.brentq(beyond, low, high, xtol=1e-13)))
        return Spread(mean=mean, deviation=deviation(mean), how=_GROWN)

    def too_much(log_both: float) -> float:
        return fitted(log_both).fpir(other) - wanted

    ends = np.log(_SUMS)
    try:
        return fitted(float(optimize.brentq(too_much, *ends, xtol=1e-10)))
    except ValueError:  # no spread in the range gives so little growth
        return None
