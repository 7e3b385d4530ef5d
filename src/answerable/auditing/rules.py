"""The policy packs of an audit: loaded by name, and a pack of the user's own kept in the case.

A shipped pack is known by its id. A pack of the user's own is a file that may be moved or edited after the audit, so its
bytes are copied into the case: the report can be made again from the case alone, by the rule that it was made by.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from answerable.auditing.known import all_measures
from answerable.case import POLICIES, Draft
from answerable.policy import Pack, load_packs, shipped_ids

__all__ = ["keep_packs"]


def keep_packs(draft: Draft, names: Iterable[str | Path]) -> tuple[tuple[Pack, ...], tuple[str, ...]]:
    """Load packs, and keep those of the user's own.

    Args:
        draft: The version of the case that they are kept in.
        names: Ids of shipped packs, paths, or the names under which the case has kept packs before.

    Returns:
        The packs, each once, and the names by which the case knows them.

    Raises:
        PackError: A file is not a valid pack.
        UsageError: There is no such pack, or two different packs have one id.
    """
    found = [draft.case.current / name if str(name).startswith(f"{POLICIES}/") else name for name in names]
    packs = load_packs(found, all_measures())
    kept: dict[str, str] = {}
    for name in found:
        (pack,) = load_packs([name], all_measures())
        if str(name) in shipped_ids():
            kept[pack.id] = str(name)
            continue
        path = draft.folder / POLICIES / f"{pack.id}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(Path(name).read_bytes())
        kept[pack.id] = f"{POLICIES}/{path.name}"
    return packs, tuple(kept.values())
