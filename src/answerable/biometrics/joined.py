"""Measures of the differences between groups that join FMR and FNMR: FDR, the inequity rate and GARBE.

Each rate divides by its own kind of comparison. One published code divides both kinds of errors by all comparisons, which
halves 1 - FDR where there are as many of the one kind as of the other.
"""

from __future__ import annotations

import numpy as np

from answerable.biometrics.differentials import Differential, GroupRates, differentials, gini

__all__ = ["fairness_discrepancy", "garbe", "inequity"]

FDR = "1 − [α A + (1 − α) B]; A, B: the largest differences of FMR and of FNMR between two groups (Pereira & Marcel 2022)"
IR = "(max/min FMR)^α (max/min FNMR)^(1 − α) (P. Grother, as in Howard et al. 2022)"
GARBE = "α G(FMR) + (1 − α) G(FNMR); G: n/(n − 1) times the Gini coefficient (Howard et al. 2022)"

_NO_G = (
    "No group has {what}: G of it is not defined, and the measure neither. Any G lies from 0 to 1; with 0 in its place the measure "
    "is {least:.4g}."
)


def _checked(fmr: GroupRates, fnmr: GroupRates, alpha: float) -> None:
    if len(fmr.errors) != len(fnmr.errors):
        raise ValueError("FMR and FNMR are of the same groups")
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha weighs FMR against FNMR, from 0 to 1; it is {alpha}")


def fairness_discrepancy(fmr: GroupRates, fnmr: GroupRates, alpha: float = 0.5) -> Differential:
    """Give the fairness discrepancy rate: 1 less the weighted largest differences of FMR and FNMR between groups.

    1 is no difference; it falls to 0. FMR is commonly far smaller than FNMR, so that its differences hardly move it.

    Args:
        fmr: False matches and non-mated comparisons of each group.
        fnmr: False non-matches and mated comparisons of the same groups.
        alpha: The weight of FMR, from 0 to 1.

    Returns:
        The measure; ``at_least`` is its value.

    Raises:
        ValueError: The groups differ in number, or alpha is not in 0 to 1.

    Source: T. de Freitas Pereira & S. Marcel, Fairness in biometrics: a figure of merit to assess biometric verification
    systems, IEEE Trans. Biom. Behav. Identity Sci. 4 (2022) 19-29.
    """
    _checked(fmr, fnmr, alpha)
    value = float(1 - alpha * np.ptp(fmr.rates) - (1 - alpha) * np.ptp(fnmr.rates))
    return Differential(f"FDR, α = {alpha:g}", FDR, value, value, 1.0)


def inequity(fmr: GroupRates, fnmr: GroupRates, alpha: float = 0.5) -> Differential:
    """Give the inequity rate: the product of max/min FMR and max/min FNMR, each to the power of its weight.

    1 is no difference. It is not defined where a group has no error of a kind that has weight; then it is bounded from below.

    Arguments and errors are as in `fairness_discrepancy`.

    Source: proposed by P. Grother; as given by J. J. Howard et al. (2022), see `garbe`.
    """
    _checked(fmr, fnmr, alpha)
    name = f"IR, α = {alpha:g}"
    parts = [
        (kind, differentials(groups)[0], weight)
        for kind, groups, weight in (("FMR", fmr, alpha), ("FNMR", fnmr, 1 - alpha))
        if weight
    ]
    least = float(np.prod([part.at_least**weight for _, part, weight in parts]))
    notes = [f"{kind}: {part.note}" for kind, part, _ in parts if part.value is None]
    if notes:
        return Differential(name, IR, None, least, 1.0, " ".join([*notes, f"IR is at least {least:.4g}."]))
    return Differential(name, IR, least, least, 1.0)


def garbe(fmr: GroupRates, fnmr: GroupRates, alpha: float = 0.5) -> Differential:
    """Give GARBE, the Gini aggregation rate for biometric equitability: the weighted Gini coefficients, each times n/(n - 1).

    0 is no difference; 1 where one group has all errors. With the factor n/(n - 1) it reaches 1 for any number of groups.

    Arguments and errors are as in `fairness_discrepancy`.

    Source: J. J. Howard, E. J. Laird, Y. B. Sirotin, R. E. Rubin, J. L. Tipton & A. R. Vemury, Evaluating proposed fairness models
    for face recognition algorithms, ICPR workshops (2022), arXiv 2203.05051.
    """
    _checked(fmr, fnmr, alpha)
    name, groups = f"GARBE, α = {alpha:g}", len(fmr.errors)
    value, missing = 0.0, []
    for what, found, weight in (("a false match", fmr, alpha), ("a false non-match", fnmr, 1 - alpha)):
        if weight and found.zero.all():
            missing.append(what)
        elif weight:
            value += weight * groups / (groups - 1) * gini(found.rates)
    if missing:
        note = _NO_G.format(what=" or ".join(missing), least=value)
        return Differential(name, GARBE, None, value, 0.0, note)
    return Differential(name, GARBE, value, value, 0.0)
