"""Who is let in: a token that opens the door once, and the sessions of the browsers that came through it.

A seam for later: a session is what a password and a role would be bound to once a case is served to more than one person.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from dataclasses import dataclass, field

__all__ = ["Doors", "Session"]

_BYTES = 32
_IDLE = 12 * 3_600  # seconds after which a browser that asked for nothing has to be let in anew


@dataclass(slots=True)
class Session:
    """One browser that was let in.

    Attributes:
        reviewers: The reviewer as whom it works, by review.
        said: What the next page tells it, once.
        seen: When it last asked for anything, in seconds of a clock that only runs forward.
    """

    reviewers: dict[str, str] = field(default_factory=dict)
    said: str = ""
    seen: float = 0.0

    def told(self) -> str:
        """Give what is to be said, and say it no more."""
        said, self.said = self.said, ""
        return said


class Doors:
    """The token and the sessions. Use `Doors.at`.

    Args:
        hosts: What a request's Host may be.
        origins: What its Origin may be.
        cookie: The cookie's name.
    """

    def __init__(self, hosts: frozenset[str], origins: frozenset[str], cookie: str) -> None:
        self.hosts, self.origins, self.cookie = hosts, origins, cookie
        self.token = secrets.token_urlsafe(_BYTES)
        self._used = False
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()

    @classmethod
    def at(cls, host: str, port: int) -> Doors:
        """Make the doors of a server that listens on a loopback host and a port."""
        own = {f"[{host}]" if ":" in host else host, "localhost"}
        hosts = frozenset(f"{each}:{port}" for each in own)
        # Browsers send a cookie to every port of a host: the name keeps two servers from taking each other's.
        return cls(hosts, frozenset(f"http://{each}" for each in hosts), f"answerable_{port}")

    def enter(self, token: str) -> str:
        """Let a browser in that brings the token for the first time, and give the key of its session; else nothing."""
        right = hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self.token.encode())
        with self._lock:
            if not right or self._used:
                return ""
            self._used = True
        return self.admit()

    def admit(self) -> str:
        """Make a session, and give its key."""
        key = secrets.token_urlsafe(_BYTES)
        with self._lock:
            self._sessions[key] = Session(seen=time.monotonic())
        return key

    def session(self, key: str) -> Session | None:
        """Give the session of a key, if it is one."""
        now = time.monotonic()
        with self._lock:
            found = self._sessions.get(key)
            if found is None or now - found.seen > _IDLE:
                self._sessions.pop(key, None)
                return None
            found.seen = now
            return found

    def leave(self, key: str) -> None:
        """Forget a session."""
        with self._lock:
            self._sessions.pop(key, None)
