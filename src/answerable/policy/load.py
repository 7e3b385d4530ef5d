"""Loads policy packs: YAML in, `Pack` out, or an error that names the file, the line and what would be right.

The measures that a check may name are handed in, so that this room knows no programme.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from answerable.errors import UsageError
from answerable.policy.checks import read_checks
from answerable.policy.marked import Marked, nearest, read
from answerable.policy.pack import Clause, Confirmed, Pack
from answerable.programmes.measure import Measure

__all__ = ["load_pack", "load_packs", "shipped_ids", "shipped_packs"]

_PACKS = Path(__file__).parent / "packs"
_SUFFIXES = (".yaml", ".yml")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MONTHLY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_DAILY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONFIRMED = [confirmed.value for confirmed in Confirmed if confirmed is not Confirmed.MIXED]


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
        optional=("address", "confirmed", "check", "checks", "needs_document", "note"),
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
    checks = read_checks(raw, measures)
    needs_document = raw["needs_document"].text("needs_document") if "needs_document" in raw else ""
    if not needs_document and not (checks and all(each.decides for each in checks)):
        reason = "a 'check' that cannot show both outcomes" if checks else "no 'check'"
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
        checks=checks,
        needs_document=needs_document.rstrip("."),
        note=raw["note"].text("note") if "note" in raw else "",
    )


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
