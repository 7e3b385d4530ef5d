"""The intake's fixtures."""

from comparing import compare, written_layout
from exports import layouts, take

__all__ = ["compare", "layouts", "take", "written_layout"]
