"""Laws and policies as clauses with citations, and what the records show of each."""

from answerable.policy.evaluate import evaluate, select
from answerable.policy.listing import describe, list_packs, one_line
from answerable.policy.load import load_pack, load_packs, shipped_ids, shipped_packs
from answerable.policy.pack import Check, Clause, Comparator, Confirmed, Pack

__all__ = [
    "Check",
    "Clause",
    "Comparator",
    "Confirmed",
    "Pack",
    "describe",
    "evaluate",
    "list_packs",
    "load_pack",
    "load_packs",
    "one_line",
    "select",
    "shipped_ids",
    "shipped_packs",
]
