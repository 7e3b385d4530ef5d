"""The organisations of a synthetic town: their names, which say what they are."""

from __future__ import annotations

from answerable.programmes.plates.simulate.vocabulary import OTHER_STATES, TOWNS

__all__ = ["ORGANISATIONS", "organisations"]

ORGANISATIONS = ("home", "out_of_state", "federal", "inactive", "no_state")
"""The kinds of organisation, in the order of their numbers."""

_SHARES = (60, 25, 5, 5, 5)


def organisations(agencies: int, home: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Give every organisation's name, and the first and the end of each kind's.

    Args:
        agencies: How many there are, about; there is at least one of each kind.
        home: The town's own state, as it stands in a name.
    """
    sizes = [max(1, agencies * share // 100) for share in _SHARES]
    names: list[str] = []
    parts: list[tuple[int, int]] = []
    for kind, size in enumerate(sizes):
        parts.append((len(names), len(names) + size))
        for number in range(size):
            town = TOWNS[(number + 5 * kind) % len(TOWNS)]
            if number >= len(TOWNS):
                town += (
                    " "
                    + TOWNS[number // len(TOWNS) % len(TOWNS)]
                    + " "
                    + "I" * (1 + number // len(TOWNS) ** 2)
                )
            state = next(
                one for one in OTHER_STATES[number % len(OTHER_STATES) :] + OTHER_STATES if one != home
            )
            names.append(
                (
                    f"{town} {home} PD",
                    f"{town} {state} PD",
                    f"{town} Inspection Service [Federal]",
                    f"{town} {home} SO [Inactive]",
                    f"{town} Regional Auto Task Force",
                )[kind]
            )
    return names, parts
