"""Reads the checks of a clause: which measure, compared with what, and which outcomes the number can establish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from answerable.estimate import Status
from answerable.policy.marked import FORMAT, Marked, nearest
from answerable.policy.pack import Check, Comparator, Shows
from answerable.programmes.measure import Measure

__all__ = ["read_checks"]

_COMPARATORS = [comparator.value for comparator in Comparator]
_SHOWS: dict[str, Shows] = {"met": Status.MET, "breached": Status.BREACHED}
# What no share can fail, and what none can pass: a threshold there is a slip of the pen.
_ALWAYS = {(Comparator.AT_MOST, 1), (Comparator.AT_LEAST, 0)}
_NEVER = {(Comparator.LESS_THAN, 0), (Comparator.MORE_THAN, 1)}


def read_checks(raw: Mapping[str, Marked], measures: Mapping[str, Measure]) -> tuple[Check, ...]:
    """Read a clause's one check, or its list of them; none where it has neither.

    Args:
        raw: The clause's keys, of which ``check`` and ``checks`` are read.
        measures: The measures that a check may name, by name.

    Raises:
        PackError: A check is not as docs/policy-format.md describes.
    """
    if "checks" not in raw:
        return (_check(raw["check"], measures),) if "check" in raw else ()
    if "check" in raw:
        raise raw["checks"].wrong(
            "the clause has both 'check' and 'checks'",
            expected="one of the two",
            do="Write every check as an entry under checks:.",
        )
    found: dict[tuple[str, tuple[tuple[str, float], ...]], Check] = {}
    for item in raw["checks"].items("checks"):
        check = _check(item, measures)
        if found.setdefault((check.measure, tuple(sorted(check.parameters.items()))), check) is not check:
            raise item.wrong(
                f"checks names {check.measure!r} twice with the same parameters",
                expected="each number once: its first entry says all that it can show",
            )
    if not found:
        raise raw["checks"].wrong("checks has no entries", expected="at least one entry under checks:")
    return tuple(found.values())


def _check(item: Marked, measures: Mapping[str, Measure]) -> Check:
    raw = item.mapping(
        "a check",
        required=("measure",),
        optional=("comparator", "threshold", "parameters", "of", "minimum_n", "can_show", "because"),
    )
    name = raw["measure"].text("measure")
    if name not in measures:
        raise raw["measure"].wrong(
            f"no measure is called {name!r}",
            expected=nearest(name, measures),
            do="`answerable measures` lists them.",
        )
    measure = measures[name]
    of = cast(
        "Literal['value', 'numerator']",
        raw["of"].choice("of", ("value", "numerator")) if "of" in raw else "value",
    )
    if of == "numerator" and measure.kind == "quantity":
        raise raw["of"].wrong(f"{name} is a quantity, which has no numerator", expected="of: value")
    can_show = _can_show(raw["can_show"]) if "can_show" in raw else tuple(_SHOWS.values())
    comparator = _comparator(item, raw, can_show)
    if len(can_show) < len(_SHOWS) and "because" not in raw:
        raise raw["can_show"].wrong(
            "'can_show' leaves an outcome out, and no 'because' says why",
            expected="because: a sentence for the reader of the finding",
            do="Say what the number cannot establish.",
        )
    if len(can_show) == len(_SHOWS) and "because" in raw:
        raise raw["because"].wrong(
            "'because' explains an outcome that 'can_show' does not leave out",
            expected="can_show: [], or no because",
        )
    return Check(
        measure=name,
        parameters=_parameters(raw.get("parameters"), measure),
        comparator=comparator,
        threshold=_threshold(raw["threshold"], measure, of, comparator) if comparator else None,
        of=of,
        minimum_n=_minimum(raw["minimum_n"]) if "minimum_n" in raw else 1,
        can_show=can_show,
        because=raw["because"].text("because") if "because" in raw else "",
    )


def _comparator(item: Marked, raw: Mapping[str, Marked], can_show: tuple[Shows, ...]) -> Comparator | None:
    """Read the comparator; None where nothing is compared, which only a check that can show nothing may do."""
    if not can_show and "comparator" not in raw and "threshold" not in raw:
        for key in ("of", "minimum_n"):
            if key in raw:
                raise raw[key].wrong(
                    f"{key!r} stands in a check that compares nothing",
                    expected="a comparator and a threshold beside it, or neither",
                )
        return None
    for key in ("comparator", "threshold"):
        if key not in raw:
            raise item.wrong(
                f"a check has no {key!r}",
                expected=f"{key}: followed by a value",
                do=f"Add it. Only a check with can_show: [] may leave both out. {FORMAT}",
            )
    return Comparator(raw["comparator"].choice("comparator", _COMPARATORS))


def _can_show(item: Marked) -> tuple[Shows, ...]:
    words = [entry.choice("can_show", _SHOWS) for entry in item.items("can_show")]
    if len(set(words)) < len(words):
        raise item.wrong("can_show names an outcome twice", expected="each of met and breached once at most")
    return tuple(status for word, status in _SHOWS.items() if word in words)


def _parameters(item: Marked | None, measure: Measure) -> dict[str, float]:
    given: dict[str, float] = {}
    for key, (at, value) in (item.free_mapping("parameters") if item else {}).items():
        if key not in measure.parameters:
            expected = (
                nearest(key, measure.parameters) if measure.parameters else "no parameters: it takes none"
            )
            raise at.wrong(f"{measure.name} has no parameter {key!r}", expected=expected)
        number = value.number(key)
        try:
            given[key] = measure.parameters[key].check(number)
        except ValueError as error:
            raise value.wrong(f"{key} is {number:g}", expected=str(error)) from None
    return given


def _threshold(item: Marked, measure: Measure, of: str, comparator: Comparator) -> float:
    """Read a threshold; refuse one outside what the measure can give, or that decides nothing."""
    number = item.number("threshold")
    if measure.kind == "quantity":
        return number
    share = measure.kind == "share" and of == "value"
    if share and not 0 <= number <= 1:
        raise item.wrong(
            f"the threshold of a share is {number:g}", expected="a number from 0 to 1: 5 % is 0.05"
        )
    if not share and (number < 0 or not float(number).is_integer()):
        raise item.wrong(f"the threshold of a count is {number:g}", expected="a whole number, 0 or more")
    if (comparator, number) in _ALWAYS and (share or number == 0):
        raise item.wrong(
            f"'{comparator.words} {number:g}' holds of any {measure.unit}",
            expected="a threshold that can fail",
        )
    if (comparator, number) in _NEVER and (share or number == 0):
        raise item.wrong(
            f"'{comparator.words} {number:g}' holds of no {measure.unit}",
            expected="a threshold that can pass",
        )
    return number


def _minimum(item: Marked) -> int:
    number = item.number("minimum_n")
    if number < 1 or not float(number).is_integer():
        raise item.wrong(f"minimum_n is {number:g}", expected="a whole number, 1 or more")
    return int(number)
