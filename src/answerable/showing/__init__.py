"""What the command line prints: for people on a terminal, or as JSON."""

from answerable.showing.audits import audited, catalogue, entry, inspection, released, simulated, verified
from answerable.showing.printing import error, progress
from answerable.showing.reviews import concluded, drawn, exported, imported, item, planned, standing
from answerable.showing.serving import added, people, removed, served

__all__ = [
    "added",
    "audited",
    "catalogue",
    "concluded",
    "drawn",
    "entry",
    "error",
    "exported",
    "imported",
    "inspection",
    "item",
    "people",
    "planned",
    "progress",
    "released",
    "removed",
    "served",
    "simulated",
    "standing",
    "verified",
]
