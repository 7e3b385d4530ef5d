"""The pages to read."""

import re

import pytest

from answerable.report.outputs import OUTPUTS

PAGES = ("/", "/findings", "/sources", "/downloads", "/help")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_shown(client, page):
    """Each page answers, has one heading of the first rank, and marks itself among the tabs."""
    answer = client.get(page)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert len(re.findall("<h1", answer.text)) == 1
    assert f'<a href="{page}" aria-current="page">' in answer.text


def test_the_report_is_the_same_bytes(served, client):
    """The report that is served is the file that the audit wrote, to the byte."""
    assert client.get("/report.html").content == (served.case / "current" / "report.html").read_bytes()


@pytest.mark.parametrize("output", OUTPUTS)
def test_outputs_come_down_as_they_are(served, client, output):
    """Each of the four outputs is sent as a download of its own name, and the same bytes."""
    answer = client.get(f"/downloads/{output}")
    assert answer.content == (served.case / "current" / output).read_bytes()
    assert answer.headers["content-disposition"] == f'attachment; filename="{output}"'


def test_findings_stand_beside_their_clauses(served, client):
    """Every finding is shown with what its clause asks, and can be narrowed by status."""
    findings = served.hall.case().findings
    text = client.get("/findings").text
    assert text.count('class="finding"') == len(findings)
    assert text.count('class="clause"') == len(findings)
    some = [each for each in findings if each.status == "not shown"]
    assert client.get("/findings?status=not+shown").text.count('class="finding"') == len(some)


def test_an_unknown_filter_shows_nothing(client):
    """A status that is none narrows to nothing, and is not repeated on the page."""
    answer = client.get("/findings?status=%3Cscript%3E")
    assert answer.status_code == 200
    assert "No finding is like that." in answer.text
    assert "script&gt;" not in answer.text


def test_every_row_is_accounted_for(served, client):
    """The sources' page names each source by its SHA-256."""
    text = client.get("/sources").text
    assert all(source.sha256 in text for source in served.hall.case().sources)
