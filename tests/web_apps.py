"""A case that is served in this process, and browsers that come to it."""

import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from answerable.case import CaseFolder
from answerable.web.app import make_app
from answerable.web.doors import Doors
from answerable.web.hall import Hall
from answerable.web.people import People

PORT = 8123
SECRET = "correct horse battery staple"  # noqa: S105 - of people in tests
HERE = f"http://127.0.0.1:{PORT}"
OWN = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "origin": "null"}


class Served:
    """A case that is served, in this process."""

    def __init__(self, case: Path) -> None:
        self.case = case
        self.hall = Hall(CaseFolder(case))
        people = People(CaseFolder(case))
        self.doors = Doors.at("127.0.0.1", PORT, people=people if people.everyone() else None)
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

    def person(self, title: str) -> TestClient:
        """Give a browser in which somebody signed in."""
        found = self.stranger(**OWN)
        assert found.post("/login", data={"title": title, "password": SECRET}).status_code == 303
        return found

    def wait(self) -> None:
        """Wait until the work that was begun is over."""
        for _ in range(3_000):
            if self.hall.work.step is None or self.hall.work.step.over:
                return
            time.sleep(0.02)
        raise AssertionError(self.hall.work.step)


@contextmanager
def running(case, *options):
    """Serve a case in a process of its own, as a user does; give the process, the link that it prints and its address."""
    program = "import sys; from answerable.cli import main; sys.argv[0] = 'answerable'; main()"
    command = [sys.executable, "-c", program, "serve", str(case), "--no-browser", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            printed = ""
            while "/login" not in printed:
                line = process.stdout.readline()
                assert line, f"the server ended: {printed}"
                printed += line
            link = re.search(r"http://\S+", printed)[0]
            yield process, link, link.partition("/login")[0]
        finally:
            process.kill()
