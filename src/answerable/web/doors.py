"""Who is let in: by a token that opens the door once, or by name and password where the case has people; and the sessions."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from answerable.web.people import People, Person, Role

__all__ = ["Doors", "Session"]

_BYTES = 32
_IDLE = 12 * 3_600  # seconds after which a browser that asked for nothing has to be let in anew
_TRIES, _TRIES_OF_ALL = 5, 100  # wrong passwords for one name, and for all names together,
_WITHIN = 900.0  # within so many seconds, after which no more are looked at
_OWNER = Person("", Role.AUDITOR, "")


@dataclass(slots=True)
class Session:
    """One browser that was let in.

    Attributes:
        person: Whose it is; a person without a name where the case has no people.
        reviewers: The reviewer as whom it works, by review, where the case has no people.
        said: What the next page tells it, once.
        seen: When it last asked for anything, in seconds of a clock that only runs forward.
    """

    person: Person = _OWNER
    reviewers: dict[str, str] = field(default_factory=dict)
    said: str = ""
    seen: float = 0.0

    def told(self) -> str:
        """Give what is to be said, and say it no more."""
        said, self.said = self.said, ""
        return said


class Doors:
    """The token, the passwords and the sessions. Use `Doors.at`.

    Args:
        hosts: What a request's Host may be.
        origins: What its Origin may be.
        cookie: The cookie's name.
        people: Those who sign in by name; None: the token opens, once.
    """

    def __init__(
        self, hosts: frozenset[str], origins: frozenset[str], cookie: str, people: People | None = None
    ) -> None:
        self.hosts, self.origins, self.cookie, self.people = hosts, origins, cookie, people
        self.secure = all(each.startswith("https:") for each in origins)
        self.token = secrets.token_urlsafe(_BYTES)
        self._used = False
        self._sessions: dict[str, Session] = {}
        self._failed: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    @classmethod
    def at(
        cls,
        host: str,
        port: int,
        *,
        called: tuple[str, ...] = (),
        secure: bool = False,
        people: People | None = None,
    ) -> Doors:
        """Make the doors of a server.

        Args:
            host: The address that it listens on.
            port: The port.
            called: Other names and addresses by which it is reached, where it listens beyond this machine.
            secure: Whether it is reached by HTTPS.
            people: Those who sign in by name.
        """
        own = [f"[{each}]" if ":" in each else each.lower() for each in (host, *called)]
        own += [] if called else ["localhost"]
        scheme, usual = ("https", 443) if secure else ("http", 80)
        hosts = frozenset(f"{each}:{port}" for each in own) | (
            frozenset(own) if port == usual else frozenset()
        )
        # Browsers send a cookie to every port of a host: the name keeps two servers from taking each other's.
        return cls(hosts, frozenset(f"{scheme}://{each}" for each in hosts), f"answerable_{port}", people)

    def enter(self, token: str) -> str:
        """Let a browser in that brings the token for the first time, and give the key of its session; else nothing."""
        right = hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self.token.encode())
        with self._lock:
            if not right or self._used or self.people:
                return ""
            self._used = True
        return self.admit()

    def may_try(self, title: str) -> bool:
        """Say whether a password for this name is looked at: not after too many wrong ones."""
        now = time.monotonic()
        with self._lock:
            for kept in list(self._failed):
                times = self._failed[kept]
                while times and now - times[0] > _WITHIN:
                    times.popleft()
                if not times:
                    del self._failed[kept]
            of_all = sum(map(len, self._failed.values()))
            return len(self._failed.get(title, ())) < _TRIES and of_all < _TRIES_OF_ALL

    def failed(self, title: str) -> None:
        """Remember that a wrong password came for a name."""
        with self._lock:
            self._failed[title].append(time.monotonic())

    def admit(self, person: Person = _OWNER) -> str:
        """Make a session, and give its key."""
        key = secrets.token_urlsafe(_BYTES)
        with self._lock:
            self._failed.pop(person.title, None)
            self._sessions[key] = Session(person, seen=time.monotonic())
        return key

    def session(self, key: str) -> Session | None:
        """Give the session of a key, if it is one, with its person as they stand on the list now.

        Raises:
            CaseError: The list of people is damaged.
        """
        now = time.monotonic()
        with self._lock:
            found = self._sessions.get(key)
            if found is None or now - found.seen > _IDLE:
                self._sessions.pop(key, None)
                return None
            found.seen = now
        if self.people:
            # Whoever was taken off the list, or has a new password, is out at once; a new role counts at once.
            person = self.people.everyone().get(found.person.title)
            if person is None or person.secret != found.person.secret:
                self.leave(key)
                return None
            found.person = person
        return found

    def leave(self, key: str) -> None:
        """Forget a session."""
        with self._lock:
            self._sessions.pop(key, None)
