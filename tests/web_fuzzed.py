"""Requests that nobody would send by hand: every address and method of the app, with whatever its parts could be.

A request is made from its number and a seed alone, so that one that fails can be sent again.
"""

import random
from dataclasses import dataclass, field
from urllib.parse import quote

from answerable.web.roles import LEAST

TEXTS = (
    "", "0", "1", "7", "-1", "00", "1e9", "99999999999999999999", "NaN", "one", "first", "searches", "searches.no_reason",
    "findings.json", "report.html", "../../key", "..", ".", "/etc/passwd", "%", "%00", "\x00", "\n", "\r\nX: y", "é", "\U0001f600",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "<script>", "'\"--", "{{ 7 * 7 }}", "${jndi:x}", "ann", "ben",
    "x" * 300, "not shown", "breached", "us-ca", "2026-01-15", "America/Los_Angeles", "yes", "60", "20, 40, 60", "proportional",
    "01", "١٢", "1_000", "1,000", "5 %", "0.5", ";", "&", "=", "#", "?", "\\", "a/b", "searched_at", "agency", "user",
)  # fmt: skip  # a list of texts
NAMES = (
    "status", "pack", "measure", "agency", "month", "category", "find", "token", "aim", "tolerable", "expected", "confidence",
    "population", "looks", "margin", "form", "size", "title", "seed", "reviewers", "twice", "strata", "allocation", "sizes",
    "among", "clusters", "question", "reviewer", "do", "note", "q-purpose", "q-support", "q-reach", "q-", "settler", "password",
    "secondary", "pack-us-ca", "pack-", "timezone", "as_of", "log", "breakdown", "sort", "page",
)  # fmt: skip  # a list of fields
KINDS = (
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data", "text/plain", "application/json", "",
    "multipart/form-data; boundary=" + "b" * 200, "application/x-www-form-urlencoded; charset=utf-7",
)  # fmt: skip  # a list of kinds
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "POST", "POST", "PUT", "OPTIONS")
FORGOTTEN = {"/logout"}  # it would end the session that sends the rest


@dataclass(frozen=True)
class Sent:
    """One request."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def request(seed, number):
    """Make a request from its number."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - requests to try, not secrets
    method, address = chance.choice(sorted(LEAST))
    if chance.random() < 0.2:
        method = chance.choice(METHODS)
    if address in FORGOTTEN and method == "POST":
        method = "GET"
    path = "/".join(_part(chance, part) for part in address.split("/"))
    if chance.random() < 0.05:
        path += "/" + quote(chance.choice(TEXTS), safe="")
    query = _fields(chance) if chance.random() < 0.6 else ""
    target = path + (f"?{query}" if query else "")
    headers = {}
    body = b""
    if method == "POST":
        kind = KINDS[0] if chance.random() < 0.6 else chance.choice(KINDS)
        headers["content-type"] = kind
        body = _multipart(chance) if "multipart" in kind else _fields(chance).encode()
        if chance.random() < 0.1:
            body = chance.randbytes(chance.randrange(2_000))
    if chance.random() < 0.05:
        headers[chance.choice(("accept", "range", "if-none-match", "transfer-coding"))] = "x" * 50
    return Sent(method, target, headers, body)


def _part(chance, part):
    if not part.startswith("{"):
        return part
    known = {
        "{review}": "first",
        "{number:int}": str(chance.randrange(1, 13)),
        "{measure}": "searches.no_reason",
    }
    if part in known and chance.random() < 0.6:
        return known[part]
    return quote(chance.choice(TEXTS), safe="")


def _fields(chance):
    chosen = [(chance.choice(NAMES), chance.choice(TEXTS)) for _ in range(chance.randrange(9))]
    return "&".join(f"{quote(name)}={quote(text)}" for name, text in chosen)


def _multipart(chance):
    parts = b""
    for _ in range(chance.randrange(4)):
        label = chance.choice(("files", "file", "other", ""))
        title = chance.choice((*TEXTS, "june.csv", "log.xlsx", "log.zip"))
        head = f'--b\r\nContent-Disposition: form-data; name="{label}"; filename="{title}"\r\n\r\n'
        parts += head.encode("utf-8", "surrogateescape") + chance.choice((
            b"", b"x", b"Reason,DateTime\nburglary,2025-06-01 10:00:00\n", b"PK\x03\x04", b"\x00" * 100, b"a,b\n1,2\n",
        )) + b"\r\n"  # fmt: skip  # a list of contents
    return parts + chance.choice((b"--b--\r\n", b"", b"--b"))
