"""Three lists or more: log-linear models, the choice among them, and the number missed that they give."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsIndex

from answerable.recapture.bound import chao
from answerable.recapture.results import (
    CLOSED_OF_MANY,
    LEAST_SHARED,
    MATCHED,
    SAME_SET_OF_MANY,
    NotEstimable,
    Recapture,
    holding,
    level_checked,
    shifted,
)
from answerable.recapture.selection import Model, bounded, candidates
from answerable.recapture.tables import Table, table
from answerable.wording import count, plural

__all__ = ["LogLinear", "Model", "log_linear"]

MOST_LISTS = 6
"""With more, most combinations of lists hold no record."""

LEAST_FIT = 0.01
"""The probability of a deviance as large as the model's, below which it does not fit."""

NEAR = 2.0
"""Units of AICc: models that lie within so many of the best describe the table about as well (K. P. Burnham & D. R.
Anderson, Model Selection and Multimodel Inference, 2nd ed. 2002, section 2.6)."""

METHOD = "log-linear model of {lists} lists, chosen of {tried} by AICc (Fienberg 1972; Bishop, Fienberg & Holland 1975)"
METHOD_OF_INTERVAL = (
    "profile likelihood (Cormack 1992), spanning the {near} within 2 units of AICc of the best"
)

PAIRS_ONLY = (
    "Lists may depend on each other in pairs, not in threes, which for the records that no list holds cannot be tested. "
    "Where three lists depend on each other, the estimate may be too low or too high; where the same records are the "
    "likelier ones on all lists, it is too low."
)

APART = "Ask for a further list of the same period that was made without the others."


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLinear(Recapture):
    """A `Recapture` from log-linear models, with the models that it might as well have been made from.

    Attributes:
        chosen: The model of the estimate.
        near: The models within 2 units of AICc of it that fit, best first; the chosen one is the first.
        tried: How many models were tried, those that do not fit or have no estimates included.
        bound: Chao's lower bound from the same lists, or why there is none.
    """

    chosen: Model
    near: tuple[Model, ...]
    tried: int
    bound: Recapture | NotEstimable

    @property
    def range(self) -> tuple[float, float]:
        """The least and the greatest total that the models near the best give."""
        totals = [self.seen + model.missed for model in self.near]
        return min(totals), max(totals)


def log_linear(
    histories: Mapping[str, SupportsIndex], names: Sequence[str] = (), level: float = 0.95
) -> LogLinear | NotEstimable:
    """Estimate how many records none of three to six lists shows, where the lists may depend on each other in pairs.

    A Poisson log-linear model has a constant, a term for each list and one for each pair of lists that depend on
    each other. It is fitted to the 2^t - 1 combinations of lists that can be seen; the exponential of its constant is the
    number missed. Up to four lists every set of pairs is tried; with more, pairs are added or dropped one at a time from
    independence on, as long as AICc falls. Left out are models whose estimates do not exist (a zero in the table
    would send one to infinity) and models that do not fit (the deviance's probability is under 0.01). Three lists with
    all their pairs leave no degree of freedom: that model fits whatever there is, and alone supports no estimate.

    The estimate is that of the model with the least AICc. The interval spans the profile-likelihood intervals of all models
    within 2 units of it: the choice is in doubt too. Chosen by measured coverage (docs/method/recapture.md): the
    chosen model's own interval covers as little as 81 % in place of 95 %, and under BIC 62 %, where the lists are small and
    depend on each other.

    Args:
        histories: How many records have each history: a text of one 1 or 0 for each list, such as ``101``.
        names: The lists' names, for the sentences; ``list 1`` and so on where none are given.
        level: The nominal coverage.

    Returns:
        The estimate with its models, or a refusal: fewer than three lists or more than six, an empty list, a
        list that holds every record or shares none, fewer than 7 records on two lists or more, fewer records than
        a model has terms, no model that is shown to fit, or one near the best that sets no upper limit. Where Chao's lower
        bound still stands, the refusal carries it.

    Raises:
        TypeError: A count is not a whole number.
        ValueError: As in `tables.table`, or the level is not in 0 to 1.

    Sources: S. E. Fienberg, The multiple recapture census for closed populations and incomplete 2^k contingency tables,
    Biometrika 59 (1972) 591-603; Y. M. M. Bishop, S. E. Fienberg & P. W. Holland, Discrete Multivariate Analysis
    (1975), chapter 6; R. M. Cormack, Log-linear models for capture-recapture, Biometrics 45 (1989) 395-413; the interval as
    in `fitting.profile`, the existence of estimates as in `fitting.exists`.
    """
    level_checked(level)
    lists = table(histories, names)
    refused = _refusal(lists)
    if refused:
        return refused
    bound = chao(lists.frequencies, lists.alone, level)
    standing = bound if isinstance(bound, Recapture) else None
    tried = candidates(lists)
    known = [model for model in tried.values() if model is not None]
    if not known:
        return NotEstimable(
            reason=f"{count(lists.seen)} records are too few for {len(lists.names)} lists.",
            ask_for="Ask for lists of a longer period, or put lists of the same origin together.",
            bound=standing,
        )
    if all(model.fit is None or model.fit < LEAST_FIT for model in known):
        return NotEstimable(
            reason=f"Of {plural(len(known), 'model')} none is shown to fit: the lists depend on each other in more than "
            "single pairs, or the records are not all alike.",
            ask_for="Ask for a field by which the records can be divided into kinds that are alike, and estimate each kind.",
            bound=standing,
        )
    fitting = sorted((model for model in known if _fits(model)), key=lambda model: model.aicc)
    near = tuple(bounded(model, lists, level) for model in fitting if model.aicc <= fitting[0].aicc + NEAR)
    ends = [model.interval for model in near if model.interval is not None]
    lowest, highest = min(one.low for one in ends), max(one.high for one in ends)
    if math.isinf(highest):
        return NotEstimable(
            reason="A model that describes the lists about as well as any sets no upper limit to the number missed.",
            ask_for="Ask for lists of a longer period, or for a further list that was made without the others.",
            bound=standing,
        )
    chosen = near[0]
    around = holding(
        chosen.missed, lowest, highest, level, METHOD_OF_INTERVAL.format(near=plural(len(near), "model"))
    )
    return LogLinear(
        total=lists.seen + chosen.missed,
        total_interval=shifted(around, lists.seen),
        seen=lists.seen,
        missed=chosen.missed,
        missed_interval=around,
        method=METHOD.format(lists=len(lists.names), tried=plural(len(tried), "model")),
        assumptions=(CLOSED_OF_MANY, SAME_SET_OF_MANY, PAIRS_ONLY, MATCHED),
        notes=tuple(_notes(near, lists.seen)),
        chosen=chosen,
        near=near,
        tried=len(tried),
        bound=bound,
    )


def _refusal(lists: Table) -> NotEstimable | None:
    number, seen = len(lists.names), lists.seen
    if number < 3:  # noqa: PLR2004 - a dependence between lists takes a third to show
        return NotEstimable(
            reason=f"Log-linear models need three lists, and {number} were given.", ask_for=APART
        )
    if number > MOST_LISTS:
        return NotEstimable(
            reason=f"{number} lists were given; with more than {MOST_LISTS} most combinations hold no record.",
            ask_for="Put lists of the same origin together.",
        )
    for name, size, alone in zip(lists.names, lists.sizes, lists.alone, strict=True):
        refused = _list_refusal(name, size, alone, seen)
        if refused:
            return refused
    shared = seen - sum(lists.alone)
    if shared < LEAST_SHARED:
        return NotEstimable(
            reason=f"Of {count(seen)} records {shared} are on two lists or more; the estimate needs at least {LEAST_SHARED}.",
            ask_for="Ask for lists of a longer period, or with a field by which the same record can be found in several.",
        )
    return None


def _list_refusal(name: str, size: int, alone: int, seen: int) -> NotEstimable | None:
    if not size:
        return NotEstimable(reason=f"One of the lists holds no record: {name}.", ask_for=APART)
    if size == seen:
        return NotEstimable(
            reason=f"One list holds every record of the others: {name}. Nothing shows that it was made without them.",
            ask_for=APART,
        )
    if size == alone:
        return NotEstimable(
            reason=f"One list shares no record with another: {name}.",
            ask_for="Leave it out, or ask for a field by which its records can be found in the others.",
        )
    return None


def _fits(model: Model) -> bool:
    return model.fit is None or model.fit >= LEAST_FIT


def _notes(near: Sequence[Model], seen: int) -> Iterator[str]:
    chosen = near[0]
    yield (
        f"The chosen model is {chosen.name}."
        if not chosen.interactions
        else (f"The chosen model lets these pairs of lists depend on each other: {chosen.name}.")
    )
    if chosen.fit is None:
        yield "It has a term for every pair, so that its fit cannot be tested."
    if len(near) > 1:
        totals = [seen + model.missed for model in near]
        yield (
            f"{plural(len(near), 'model')} describe the lists about as well as the best; by them the total lies between "
            f"{count(min(totals))} and {count(max(totals))}."
        )
