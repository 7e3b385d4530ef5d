"""Systems whose error rates are known exactly, to draw scores from."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from scipy import special, stats

from answerable.biometrics import tally


@dataclass(frozen=True)
class Normal:
    """Mated scores are normal about ``apart``, non-mated ones about 0, both with a standard deviation of 1."""

    apart: float

    def draw(self, generator, mated, non_mated):
        """Draw scores of both kinds."""
        return generator.normal(self.apart, 1, mated), generator.normal(0, 1, non_mated)

    def fmr(self, threshold):
        """The true false match rate."""
        return special.ndtr(-np.asarray(threshold))

    def fnmr(self, threshold):
        """The true false non-match rate."""
        return special.ndtr(np.asarray(threshold) - self.apart)

    @property
    def auc(self):
        """The true area under the ROC."""
        return float(special.ndtr(self.apart / np.sqrt(2)))

    @property
    def equal_error(self):
        """The true equal error rate, which lies at half of ``apart``."""
        return float(special.ndtr(-self.apart / 2))

    def log_ratios(self, scores):
        """The logarithms of the likelihood ratios of scores."""
        return self.apart * scores - self.apart**2 / 2


@dataclass(frozen=True)
class Whole:
    """Scores are whole numbers from 0 to 100, binomial with a greater chance for mated comparisons: many are tied."""

    mated: float = 0.7
    non_mated: float = 0.5

    def draw(self, generator, mated, non_mated):
        """Draw scores of both kinds."""
        return generator.binomial(100, self.mated, mated), generator.binomial(100, self.non_mated, non_mated)

    def fmr(self, threshold):
        """The true false match rate; a score that equals the threshold matches."""
        return stats.binom.sf(np.ceil(threshold) - 1, 100, self.non_mated)

    def fnmr(self, threshold):
        """The true false non-match rate."""
        return stats.binom.cdf(np.ceil(threshold) - 1, 100, self.mated)


def few_scores(least=1, most=25, values=8):
    """Draw a few scores of which many are tied."""
    return st.lists(st.integers(0, values).map(float), min_size=least, max_size=most)


# Scores of both kinds, the mated ones raised or not, so that good and poor systems come up.
PAIRS = st.tuples(few_scores(), few_scores(), st.integers(-2, 8)).map(
    lambda drawn: ([score + drawn[2] for score in drawn[0]], drawn[1])
)


def told(mated, non_mated, **how):
    """Count scores of which it is stated that higher means more alike."""
    return tally(mated, non_mated, polarity_stated=True, **how)
