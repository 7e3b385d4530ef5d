"""The trail: who did what through the app, chained, and held by verify."""

import json

import pytest

from answerable.auditing import rebuild, verify
from answerable.review import ACTS
from web_apps import Served


@pytest.fixture
def walked(served):
    """A case in which somebody came in, downloaded, chose rules, drew a sample and left."""
    client = served.client()
    client.get("/downloads/measures.csv")
    client.post("/rules", data={"pack-us-ca": "yes", "pack-good-practice": "yes"})
    served.wait()
    sent = {
        "form": "searches",
        "title": "one",
        "seed": "51326143265412635412",
        "size": "6",
        "reviewers": "ann",
    }
    assert client.post("/draw", data=sent).status_code == 303
    client.post("/logout")
    return served


def test_the_trail_tells_what_was_done(walked):
    """Each act is a line with who, when and what, and a page shows them, the latest first."""
    acts = [(entry.what, entry.note) for entry in walked.hall.trail.entries()]
    assert acts == [
        ("came in", ""),
        ("downloaded", "measures.csv"),
        ("chose rules", "good-practice, us-ca"),
        ("drew", "the review one"),
        ("signed out", ""),
    ]
    assert verify(walked.case) == []


def test_a_page_shows_the_trail(served):
    """The page has a row for each line, beside that of the headings."""
    client = served.client()
    client.get("/downloads/report.html")
    page = client.get("/trail").text
    assert page.count("<tr><th") == 1 + 2
    assert page.index("downloaded") < page.index("came in")


def _drop_first(lines):
    return lines[1:]


def _drop_middle(lines):
    return lines[:2] + lines[3:]


def _drop_end(lines):
    return lines[:2]


def _change(lines):
    changed = json.loads(lines[1]) | {"who": "somebody else"}
    return [lines[0], json.dumps(changed), *lines[2:]]


def _add(lines):
    return [*lines, lines[-1]]


@pytest.mark.parametrize("change", [_drop_first, _drop_middle, _drop_end, _change, _add])
def test_verify_finds_what_was_done_to_the_trail(walked, change):
    """A line changed, taken out, put in, or an end cut off since the case's version was made."""
    rebuild(walked.case)
    path = walked.case / ACTS
    lines = path.read_text().splitlines()
    path.write_text("\n".join(change(lines)) + "\n")
    assert [one.path for one in verify(walked.case)] == [ACTS]


def test_a_trail_that_is_gone_is_found(walked):
    """Removing it whole is found too."""
    rebuild(walked.case)
    (walked.case / ACTS).unlink()
    assert [one.path for one in verify(walked.case)] == [ACTS]


def test_a_server_that_only_reads_writes_no_trail(served):
    """The one writer of the case keeps the trail; another server on it adds nothing."""
    served.client()
    other = Served(served.case)
    with other.hall:
        other.client().get("/downloads/report.html")
    assert [entry.what for entry in served.hall.trail.entries()] == ["came in"]


def test_the_outputs_are_the_same_with_a_trail(served, a_case):
    """The trail says nothing about the records: the report is the same bytes with it."""
    before = (a_case / "current" / "report.html").read_bytes()
    served.client()
    rebuild(a_case)
    assert (a_case / "current" / "report.html").read_bytes() == before
