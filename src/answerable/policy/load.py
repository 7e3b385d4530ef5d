"""Loads policy packs: YAML in, `Pack` out, or an error that names the file, the line and what would be right.

The measures that a check may name are handed in, so that this room knows no programme.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, cast

from answerable.errors import UsageError
from answerable.estimate import Status
from answerable.policy.marked import Marked, nearest, read
from answerable.policy.pack import Check, Clause, Comparator, Confirmed, Pack, Shows
from answerable.programmes.measure import Measure

__all__ = ["load_pack", "load_packs", "shipped_ids", "shipped_packs"]

_PACKS = Path(__file__).parent / "packs"
_SUFFIXES = (".yaml", ".yml")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MONTHLY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_DAILY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMPARATORS = [comparator.value for comparator in Comparator]
_CONFIRMED = [confirmed.value for confirmed in Confirmed if confirmed is not Confirmed.MIXED]
_SHOWS: dict[str, Shows] = {"met": Status.MET, "breached": Status.BREACHED}
# What no share can fail, and what none can pass: a threshold there is a slip of the pen.
_ALWAYS = {(Comparator.AT_MOST, 1), (Comparator.AT_LEAST, 0)}
_NEVER = {(Comparator.LESS_THAN, 0), (Comparator.MORE_THAN, 1)}


def shipped_ids() -> tuple[str, ...]:
    """Give the ids of the packs that come with Answerable, in alphabetical order."""
    return tuple(sorted(path.stem for path in _PACKS.glob("*.yaml")))


def shipped_packs(measures: Mapping[str, Measure]) -> tuple[Pack, ...]:
    """Load every pack that comes with Answerable, in the order of `shipped_ids`."""
    return tuple(load_pack(name, measures) for name in shipped_ids())


def load_packs(names: Iterable[str | Path], measures: Mapping[str, Measure]) -> tuple[Pack, ...]:
    """Load the packs asked for, each once, in the order asked for.

    Raises:
        PackError: As `load_pack`.
        UsageError: As `load_pack`; or two different files carry the same id.
    """
    packs: dict[str, Pack] = {}
    for name in names:
        pack = load_pack(name, measures)
        if packs.setdefault(pack.id, pack).sha256 != pack.sha256:
            raise UsageError(
                f"two different packs have the id {pack.id!r}",
                where=str(name),
                expected="one pack for each id",
                do="Change the 'id:' in one of them, so that the findings of each can be told apart.",
            )
    return tuple(packs.values())


def load_pack(path_or_id: str | Path, measures: Mapping[str, Measure]) -> Pack:
    """Load one pack: a shipped one by its id, or a file by its path (``.yaml`` or ``.yml``).

    Args:
        path_or_id: ``us-ca``, or a path. A `Path`, a name with a folder in it, or one that ends in
            ``.yaml`` or ``.yml`` is a path.
        measures: The measures that a check may name, by name.

    Raises:
        PackError: The file is not a valid pack. The message names the file, the line, what was found, what
            was expected and what to do.
        UsageError: No shipped pack has that id.
    """
    name = str(path_or_id)
    if isinstance(path_or_id, Path) or name.endswith(_SUFFIXES) or os.sep in name or "/" in name:
        root, sha256 = read(Path(path_or_id))
    elif name in shipped_ids():
        root, sha256 = read(_PACKS / f"{name}.yaml")
    else:
        raise UsageError(
            f"no policy pack is called {name!r}",
            expected=nearest(name, shipped_ids()),
            do="`answerable policies` lists the packs; a pack of your own is named by its path, ending in .yaml.",
        )
    return _pack(root, sha256, measures)


def _pack(root: Marked, sha256: str, measures: Mapping[str, Measure]) -> Pack:
    raw = root.mapping(
        "the pack",
        required=("id", "title", "jurisdiction", "as_of", "confirmed", "summary", "clauses"),
        optional=("in_force_from", "address"),
    )
    confirmed = Confirmed(raw["confirmed"].choice("confirmed", [*_CONFIRMED, Confirmed.MIXED.value]))
    address = _address(raw.get("address"))
    clauses: dict[str, Clause] = {}
    for item in raw["clauses"].items("clauses"):
        clause = _clause(item, confirmed, address, measures)
        if clause.id in clauses:
            raise item.wrong(
                f"two clauses have the id {clause.id!r}",
                expected="an id that no other clause of the pack has",
                do="Change one of them: findings are told apart by it.",
            )
        clauses[clause.id] = clause
    if not clauses:
        raise raw["clauses"].wrong("the pack has no clauses", expected="at least one entry under clauses:")
    _agree(raw["confirmed"], confirmed, clauses.values())
    return Pack(
        id=_id(raw["id"]),
        title=raw["title"].text("title"),
        jurisdiction=raw["jurisdiction"].text("jurisdiction"),
        in_force_from=_date(raw["in_force_from"], "in_force_from", _DAILY) if "in_force_from" in raw else "",
        address=address,
        as_of=_date(raw["as_of"], "as_of", _MONTHLY),
        confirmed=confirmed,
        summary=raw["summary"].text("summary"),
        clauses=tuple(clauses.values()),
        sha256=sha256,
    )


def _agree(at: Marked, confirmed: Confirmed, clauses: Iterable[Clause]) -> None:
    """Hold the pack's own word to its clauses': a reader of the list sees only the former."""
    found = {clause.confirmed for clause in clauses}
    right = Confirmed.MIXED if len(found) > 1 else next(iter(found))
    if right is not confirmed:
        words = ", ".join(sorted(found))
        raise at.wrong(
            f"the pack is {confirmed.value!r} and its clauses are {words}",
            expected=f"confirmed: {right.value}",
        )


def _clause(item: Marked, pack_confirmed: Confirmed, address: str, measures: Mapping[str, Measure]) -> Clause:
    raw = item.mapping(
        "a clause",
        required=("id", "citation", "asks"),
        optional=("address", "confirmed", "check", "needs_document", "note"),
    )
    name = _id(raw["id"])
    if "confirmed" in raw:
        confirmed = Confirmed(raw["confirmed"].choice("confirmed", _CONFIRMED))
    elif pack_confirmed is Confirmed.MIXED:
        raise item.wrong(
            f"clause {name!r} has no 'confirmed', and the pack is mixed",
            expected=f"confirmed: {nearest('', _CONFIRMED)}",
            do="Say for each clause how it was confirmed.",
        )
    else:
        confirmed = pack_confirmed
    check = _check(raw["check"], measures) if "check" in raw else None
    needs_document = raw["needs_document"].text("needs_document") if "needs_document" in raw else ""
    if not needs_document and (check is None or len(check.can_show) < len(_SHOWS)):
        reason = "no 'check'" if check is None else "a 'check' that cannot show both outcomes"
        raise item.wrong(
            f"clause {name!r} has {reason}, and no 'needs_document'",
            expected="needs_document: the document or file that would show it",
            do="Name it, so that a reader knows what to ask for; or add a check.",
        )
    return Clause(
        id=name,
        citation=raw["citation"].text("citation"),
        asks=raw["asks"].text("asks").rstrip("."),
        address=_address(raw["address"]) if "address" in raw else address,
        confirmed=confirmed,
        check=check,
        needs_document=needs_document.rstrip("."),
        note=raw["note"].text("note") if "note" in raw else "",
    )


def _check(item: Marked, measures: Mapping[str, Measure]) -> Check:
    raw = item.mapping(
        "a check",
        required=("measure", "comparator", "threshold"),
        optional=("parameters", "of", "minimum_n", "can_show", "because"),
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
    comparator = Comparator(raw["comparator"].choice("comparator", _COMPARATORS))
    can_show = _can_show(raw["can_show"]) if "can_show" in raw else tuple(_SHOWS.values())
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
        threshold=_threshold(raw["threshold"], measure, of, comparator),
        of=of,
        minimum_n=_minimum(raw["minimum_n"]) if "minimum_n" in raw else 1,
        can_show=can_show,
        because=raw["because"].text("because") if "because" in raw else "",
    )


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


def _id(item: Marked) -> str:
    text = item.text("id")
    if not _ID.fullmatch(text):
        raise item.wrong(
            f"the id is {text!r}", expected="small letters, digits and single hyphens: us-ca, case-number"
        )
    return text


def _date(item: Marked, name: str, form: re.Pattern[str]) -> str:
    text = item.text(name)
    if not form.fullmatch(text) or not _is_day(f"{text}-01-01"[:10]):
        forms = "YYYY-MM-DD" if form is _DAILY else "YYYY, YYYY-MM or YYYY-MM-DD"
        raise item.wrong(f"{name} is {text!r}", expected=f"a date written {forms}")
    return text


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _address(item: Marked | None) -> str:
    """Read a web address. Nothing but http and https, since the report makes a link of it."""
    if item is None:
        return ""
    text = item.text("address")
    if not re.fullmatch(r"https?://[^\s<>\"'\\]+", text):
        raise item.wrong(
            f"the address is {text!r}", expected="an address that begins with https:// or http://"
        )
    return text
