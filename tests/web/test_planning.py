"""The sample-size calculator and the form that draws, against the functions that the command line uses."""

import html
import re

import pytest

from answerable.auditing import planning
from answerable.review import names

DRAW = {
    "form": "searches",
    "title": "first",
    "seed": "51326143265412635412",
    "size": "12",
    "reviewers": "ann\nben",
    "twice": "4",
}


@pytest.mark.parametrize(
    ("asked", "plan"),
    [
        ({"aim": "test", "tolerable": "5"}, {"tolerable": 0.05}),
        ({"aim": "test", "tolerable": "5 %", "expected": "1", "population": "5,000", "confidence": "90"},
         {"tolerable": 0.05, "expected": 0.01, "population": 5_000, "confidence": 0.9}),
        ({"aim": "estimate", "margin": "2.5", "tolerable": "5"}, {"margin": 0.025}),
        ({"aim": "test", "tolerable": "5", "looks": "30, 60 90"}, {"tolerable": 0.05, "looks": (30, 60, 90)}),
    ],
)  # fmt: skip  # a form and the plan that it asks for
def test_the_calculator_says_what_the_plan_says(client, asked, plan):
    """The page shows the size and every sentence of the plan, as Python gives it."""
    text = html.unescape(client.get("/plan", params=asked).text)
    found = planning.plan(**plan)
    assert f'<p class="figure">{found.size:,}</p>' in text
    assert all(sentence in text for sentence in found.sentences)


@pytest.mark.parametrize(
    "asked",
    [
        {"aim": "test", "tolerable": "x"},
        {"aim": "test", "tolerable": "0"},
        {"aim": "test", "tolerable": "100"},
        {"aim": "test", "tolerable": "-5"},
        {"aim": "test", "tolerable": "nan"},
        {"aim": "test", "tolerable": "5", "expected": "9"},
        {"aim": "test", "tolerable": "5", "population": "many"},
        {"aim": "test", "tolerable": "5", "population": "9" * 30},
        {"aim": "test", "tolerable": "5", "confidence": "0"},
        {"aim": "test", "tolerable": "5", "looks": "90 30"},
        {"aim": "test", "tolerable": "5", "looks": "-1"},
        {"aim": "estimate", "margin": "0.000001"},
        {"aim": "estimate", "margin": "1e-300"},
    ],
    ids=str,
)
def test_a_plan_that_cannot_be_is_said(client, asked):
    """What makes no plan is said on the page, with what was sent still in the form; nothing fails."""
    answer = client.get("/plan", params=asked)
    assert answer.status_code == 422, answer.text
    assert 'role="alert"' in answer.text
    assert "<script>" not in answer.text


def test_a_draw_is_the_same_as_at_the_command_line(served, client):
    """What the form draws is the sample that Python draws of the same case, request and seed, to the byte."""
    from review.conftest import drawn  # noqa: PLC0415 - the one test that draws both ways

    assert client.post("/draw", data=DRAW).headers["location"] == "/reviews/first"
    path = served.case / "reviews" / "first" / "sample.json"
    data = path.read_bytes()
    path.unlink()
    path.parent.rmdir()
    desk = drawn(served.case, size=12, twice=4)
    assert (desk.folder / "sample.json").read_bytes() == data


@pytest.mark.parametrize(
    "more",
    [
        {"strata": "month"},
        {"strata": "searches.no_reason", "sizes": "counted=all"},
        {"among": "searches.no_reason", "size": "1", "twice": "0"},
        {"clusters": "user_name", "size": "3"},
        {"clusters": "user_name", "size": "3", "whole_above": "4"},
        {"looks": "10 20", "tolerable": "20"},
        {"tolerable": "5", "confidence": "90"},
    ],
    ids=str,
)
def test_each_kind_of_sample_can_be_drawn(client, more):
    """Strata, what a measure counts, clusters and sequential plans are drawn from the same form, and each can be opened."""
    answer = client.post("/draw", data=DRAW | more)
    assert answer.status_code == 303, html.unescape(re.sub("<[^>]+>", " ", answer.text))
    assert client.get("/reviews/first").status_code == 200
    assert client.post("/reviews/first/as", data={"reviewer": "ann"}).status_code == 303
    assert client.get("/reviews/first/next").headers["location"].startswith("/reviews/first/items/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "../key"},
        {"title": ""},
        {"title": "First"},
        {"seed": " "},
        {"size": "0"},
        {"size": "1000000"},
        {"size": "-1"},
        {"reviewers": ""},
        {"reviewers": "ann\nANN"},
        {"reviewers": "<script>"},
        {"twice": "13"},
        {"strata": "reason"},
        {"strata": "month; DROP TABLE searches"},
        {"among": "searches.none"},
        {"clusters": "plate_state_code"},
        {"whole_above": "4"},
        {"clusters": "user_name", "whole_above": "many"},
        {"clusters": "user_name", "size": "1", "twice": "0", "whole_above": "4"},
        {"strata": "month", "clusters": "user_name"},
        {"looks": "10 20"},
        {"confidence": "100"},
        {"question": "none", "looks": "10", "tolerable": "20"},
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_said(served, client, wrong):
    """Each wrong field is said on the form, which keeps what was sent; no review is made."""
    answer = client.post("/draw", data=DRAW | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert DRAW["seed"] in answer.text or "seed" in wrong
    assert names(served.hall.folder) == []


def test_a_form_is_no_path(served, client, tmp_path):
    """A form from outside is not opened: only those that are shipped can be drawn with here."""
    own = tmp_path / "own.yaml"
    own.write_text("id: own", encoding="utf-8")
    assert client.get("/draw", params={"form": str(own)}).status_code == 200
    assert client.post("/draw", data=DRAW | {"form": str(own)}).status_code == 303
    assert served.hall.desk("first").sample.form.id == "searches"
