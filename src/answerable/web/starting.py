"""Starting the server: what it may listen on, the address that opens it, and what to do where the extra is missing."""

from __future__ import annotations

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from answerable import wording
from answerable.case import LEFT_BEHIND, CaseFolder
from answerable.errors import CaseError, StorageError, UsageError

__all__ = ["Listening", "Served", "check_extra", "serve"]

_NEEDED = ("starlette", "uvicorn", "python_multipart", "argon2")
_MOST_PORT = 65_535
_BACKLOG = 128
_GRACE = 3  # seconds that a request in progress is given when the server is stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What is served: the address to open, the case, and who may do what with it.

    Attributes:
        link: The web page to open; without people it holds a token that lets one browser in, once.
        case: The case's folder.
        writes: False where another server has the case already, so that this one only reads.
        people: How many may sign in by name; 0: whoever has the link comes in.
        beyond: Whether others on the network can reach it.
    """

    link: str
    case: Path
    writes: bool
    people: int = 0
    beyond: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where a server listens.

    Attributes:
        host: The address. One that others can reach needs people with passwords, and a certificate.
        port: The port; 0: any that is free.
        called: Names and addresses under which others reach it; a request under any other is refused.
        certificate: The file of its certificate, in PEM, for HTTPS.
        private_key: The file of the certificate's key.
    """

    host: str = "127.0.0.1"
    port: int = 0
    called: tuple[str, ...] = ()
    certificate: str = ""
    private_key: str = ""


def serve(
    case: str | Path,
    ready: Callable[[Served], None],
    *,
    at: Listening | None = None,
    browser: bool = True,
    new: bool = False,
) -> None:
    """Serve a case to a browser, until it is interrupted.

    Args:
        case: The case's folder.
        ready: Told what is served, once the server takes requests.
        at: Where it listens; by default on this machine alone.
        browser: Whether to open the browser.
        new: Make the case from the first files that are sent, where there is none.

    Raises:
        UsageError: The extra is not installed, the port is taken, or others could reach the server and it lacks what that needs.
        CaseError: There is no case, or it is damaged.
    """
    check_extra()
    at = at or Listening()
    folder = CaseFolder(Path(case))
    if new and not folder.exists():
        _room_for(folder)
    else:
        folder.open()
    listens, beyond = _address(at.host)
    _check_listening(at, folder, beyond=beyond)
    with _bound(listens, at.port) as bound:
        _run(folder, bound, ready, replace(at, host=listens), browser=browser and not beyond)


def _room_for(folder: CaseFolder) -> None:
    """Make the folder of a case to be, or refuse one that holds anything."""
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        if any(each.name not in LEFT_BEHIND for each in folder.path.iterdir()):
            raise CaseError(
                "the folder holds other files",
                where=str(folder.path),
                expected="an empty folder, a new one, or a case",
                do="Choose another folder for the case.",
            )
    except OSError as error:
        raise StorageError.of(error, folder.path) from None


def _check_listening(at: Listening, folder: CaseFolder, *, beyond: bool) -> None:
    """Refuse to be reached by others without passwords and without HTTPS.

    Raises:
        UsageError: Something of it is missing, or a file is not there.
    """
    from answerable.web.people import People  # noqa: PLC0415 - it needs the extra, which is there by now

    if not 0 <= at.port <= _MOST_PORT:
        raise UsageError(
            f"--port is {at.port}", expected=f"0 to {_MOST_PORT}", do="Leave it out, and a free one is taken."
        )
    for option, file in (("--certificate", at.certificate), ("--private-key", at.private_key)):
        if file and not Path(file).is_file():
            raise UsageError(
                f"{option} is {file!r}, and there is no such file",
                expected="a file in PEM",
                do="Check the name.",
            )
    if bool(at.certificate) != bool(at.private_key):
        raise UsageError(
            "a certificate was named without its key, or a key without its certificate",
            expected="--certificate and --private-key together",
            do="Name both files.",
        )
    if not beyond:
        return
    missing = []
    if not People(folder).everyone():
        missing.append("people with passwords (`answerable people add`)")
    if not at.certificate:
        missing.append(
            "a certificate (--certificate and --private-key), without which passwords could be read on the way"
        )
    if not at.called:
        missing.append("the names under which others reach it (--called)")
    if missing:
        raise UsageError(
            f"--host is {at.host!r}, which others on the network can reach",
            expected=f"for that also {wording.listing(missing)}",
            do="Give these, or leave --host out: from another machine, one can forward the port with ssh -L.",
        )


def check_extra() -> None:
    """Say whether the extra is installed.

    Raises:
        UsageError: It is not.
    """
    try:
        for name in _NEEDED:
            import_module(name)
    except ModuleNotFoundError:
        raise UsageError(
            "the web app needs the extra `web`, which is not installed",
            expected=f"the packages {', '.join(_NEEDED)}",
            do="Install it with: pip install 'answerable[web]'",
        ) from None


def _address(host: str) -> tuple[str, bool]:
    """Give the address to listen on, and whether others than this machine can reach it.

    Raises:
        UsageError: It is no address.
    """
    bare = host.strip().strip("[]")
    if bare.casefold() == "localhost":
        return "127.0.0.1", False
    try:
        return bare, not ipaddress.ip_address(bare).is_loopback
    except ValueError:
        raise UsageError(
            f"--host is {host!r}",
            expected="an address of this machine, such as 127.0.0.1 or ::1",
            do="Leave it out: the server then listens on this machine alone.",
        ) from None


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(_BACKLOG)
    except OSError as error:
        bound.close()
        if port:
            raise UsageError(
                f"port {port} cannot be listened on ({(error.strerror or 'refused').lower()})",
                expected="a port that is free",
                do="Leave --port out, and a free one is taken.",
            ) from None
        raise StorageError.of(error) from None
    return bound


def _run(
    folder: CaseFolder,
    bound: socket.socket,
    ready: Callable[[Served], None],
    at: Listening,
    *,
    browser: bool,
) -> None:
    import uvicorn  # noqa: PLC0415 - an extra, imported where it is asked for

    from answerable.web.app import make_app  # noqa: PLC0415 - as above
    from answerable.web.doors import Doors  # noqa: PLC0415 - as above
    from answerable.web.hall import Hall  # noqa: PLC0415 - as above
    from answerable.web.people import People  # noqa: PLC0415 - as above

    port = bound.getsockname()[1]
    people = People(folder)
    number = len(people.everyone())
    doors = Doors.at(
        at.host, port, called=at.called, secure=bool(at.certificate), people=people if number else None
    )
    config: dict[str, Any] = {
        "http": "h11",
        "ws": "none",
        "lifespan": "off",
        "log_config": None,  # a log line could quote what a record holds
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": _GRACE,
    }
    if at.certificate:
        config |= {"ssl_certfile": at.certificate, "ssl_keyfile": at.private_key}
    with Hall(folder) as hall:
        try:
            server = uvicorn.Server(uvicorn.Config(make_app(hall, doors), **config))
            server.config.load()
        except OSError as error:  # what ssl raises of a file that it cannot use is one too
            raise UsageError(
                f"the certificate or its key cannot be used ({type(error).__name__})",
                where=at.certificate,
                expected="a certificate in PEM and the key that belongs to it, without a password",
                do="Check both files.",
            ) from None
        host = at.called[0] if at.called else at.host
        shown = f"{'https' if at.certificate else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"
        link = f"{shown}/login" if number else f"{shown}/login?token={doors.token}"
        beyond = _address(at.host)[1]
        ready(Served(link=link, case=folder.path, writes=hall.may_write(), people=number, beyond=beyond))
        if browser:
            threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.run(sockets=[bound])
