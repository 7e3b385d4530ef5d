"""Files of comparisons with a planted truth, for the tests of intervals that know who was compared."""

import numpy as np
from scipy import optimize, special

from answerable.biometrics import count_pairs

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(60)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def centre(rate, width):
    """Find the logit about which normal logits of this width have a mean rate."""
    return optimize.brentq(lambda at: WEIGHTS @ special.expit(at + width * NODES) - rate, -40, 40)


def draw(generator, files, people, rate, *, width=1.0, each=10, mated=False):
    """Draw files of comparisons of people who differ, each file a cell of its own with people of its own."""
    if mated:
        first = second = np.arange(people)
    else:
        first, second = np.triu_indices(people, 1)
    middle = centre(rate, width * (1 if mated else np.sqrt(2)))
    effect = width * generator.standard_normal((files, people))
    logits = middle + effect[:, first] + (0 if mated else effect[:, second])
    errors = generator.binomial(each, special.expit(logits))
    start = people * np.arange(files)[:, None]
    return count_pairs(
        (first + start).ravel(),
        (second + start).ravel(),
        np.full(errors.size, each),
        errors.ravel(),
        cell=np.repeat(np.arange(files), len(first)),
    )


def groups(generator, sizes, rates, *, width=1.0, each=10, across=False):
    """Draw groups with these rates among people who differ; a cell for each group, or all in one cell where ``across``."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    middles = np.array([centre(rate, width * np.sqrt(2)) for rate in rates])
    effect = width * generator.standard_normal(len(group))
    first, second = np.triu_indices(len(group), 1)
    if not across:
        same = group[first] == group[second]
        first, second = first[same], second[same]
    logits = (middles[group[first]] + middles[group[second]]) / 2 + effect[first] + effect[second]
    errors = generator.binomial(each, special.expit(logits))
    cell = None if across else group[first]
    return count_pairs(first, second, np.full(len(first), each), errors, cell=cell), group


def error_of(share, draws):
    """The Monte Carlo error of a share."""
    return np.sqrt(max(share * (1 - share), 1 / draws) / draws)
