"""The intake's fixtures."""

from exports import layouts, take

__all__ = ["layouts", "take"]
