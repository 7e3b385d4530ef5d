"""The list of measures and the page of each."""

import html

import pytest

from answerable.estimate import Estimate, NotMeasurable


def test_every_measure_has_a_page(served, client):
    """Each measure of the case is in the list, and its page says its sentence, figure and query, or why it could not be taken."""
    listed = client.get("/measures").text
    for name, found in served.hall.case().measures.items():
        assert f'href="/measures/{name}"' in listed
        text = html.unescape(client.get(f"/measures/{name}").text)
        if isinstance(found, Estimate):
            assert found.sentence in text
            assert found.figure in text
            assert found.sql in text
        else:
            assert found.reason in text


@pytest.mark.parametrize("words", ["no reason", "REASON no", "searches.no_reason"])
def test_the_list_is_narrowed_by_words(client, words):
    """Every word must stand in a measure's name, title or sentence, in any letters and order."""
    text = client.get("/measures", params={"words": words}).text
    assert "/measures/searches.no_reason" in text
    assert text.count("<tr>") < client.get("/measures").text.count("<tr>")


def test_the_list_is_narrowed_by_what_could_be_taken(served, client):
    """Those that could not be taken can be seen alone."""
    absent = [name for name, each in served.hall.case().measures.items() if isinstance(each, NotMeasurable)]
    text = client.get("/measures", params={"only": "absent"}).text
    assert text.count('<th scope="row">') == len(absent)


def test_breakdowns_are_narrowed(served, client):
    """A breakdown can be shown alone, by what its labels hold and, where they are months, from one to another."""
    name, found = next(
        (name, each)
        for name, each in served.hall.case().measures.items()
        if isinstance(each, Estimate) and {"agency", "month"} <= set(each.breakdowns)
    )
    months = [part.label for part in found.breakdowns["month"]]
    agency = found.breakdowns["agency"][0].label
    whole = client.get(f"/measures/{name}").text
    assert whole.count("<h3>") == len([parts for parts in found.breakdowns.values() if parts])
    alone = client.get(f"/measures/{name}", params={"by": "agency", "part": agency.upper()}).text
    assert alone.count("<h3>") == 1
    fitting = sum(agency.casefold() in part.label.casefold() for part in found.breakdowns["agency"])
    assert alone.count('<th scope="row">') == fitting
    last = client.get(
        f"/measures/{name}", params={"by": "month", "since": months[-1], "until": "2999-01"}
    ).text
    assert last.count('<th scope="row">') == 1


@pytest.mark.parametrize(
    "query",
    ["by=none", "since=x", "until=%3Cscript%3E", "part=%3Cscript%3E", "by=agency&part=" + "x" * 1_000],
)
def test_a_filter_that_makes_no_sense_fails_nothing(client, query):
    """A filter that fits nothing, or is none, gives a page."""
    answer = client.get(f"/measures/searches.no_reason?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_an_unknown_measure_is_no_page(client):
    """A measure that the case does not hold is not found."""
    assert client.get("/measures/searches.none").status_code == 404
