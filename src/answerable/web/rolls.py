"""The list of those who may work on a case, as the command line reads and writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from answerable.case import CaseFolder
from answerable.web.starting import check_extra

if TYPE_CHECKING:
    from answerable.web.people import People

__all__ = ["add_person", "everyone", "remove_person"]


def _people(case: Path) -> People:
    check_extra()
    from answerable.web.people import People  # noqa: PLC0415 - it needs the extra, which is there by now

    folder = CaseFolder(case)
    folder.check()
    return People(folder)


def add_person(case: Path, title: str, role: str, password: str) -> tuple[str, str]:
    """Add somebody to those who may work on a case, and give their name and role.

    Raises:
        UsageError: The name, role or password is none that can be used, or the extra is not installed.
        CaseError: There is no case, or its list is damaged.
        StorageError: The list could not be written.
    """
    person = _people(case).add(title, role, password)
    return person.title, str(person.role)


def everyone(case: Path) -> list[tuple[str, str]]:
    """Give the name and role of everybody who may work on a case.

    Raises:
        UsageError: The extra is not installed.
        CaseError: There is no case, or its list is damaged.
    """
    return [(one.title, str(one.role)) for one in _people(case).everyone().values()]


def remove_person(case: Path, title: str) -> None:
    """Take somebody off the list.

    Raises:
        UsageError: There is nobody of that name, or no auditor would be left.
        CaseError: There is no case, or its list is damaged.
        StorageError: The list could not be written.
    """
    _people(case).remove(title)
