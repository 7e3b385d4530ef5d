"""Starting the server: what it listens on, what it prints, and what it refuses."""

import re
import signal
import socket
from pathlib import Path

import httpx2
import pytest

import answerable
from answerable.errors import CaseError, UsageError
from answerable.web import serve
from web_apps import OWN, running

PACKAGE = Path(answerable.__file__).parent


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",  # noqa: S104 - to be refused
        "::",
        "192.168.1.10",
        "example.org",
        "",
        "127.0.0.1.evil.example",
        "localhost.evil",
        "2130706433",
    ],
)
def test_only_this_machine_is_listened_on(a_case, host):
    """An address that others can reach is refused, with why and what to do instead."""
    with pytest.raises(UsageError) as caught:
        serve(a_case, pytest.fail, host=host, browser=False)
    assert "password" in caught.value.expected
    assert "ssh -L" in caught.value.do


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_is_none_is_refused(a_case, port):
    """A number that is no port is refused."""
    with pytest.raises(UsageError):
        serve(a_case, pytest.fail, port=port, browser=False)


def test_a_taken_port_is_said(a_case):
    """A port that another program has is a sentence, not a traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="cannot be listened on"):
            serve(a_case, pytest.fail, port=taken.getsockname()[1], browser=False)


def test_where_there_is_no_case_nothing_is_served(tmp_path):
    """A folder that is no case is refused before anything is listened on, and stays empty."""
    with pytest.raises(CaseError):
        serve(tmp_path, pytest.fail, browser=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.9.9.9"])
def test_a_server_as_a_user_starts_it(a_case, host):
    """The command prints the address; it lets one browser in; nothing of a request is printed; Ctrl-C ends it quietly."""
    with running(a_case, "--host", host) as (process, link, home):
        with httpx2.Client(base_url=home, headers=OWN, follow_redirects=True) as client:
            answer = client.get(link)
            assert (answer.status_code, str(answer.url)) == (200, f"{home}/")
            assert "server" not in answer.headers
            assert client.get("/nothing").status_code == 404
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
        assert rest == ""
        assert process.returncode == 0


def test_a_second_server_says_that_it_only_reads(a_case):
    """The second server on a case says so at once, where it was started."""
    with (
        running(a_case),
        running(a_case) as (_, link, home),
        httpx2.Client(base_url=home, headers=OWN) as client,
    ):
        client.get(link)
        assert "Reading only." in client.get("/").text


def test_the_palette_is_the_reports():
    """The app and the report set the same colours under the same names, in light and in dark."""
    found = []
    for sheet in ("web/static/app.css", "report/templates/report.css"):
        text = (PACKAGE / sheet).read_text("utf-8")
        blocks = re.findall(r":root \{(.*?)\n\s*\}", text, flags=re.DOTALL)[:2]
        found.append([dict(re.findall(r"(--[\w-]+): ([^;]+);", block)) for block in blocks])
    own, theirs = found
    for mine, other in zip(own, theirs, strict=True):
        shared = mine.keys() & other.keys()
        assert {"--paper", "--ink", "--accent", "--breached", "--met", "--not-shown"} <= shared
        assert {name: mine[name] for name in shared} == {name: other[name] for name in shared}
