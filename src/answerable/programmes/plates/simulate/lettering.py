"""What is written on a synthetic county's plates, and what a camera makes of it.

A plate is a row of bytes, filled up with 0. Plates begin with two letters too many for any real one, so that they
are plainly invented; the rest has a shape that depends on the issuer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.chance import below, hashed, pick
from answerable.programmes.plates.simulate.county import County

__all__ = ["CONFUSED", "Lettering", "coded"]

Whole = NDArray[np.int64]
Hashed = NDArray[np.uint64]
Flag = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

CONFUSED = {
    "0": "ODQ", "O": "0DQ", "D": "0O", "Q": "0O", "8": "B", "B": "8", "1": "I", "I": "1", "5": "S", "S": "5",
    "2": "Z", "Z": "2", "6": "G", "G": "6",
}  # fmt: skip  # a table: what stands in one line belongs together
"""The characters that are easily read as another, and as which."""

# 9 stands for a digit, A for a letter. Each shape has room for more vehicles than there may be.
_SHAPES = ("9AAA999", "AAA9999", "99AAA999", "99A9A99", "A9A9A99")
_PRIME = 1_000_003  # has no common factor with the size of any shape, so that numbers stay distinct
_MOST_WRONG = 2  # so that the edit distance between read and plate is the number of characters changed
_BASE = 37

_PARTNERS = np.zeros((256, 3), np.uint8)
_PARTNER_COUNT = np.zeros(256, np.int64)
for _character, _others in CONFUSED.items():
    _PARTNERS[ord(_character), : len(_others)] = [ord(other) for other in _others]
    _PARTNER_COUNT[ord(_character)] = len(_others)
_VALUE = np.zeros(256, np.int64)
for _place, _character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=1):
    _VALUE[ord(_character)] = _place


def coded(plates: Bytes) -> Whole:
    """Give each plate, at most 12 characters long, as one whole number: equal where the text is."""
    codes = np.zeros(len(plates), np.int64)
    for place in range(plates.shape[1]):
        codes = codes * _BASE + _VALUE[plates[:, place]]
    return codes


class Lettering:
    """The plates of one county's vehicles."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._prefix = np.frombuffer(b"KNRY" if county.canaries else b"SY", np.uint8)
        self._begin = int(hashed(county.seed, "plate", np.array([0]))[0] % np.uint64(_PRIME))
        self.width = len(self._prefix) + max(map(len, _SHAPES))

    def issued(self, vehicles: Whole, issuers: Whole) -> Bytes:
        """Write the plates of some vehicles: an array (vehicles, `width`), each as its issuer shapes it."""
        plates = np.zeros((len(vehicles), self.width), np.uint8)
        plates[:, : len(self._prefix)] = self._prefix
        for issuer in range(len(self._county.issuers)):
            of = issuers == issuer
            shape = _SHAPES[issuer % len(_SHAPES)]
            rest = vehicles[of] * _PRIME + self._begin
            for place in range(len(shape) - 1, -1, -1):
                base, zero = (10, ord("0")) if shape[place] == "9" else (26, ord("A"))
                rest, value = np.divmod(rest, base)
                plates[of, len(self._prefix) + place] = value + zero
        return plates

    def issuers(self, vehicles: Whole) -> Whole:
        """Draw the issuer of each vehicle's plate, by its number in the county's list."""
        bits = hashed(self._county.seed, "issuer", vehicles)
        edges = np.cumsum([round(share * 2**32) for _, share in self._county.issuers])[:-1]
        return np.searchsorted(edges, pick(bits, 2**32), side="right").astype(np.int64)

    def read(self, plates: Bytes, numbers: Whole, least: Hashed) -> tuple[Bytes, Whole]:
        """Read some plates as cameras do, and give how many characters of each came out wrong.

        Args:
            plates: What is written on them.
            numbers: The numbers of the reads.
            least: For each read the threshold of the share of easily confused characters that are misread.
        """
        seed, text = self._county.seed, plates.copy()
        wrong = np.zeros(len(plates), np.int64)
        for place in range(len(self._prefix), plates.shape[1]):
            bits = hashed(seed, f"misread {place}", numbers)
            written = plates[:, place]
            at = np.flatnonzero((_PARTNER_COUNT[written] > 0) & below(bits, least) & (wrong < _MOST_WRONG))
            chosen = (bits[at] % _PARTNER_COUNT[written[at]].astype(np.uint64)).astype(np.int64)
            text[at, place] = _PARTNERS[written[at], chosen]
            wrong[at] += 1
        shortened = np.flatnonzero(
            (wrong == 0) & below(hashed(seed, "dropped", numbers), self._county.dropped)
        )
        text[shortened, (plates[shortened] != 0).sum(axis=1) - 1] = 0
        wrong[shortened] = 1
        return text, wrong

    def alike(self, plates: Bytes, numbers: Whole) -> tuple[Bytes, Flag]:
        """Change one easily confused character of each plate that has one, and say which have one."""
        bits = hashed(self._county.seed, "alike", numbers)
        easy = _PARTNER_COUNT[plates] > 0
        easy[:, : len(self._prefix)] = False
        some: Flag = np.asarray(easy.any(axis=1))
        wanted = pick(bits, np.maximum(easy.sum(axis=1), 1)) + 1
        place = np.argmax(easy.cumsum(axis=1) == wanted[:, None], axis=1)
        at = np.flatnonzero(some)
        text, written = plates.copy(), plates[at, place[at]]
        chosen = (bits[at] % _PARTNER_COUNT[written].astype(np.uint64)).astype(np.int64)
        text[at, place[at]] = _PARTNERS[written, chosen]
        return text, some
