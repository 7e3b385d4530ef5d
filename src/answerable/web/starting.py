"""Starting the server: what it may listen on, the address that opens it, and what to do where the extra is missing."""

from __future__ import annotations

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from answerable.case import CaseFolder
from answerable.errors import StorageError, UsageError

__all__ = ["Served", "serve"]

_NEEDED = ("starlette", "uvicorn", "python_multipart")
_MOST_PORT = 65_535
_BACKLOG = 128
_GRACE = 3  # seconds that a request in progress is given when the server is stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What is served: the address to open, which lets one browser in once, the case, and whether it can be written to.

    Attributes:
        link: The web page to open, with its single-use token.
        case: The case's folder.
        writes: False where another server has the case already, so that this one only reads.
    """

    link: str
    case: Path
    writes: bool


def serve(
    case: str | Path,
    ready: Callable[[Served], None],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    browser: bool = True,
) -> None:
    """Serve a case to a browser on this machine, until it is interrupted.

    Args:
        case: The case's folder.
        ready: Told what is served, once the server takes requests.
        host: The loopback address to listen on.
        port: The port; 0: any that is free.
        browser: Whether to open the browser.

    Raises:
        UsageError: The extra is not installed, the address is not this machine's own, or the port is taken.
        CaseError: There is no case, or it is damaged.
    """
    _check_extra()
    listens = _loopback(host)
    if not 0 <= port <= _MOST_PORT:
        raise UsageError(
            f"--port is {port}", expected=f"0 to {_MOST_PORT}", do="Leave it out, and a free one is taken."
        )
    folder = CaseFolder(Path(case))
    folder.open()
    with _bound(listens, port) as bound:
        _run(folder, bound, ready, browser=browser)


def _check_extra() -> None:
    try:
        for name in _NEEDED:
            import_module(name)
    except ModuleNotFoundError:
        raise UsageError(
            "the web app needs the extra `web`, which is not installed",
            expected=f"the packages {', '.join(_NEEDED)}",
            do="Install it with: pip install 'answerable[web]'",
        ) from None


def _loopback(host: str) -> str:
    """Give the address to listen on: one that only this machine can reach."""
    bare = host.strip().strip("[]")
    if bare.casefold() == "localhost":
        return "127.0.0.1"
    with suppress(ValueError):
        if ipaddress.ip_address(bare).is_loopback:
            return bare
    raise UsageError(
        f"--host is {host!r}, which others on the network can reach",
        expected="127.0.0.1, ::1 or localhost: beyond this machine each reviewer would need a password, which this version does not ask for",
        do="Leave it out. To reach it from another machine, forward the port with ssh -L.",
    )


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


def _run(folder: CaseFolder, bound: socket.socket, ready: Callable[[Served], None], *, browser: bool) -> None:
    import uvicorn  # noqa: PLC0415 - an extra, imported where it is asked for

    from answerable.web.app import make_app  # noqa: PLC0415 - as above
    from answerable.web.doors import Doors  # noqa: PLC0415 - as above
    from answerable.web.hall import Hall  # noqa: PLC0415 - as above

    host, port = bound.getsockname()[:2]
    shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    with Hall(folder) as hall:
        doors = Doors.at(host, port)
        config = uvicorn.Config(
            make_app(hall, doors),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,  # a log line could quote what a record holds
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        server = uvicorn.Server(config)
        link = f"http://{shown}/login?token={doors.token}"
        ready(Served(link=link, case=folder.path, writes=hall.may_write()))
        if browser:
            threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.run(sockets=[bound])
