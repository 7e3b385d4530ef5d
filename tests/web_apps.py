"""A case that is served in this process, and browsers that come to it."""

import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from answerable.case import CaseFolder
from answerable.web.app import make_app
from answerable.web.doors import Doors
from answerable.web.hall import Hall

PORT = 8123
HERE = f"http://127.0.0.1:{PORT}"
OWN = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "origin": "null"}


class Served:
    """A case that is served, in this process."""

    def __init__(self, case: Path) -> None:
        self.case = case
        self.hall = Hall(CaseFolder(case))
        self.doors = Doors.at("127.0.0.1", PORT)
        self.app = make_app(self.hall, self.doors)

    def stranger(self, **headers) -> TestClient:
        """Give a browser that nobody let in; it follows no redirect by itself."""
        return TestClient(
            self.app, base_url=HERE, headers=headers, follow_redirects=False, raise_server_exceptions=False
        )

    def client(self) -> TestClient:
        """Give a browser that came in by the token."""
        found = self.stranger(**OWN)
        assert found.get(f"/login?token={self.doors.token}").status_code == 303
        return found


@contextmanager
def running(case, *options):
    """Serve a case in a process of its own, as a user does; give the process, the link that it prints and its address."""
    program = "import sys; from answerable.cli import main; sys.argv[0] = 'answerable'; main()"
    command = [sys.executable, "-c", program, "serve", str(case), "--no-browser", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            printed = ""
            while "token=" not in printed:
                line = process.stdout.readline()
                assert line, f"the server ended: {printed}"
                printed += line
            link = re.search(r"http://\S+", printed)[0]
            yield process, link, link.partition("/login")[0]
        finally:
            process.kill()
