"""Starting the server: what it listens on, what it prints, and what it refuses."""

import re
import signal
import socket
from pathlib import Path

import httpx2
import pytest

import answerable
from answerable.case import CaseFolder
from answerable.errors import CaseError, UsageError
from answerable.web import Listening, serve
from answerable.web.people import People
from web_apps import OWN, running

PACKAGE = Path(answerable.__file__).parent


BEYOND = ["0.0.0.0", "::", "192.168.1.10"]  # noqa: S104 - to be refused


@pytest.mark.parametrize("host", BEYOND)
def test_others_are_served_with_passwords_names_and_https_alone(a_case, host):
    """An address that others can reach is refused, with everything that it lacks and what to do instead."""
    with pytest.raises(UsageError) as caught:
        serve(a_case, pytest.fail, at=Listening(host=host), browser=False)
    for lacking in ("answerable people add", "--certificate", "--called"):
        assert lacking in caught.value.expected
    assert "ssh -L" in caught.value.do


def test_people_alone_are_not_enough(a_case):
    """With people but without a certificate, passwords could be read on the way: refused."""
    People(CaseFolder(a_case)).add("Ann", "auditor", "correct horse battery")
    at = Listening(host=BEYOND[0], called=("audit.example",))
    with pytest.raises(UsageError, match="which others on the network can reach") as caught:
        serve(a_case, pytest.fail, at=at, browser=False)
    assert "certificate" in caught.value.expected
    assert "people add" not in caught.value.expected


@pytest.mark.parametrize(
    "host", ["example.org", "", "127.0.0.1.evil.example", "localhost.evil", "2130706433"]
)
def test_what_is_no_address_is_refused(a_case, host):
    """A name that somebody else's answer could turn into any address is none to listen on."""
    with pytest.raises(UsageError, match="--host"):
        serve(a_case, pytest.fail, at=Listening(host=host), browser=False)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_is_none_is_refused(a_case, port):
    """A number that is no port is refused."""
    with pytest.raises(UsageError):
        serve(a_case, pytest.fail, at=Listening(port=port), browser=False)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"certificate": "here.pem"}, "without its key"),
        ({"private_key": "here.pem"}, "without its certificate"),
        ({"certificate": "here.pem", "private_key": "nowhere.pem"}, "no such file"),
        ({"certificate": "here.pem", "private_key": "here.pem"}, "cannot be used"),
    ],
    ids=str,
)
def test_a_certificate_that_cannot_be_used_is_said(a_case, tmp_path, given, what):
    """A certificate without its key, a file that is not there, and one that is no certificate are each a sentence."""
    (tmp_path / "here.pem").write_text("no certificate")
    files = {name: str(tmp_path / file) for name, file in given.items()}
    with pytest.raises(UsageError, match=what):
        serve(a_case, pytest.fail, at=Listening(**files), browser=False)


def test_a_taken_port_is_said(a_case):
    """A port that another program has is a sentence, not a traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="cannot be listened on"):
            serve(a_case, pytest.fail, at=Listening(port=taken.getsockname()[1]), browser=False)


def test_where_there_is_no_case_nothing_is_served(tmp_path):
    """A folder that is no case is refused before anything is listened on, and stays empty."""
    with pytest.raises(CaseError):
        serve(tmp_path, pytest.fail, browser=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("inside", [(), ("notes.txt",), ("versions", "x")], ids=str)
def test_a_new_case_needs_a_folder_of_its_own(tmp_path, inside):
    """With --new an empty folder or none will do; one that holds anything else is refused and left as it is."""
    folder = tmp_path / "new"
    for entry in inside:
        folder.mkdir(exist_ok=True)
        (folder / entry).write_text("kept")
    if not inside:
        with running(folder, "--new") as (process, _, home):
            assert httpx2.get(f"{home}/static/app.css").status_code == 200
            process.send_signal(signal.SIGINT)
            process.wait(30)
        assert not folder.exists()  # nothing was sent: nothing is left
        return
    with pytest.raises(CaseError, match="other files"):
        serve(folder, pytest.fail, browser=False, new=True)
    assert sorted(path.name for path in folder.iterdir()) == sorted(inside)


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
