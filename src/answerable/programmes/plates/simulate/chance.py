"""Chance that is a pure function of the seed and a number: nothing is drawn in sequence.

Only whole numbers are used, so that what is drawn is the same on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["below", "classes", "hashed", "pick", "thresholds"]

Whole = NDArray[np.int64]
Hashed = NDArray[np.uint64]
Flag = NDArray[np.bool_]

_SHARE_BITS = 53


def hashed(seed: int, stream: str, numbers: NDArray[np.integer]) -> Hashed:
    """Give 64 random-looking bits per number: SplitMix64 (Steele, Lea & Flood 2014) on a key per stream."""
    key = int.from_bytes(hashlib.sha256(f"{seed}/{stream}".encode()).digest()[:8], "little")
    bits = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(key)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def thresholds(shares: Sequence[float]) -> Hashed:
    """Give what the upper bits of a number stay under with each share, for choices whose shares differ."""
    return np.array([round(share * 2**_SHARE_BITS) for share in shares], np.uint64)


def below(bits: Hashed, share: float | Hashed) -> Flag:
    """Say yes with a share from 0 to 1, or with the share that each threshold stands for."""
    least = thresholds([share])[0] if isinstance(share, int | float) else share
    return (bits >> np.uint64(64 - _SHARE_BITS)) < least


def pick(bits: Hashed, size: int | Whole) -> Whole:
    """Choose evenly among ``size`` from the upper 32 bits."""
    return (((bits >> np.uint64(32)) * np.asarray(size).astype(np.uint64)) >> np.uint64(32)).astype(np.int64)


def classes(bits: Hashed, shares: Sequence[float]) -> Whole:
    """Choose a class by its share; what is left over is one class more."""
    edges = np.array([round(edge * 2**_SHARE_BITS) for edge in np.cumsum(shares)], np.uint64)
    return np.searchsorted(edges, bits >> np.uint64(64 - _SHARE_BITS), side="right").astype(np.int64)
