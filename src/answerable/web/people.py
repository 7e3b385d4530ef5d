"""Who may work on a case that is served to more than one person: names, roles and the hashes of their passwords.

They stand in the case, in a file that its owner alone can read. A password is kept as an Argon2id hash (RFC 9106) alone. A case
without people is one person's: whoever has the link is its auditor.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from functools import cached_property

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from answerable import wording
from answerable.case import CaseFolder
from answerable.errors import CaseError, StorageError, UsageError
from answerable.manifest import sync
from answerable.policy.marked import nearest

__all__ = ["PEOPLE", "People", "Person", "Role"]

PEOPLE = "people.json"
"""The file in the case's folder."""

_LEAST, _LONGEST = (
    12,
    200,
)  # characters of a password; NIST SP 800-63B asks for 8 at least, and for length before anything else
_LONGEST_TITLE = 80


class Role(StrEnum):
    """What somebody may do; each may also do what the roles before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"

    def covers(self, least: Role) -> bool:
        """Say whether this role may do what asks for at least another."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(least)


class Person(msgspec.Struct, frozen=True):
    """One who may work on the case.

    Attributes:
        title: Their name, which is the reviewer's name where they judge.
        role: What they may do.
        secret: The Argon2id hash of their password.
    """

    title: str
    role: Role
    secret: str


class People:
    """Those who may work on a case.

    Args:
        case: The case.
    """

    def __init__(self, case: CaseFolder) -> None:
        self.path = case.path / PEOPLE
        self._hasher = PasswordHasher()
        self._one_at_a_time = threading.Lock()  # each hash takes 64 MiB: many at once would take the machine

    def everyone(self) -> Mapping[str, Person]:
        """Give everybody by name; nobody where the case is one person's.

        Raises:
            CaseError: The file is damaged.
        """
        try:
            found = msgspec.json.decode(self.path.read_bytes(), type=list[Person])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise CaseError(
                f"the list of people cannot be read ({type(error).__name__})",
                where=str(self.path),
                expected="the file that `answerable people` wrote",
                do="Restore it from a copy, or remove it and add the people again.",
            ) from None
        return {one.title: one for one in found}

    def add(self, title: str, role: str, password: str) -> Person:
        """Add somebody, or give them another role and password.

        Raises:
            UsageError: The name, role or password is none that can be used.
            StorageError: The file could not be written.
        """
        clean = " ".join(title.split())
        if not clean or len(clean) > _LONGEST_TITLE or not clean.isprintable():
            raise UsageError(
                f"the name is {title[:_LONGEST_TITLE]!r}",
                expected=f"1 to {_LONGEST_TITLE} letters that can be printed",
                do="Give the name under which they judge.",
            )
        if role not in list(Role):
            raise UsageError(
                f"the role is {role!r}",
                expected=wording.listing([str(one) for one in Role], joiner="or"),
                do="Choose one of them.",
            )
        if not _LEAST <= len(password) <= _LONGEST:
            raise UsageError(
                f"the password has {wording.plural(len(password), 'character')}",
                expected=f"{_LEAST} to {_LONGEST}",
                do="Take four words that have nothing to do with each other.",
            )
        everyone = dict(self.everyone())
        alike = [one for one in everyone if one.casefold() == clean.casefold() and one != clean]
        if alike:
            raise UsageError(
                f"{alike[0]} is there already, in other letters",
                expected="names that nobody confuses",
                do="Use the same letters, or another name.",
            )
        everyone[clean] = Person(clean, Role(role), self._hasher.hash(password))
        self._write(everyone)
        return everyone[clean]

    def remove(self, title: str) -> None:
        """Take somebody off the list; what they did stays.

        Raises:
            UsageError: There is nobody of that name, or only readers and reviewers would be left.
            StorageError: The file could not be written.
        """
        everyone = dict(self.everyone())
        if title not in everyone:
            raise UsageError(
                "there is nobody of that name",
                expected=nearest(title[:_LONGEST_TITLE], list(everyone)) or "somebody on the list",
                do="Run `answerable people list`.",
            )
        del everyone[title]
        if everyone and not any(one.role is Role.AUDITOR for one in everyone.values()):
            raise UsageError(
                f"{title} is the only auditor",
                expected="one auditor at least, for as long as there are people",
                do="Add another auditor first.",
            )
        self._write(everyone)

    def admit(self, title: str, password: str) -> Person | None:
        """Give the person whose password this is; None where there is nobody, after the same time."""
        found = self.everyone().get(title)
        with self._one_at_a_time:
            try:
                self._hasher.verify(found.secret if found else self._nobody, password[:_LONGEST])
            except (VerificationError, InvalidHashError):
                return None
        return found

    @cached_property
    def _nobody(self) -> str:
        """The hash of a password that nobody has."""
        return self._hasher.hash(os.urandom(32).hex())

    def _write(self, everyone: Mapping[str, Person]) -> None:
        fresh = self.path.with_suffix(".new")
        try:
            if not everyone:
                self.path.unlink(missing_ok=True)
                return
            data = msgspec.json.format(msgspec.json.encode(list(everyone.values())), indent=1) + b"\n"
            with suppress(FileNotFoundError):
                fresh.unlink()
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
            sync(fresh)
            fresh.replace(self.path)
            sync(self.path.parent)
        except OSError as error:
            raise StorageError.of(error, self.path) from None
