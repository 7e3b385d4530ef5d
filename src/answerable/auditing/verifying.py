"""Verifying: a case's files held against its manifest, and its sources against their SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from answerable.auditing.origins import Origins
from answerable.case import STATE, CaseFolder, Difference
from answerable.errors import CaseError
from answerable.review import check_acts, check_reviews

__all__ = ["unseen_sources", "verify"]


def verify(case: Path, sources: Iterable[Path] = ()) -> list[Difference]:
    """Say every way in which a case and its sources differ from what its manifest says.

    Args:
        case: The case's folder. Whatever is wrong with it is said, as long as its manifest can be read.
        sources: Where the sources lie now, if not where they were read from.

    Raises:
        CaseError: There is no case, or its manifest cannot be read.
        InputError: There is nothing where the sources should lie now.
    """
    folder = CaseFolder(case)
    places = Origins(folder, sources)
    differences = [*folder.verify(), *check_reviews(folder), *check_acts(folder)]
    try:
        read = folder.open().sources
    except CaseError:
        return [*differences, Difference(STATE, "cannot be read, so no source was held against it")]
    found = ((source.name, places.differs(source)) for source in read)
    return [*differences, *(Difference(name, what) for name, what in found if what)]


def unseen_sources(case: Path, sources: Iterable[Path] = ()) -> int:
    """Count the sources that `verify` cannot hold against anything: a browser sent them, and nobody says where they lie now.

    Args:
        case: The case's folder.
        sources: As for `verify`.

    Raises:
        CaseError: There is no case, or it is damaged.
    """
    folder = CaseFolder(case)
    places = Origins(folder, sources)
    return sum(places.unseen(source) for source in folder.open().sources)
