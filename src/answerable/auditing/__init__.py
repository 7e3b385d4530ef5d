"""The audit from end to end: files in, a case with its findings and outputs out."""

from answerable.auditing.looking import inspect, simulate
from answerable.auditing.opened import Case, open_case
from answerable.auditing.releasing import release_check
from answerable.auditing.reviewing import (
    conclude_review,
    draw_review,
    export_items,
    import_items,
    review_of,
    shown_items,
)
from answerable.auditing.run import audit, rebuild
from answerable.auditing.verifying import unseen_sources, verify

__all__ = [
    "Case",
    "audit",
    "conclude_review",
    "draw_review",
    "export_items",
    "import_items",
    "inspect",
    "open_case",
    "rebuild",
    "release_check",
    "review_of",
    "shown_items",
    "simulate",
    "unseen_sources",
    "verify",
]
