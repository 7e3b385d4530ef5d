"""Tests of face recognition look at numbers, unless they say otherwise."""

from quick import numbers_alone

__all__ = ["numbers_alone"]
