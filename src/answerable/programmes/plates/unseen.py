"""How many searches no log of a case shows, and what share of all searches each log holds: the statistics of two measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answerable import wording
from answerable.estimate import Interval, Part
from answerable.programmes.measure import Computation, Refusal
from answerable.programmes.plates.several_logs import NO_GROUND, Breakdowns
from answerable.recapture import LogLinear, NotEstimable, Recapture, chao, chapman, log_linear

__all__ = ["coverage", "unseen"]

_MODELS_FROM = 3  # logs: a dependence between two takes a third to show
_NOT_TOLD = Refusal(
    "One log names the organisations that searched and another does not, so that it cannot be told which searches both could hold.",
    "Ask for the column organisation in every log.",
)


@dataclass(frozen=True, slots=True)
class _Found:
    """How many searches are found in which logs.

    Attributes:
        names: The logs' labels.
        histories: How many searches have each history: a text of one 1 or 0 for each log.
        left_out: The labels of logs that have no search in common with the others.
    """

    names: tuple[str, ...]
    histories: Mapping[str, int]
    left_out: tuple[str, ...]

    @property
    def caveats(self) -> tuple[str, ...]:
        """Say which logs are left out."""
        if not self.left_out:
            return ()
        return (
            f"Organisations' own logs are left out, for they are of different organisations: {wording.listing(self.left_out)}.",
        )

    @property
    def seen(self) -> int:
        """How many different searches the logs show together."""
        return sum(self.histories.values())

    def size(self, place: int) -> int:
        """How many searches one log holds."""
        return sum(number for history, number in self.histories.items() if history[place] == "1")

    def parts(self) -> Iterator[Part]:
        """Say how many searches are found in which logs."""
        for history, number in sorted(self.histories.items(), reverse=True):
            within = [name for name, digit in zip(self.names, history, strict=True) if digit == "1"]
            label = f"{wording.listing(within)} alone" if len(within) == 1 else wording.listing(within)
            yield Part(label, number / self.seen, number, self.seen)


def _read(breakdowns: Breakdowns) -> _Found | Refusal:
    """Read the query's rows, or say why nothing can be estimated from them."""
    if any(part.value for part in breakdowns.get("organisation in one log", ())):
        return _NOT_TOLD
    names = tuple(part.label for part in breakdowns.get("log", ()))
    histories = {part.label: round(part.value or 0) for part in breakdowns.get("found in", ())}
    if not names or not sum(histories.values()):
        return NO_GROUND
    return _Found(names, histories, tuple(part.label for part in breakdowns.get("left out", ())))


def _bound(found: _Found) -> Recapture | NotEstimable:
    """Give Chao's lower bound."""
    logs = len(found.names)
    frequencies, alone = [0] * logs, [0] * logs
    for history, number in found.histories.items():
        frequencies[history.count("1") - 1] += number
        if history.count("1") == 1:
            alone[history.index("1")] += number
    return chao(frequencies, alone)


def _estimated(found: _Found) -> tuple[Recapture, tuple[str, ...]] | Refusal:
    """Estimate the total, with caveats; where models fail and the lower bound stands, it is the bound."""
    if len(found.names) < _MODELS_FROM:
        made: Recapture | NotEstimable = chapman(found.size(0), found.size(1), found.histories.get("11", 0))
    else:
        made = log_linear(found.histories, found.names)
    if isinstance(made, Recapture):
        return made, (*found.caveats, *made.assumptions, *made.notes)
    bound = _bound(found) if len(found.names) >= _MODELS_FROM else made
    if isinstance(bound, NotEstimable):
        return Refusal(made.reason, made.ask_for)
    why = f"The number is a lower bound, for no model of the logs can be relied on: {made.reason[:1].lower()}{made.reason[1:]}"
    return bound, (why, *found.caveats, *bound.assumptions, *bound.notes)


def _estimates(found: _Found, made: Recapture) -> Iterator[Part]:
    """Give the number missed by each way of estimating it."""
    if isinstance(made, LogLinear):
        for model in made.near:
            yield Part(f"log-linear model: {model.name}", model.missed, None, None, model.interval)
    if len(found.names) >= _MODELS_FROM:
        bound = _bound(found)
        if isinstance(bound, Recapture):
            yield Part("Chao's lower bound", bound.missed, None, None, bound.missed_interval)


def unseen(
    headline: Part | None, breakdowns: Breakdowns, parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Estimate how many searches no log shows; `answerable.programmes.measure.Finish` says what is given."""
    del headline, parameters
    found = _read(breakdowns)
    if isinstance(found, Refusal):
        return found
    estimated = _estimated(found)
    if isinstance(estimated, Refusal):
        return estimated
    made, caveats = estimated
    estimates = tuple(_estimates(found, made))
    return Computation(
        value=made.missed,
        denominator=found.seen,
        interval=made.missed_interval,
        method=made.method,
        breakdowns={"found in": tuple(found.parts())} | ({"estimate": estimates} if estimates else {}),
        caveats=caveats,
    )


def coverage(
    headline: Part | None, breakdowns: Breakdowns, parameters: Mapping[str, float]
) -> Computation | Refusal:
    """Give the share of all searches, as estimated, that the logs hold together, and that each holds."""
    del headline, parameters
    found = _read(breakdowns)
    if isinstance(found, Refusal):
        return found
    estimated = _estimated(found)
    if isinstance(estimated, Refusal):
        return estimated
    made, caveats = estimated
    sizes: Sequence[int] = [found.size(place) for place in range(len(found.names))]
    total = made.total_interval
    return Computation(
        value=made.completeness,
        numerator=found.seen,
        denominator=made.total,
        interval=made.completeness_interval,
        method=made.method,
        breakdowns={
            "log": tuple(
                Part(
                    name,
                    size / made.total,
                    size,
                    made.total,
                    Interval(size / total.high, size / total.low, total.level, total.method),
                )
                for name, size in zip(found.names, sizes, strict=True)
            )
        },
        caveats=caveats,
    )
