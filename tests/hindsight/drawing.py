"""Events that come in clusters, for the tests of intervals of forecasts: days of two lists, drawn anew in many worlds."""

import numpy as np

AREAS, FLAGS, BEFORE = 60, 6, 60


def days(seed, worlds, weeks, *, skill, repeats=0.2, lag=4.0):
    """Draw daily differences of two lists, of shape (worlds, days); each event raises its area's rate for some days.

    With ``skill`` a list that follows recent events is set against fixed areas; without it two fixed lists of areas are alike.
    """
    generator = np.random.default_rng(seed)
    rates = np.repeat(np.random.default_rng(5).gamma(0.5, size=AREAS // 2), 2)
    rates = 3 * rates / rates.sum()
    best = np.argsort(-rates)[: 2 * FLAGS]
    mine, theirs = np.sort(best).reshape(-1, 2).T
    raised, recent = np.zeros((worlds, AREAS)), np.zeros((worlds, AREAS))
    stays = 1 - 1 / lag
    drawn = []
    for day in range(BEFORE + 7 * weeks):
        events = generator.poisson(rates * (1.5 if day % 7 > 4 else 1) + raised)
        if skill:
            score = recent + 1e-6 * generator.random(recent.shape)
            edge = np.partition(score, AREAS - FLAGS, axis=1)[:, AREAS - FLAGS, None]
            caught = np.where(score >= edge, events, 0).sum(axis=1)
        else:
            caught = events[:, mine].sum(axis=1)
        drawn.append(caught - events[:, theirs].sum(axis=1))
        raised = raised * stays + repeats * (1 - stays) * events
        recent = recent * 0.97 + events
    return np.array(drawn[BEFORE:], dtype=float).T


def error_of(share, draws):
    """The Monte Carlo error of a share."""
    return np.sqrt(max(share * (1 - share), 1 / draws) / draws)
