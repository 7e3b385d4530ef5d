"""The review desk in the browser: who works, judging blind, settling, concluding."""

import re

import pytest

from review.conftest import answers, drawn, judge_all
from web_apps import Served

FIRST = "/reviews/first"


def sent(given, reviewer="ann", note="", **more):
    """Give what the judging form sends."""
    return (
        {f"q-{question}": choice for question, choice in given.items()}
        | {"reviewer": reviewer, "note": note}
        | more
    )


def works_as(client, reviewer, review="first"):
    """Choose who works in this browser."""
    answer = client.post(f"/reviews/{review}/as", data={"reviewer": reviewer})
    assert answer.status_code == 303, answer.text
    return client


def mine(desk, reviewer):
    """Give the numbers of a reviewer's items."""
    return [item.number for item in desk.sample.items if reviewer in item.reviewers]


@pytest.fixture
def ann(client, desk):
    """A browser in which ann works at the review."""
    assert desk.name == "first"
    return works_as(client, "ann")


def test_nobody_judges_without_saying_who(client, desk):
    """Until a reviewer is chosen an item leads to the choice, and a judgement is refused."""
    assert client.get(f"{FIRST}/items/1").headers["location"] == FIRST
    assert client.post(f"{FIRST}/items/1", data=sent(answers(1))).status_code == 422
    assert desk.journal.entries() == []


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("reviewer", ["", "eve", "Ann", "<script>", "a" * 5_000])
def test_only_a_reviewer_of_the_draw_may_work(client, reviewer):
    """A name that the sample was not drawn with is refused."""
    answer = client.post(f"{FIRST}/as", data={"reviewer": reviewer})
    assert answer.status_code == 422
    assert client.get(f"{FIRST}/items/1").status_code == 303


def test_items_come_one_after_the_other(ann, desk):
    """Each saved judgement is in the journal, by the browser, and leads to the next item that is still to judge."""
    at = ann.get(f"{FIRST}/next").headers["location"]
    for number in mine(desk, "ann"):
        assert at == f"{FIRST}/items/{number}"
        answer = ann.post(at, data=sent(answers(number), note="line\r\nline"))
        assert answer.status_code == 303
        entry = desk.journal.entries()[-1]
        assert (entry.who, entry.item, entry.answers, entry.note, entry.via) == (
            "ann", number, answers(number), "line\nline", "browser",
        )  # fmt: skip  # one entry, field by field
        at = answer.headers["location"]
    assert at == FIRST
    assert "You have judged all of your items." in ann.get(at).text


def test_what_is_saved_is_said_once(ann, desk):
    """The next page says what was saved; the one after it does not."""
    number = mine(desk, "ann")[0]
    at = ann.post(f"{FIRST}/items/{number}", data=sent(answers(number))).headers["location"]
    assert f"Item {number} is saved." in ann.get(at).text
    assert f"Item {number} is saved." not in ann.get(at).text


def test_answers_are_filled_in_and_can_be_changed(ann, desk):
    """An item that was judged shows the reviewer's own answers and note; a change is another line of the journal."""
    number = mine(desk, "ann")[0]
    page = f"{FIRST}/items/{number}"
    ann.post(page, data=sent({"purpose": "none-stated", "support": "cannot-tell"}, note="a note"))
    text = ann.get(page).text
    assert re.search(r'name="q-purpose" value="none-stated" checked', text)
    assert re.search(r'name="q-support" value="cannot-tell" checked', text)
    assert ">a note</textarea>" in text
    ann.post(page, data=sent({"purpose": "does-not-fit", "support": "cannot-tell"}))
    assert desk.judgements().changes == 1
    ann.post(page, data={"reviewer": "ann", "do": "withdraw"})
    assert desk.judgements().of(number, "ann") == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Purpose has no answer."),
        ({"purpose": "fits", "support": "supported"}, "Reach has no answer."),
        ({"purpose": "none-stated", "support": "supported", "reach": "proportionate"}, "is not asked after the answers before it"),
        ({"purpose": "fitz", "support": "supported"}, "Purpose is &#39;fitz&#39;."),
        ({"purpose": "none-stated", "support": "supported", "other": "x"}, "no question &#39;other&#39;"),
    ],
)  # fmt: skip  # a form and what is said of it
def test_a_wrong_form_is_said_and_kept(ann, desk, given, said):
    """What the form asks is checked here, whatever a script let through; the answers stay in the page, and nothing is saved."""
    number = mine(desk, "ann")[0]
    answer = ann.post(f"{FIRST}/items/{number}", data=sent(given, note="kept"))
    assert answer.status_code == 422
    assert said in answer.text[answer.text.index('role="alert"') :]
    assert ">kept</textarea>" in answer.text
    assert desk.journal.entries() == []


def test_a_note_that_is_too_long_is_said(ann, desk):
    """The desk's limit of a note is said on the page."""
    number = mine(desk, "ann")[0]
    answer = ann.post(f"{FIRST}/items/{number}", data=sent(answers(number), note="x" * 4_001))
    assert answer.status_code == 422
    assert "at most 4,000" in answer.text


def test_another_ones_item_is_no_page(ann, desk):
    """An item that only ben judges is no page of ann's, nor can it be judged by a form."""
    other = next(number for number in mine(desk, "ben") if number not in mine(desk, "ann"))
    assert ann.get(f"{FIRST}/items/{other}").status_code == 404
    assert ann.post(f"{FIRST}/items/{other}", data=sent(answers(other))).status_code == 422
    for number in (0, 13, 10**12):
        assert ann.get(f"{FIRST}/items/{number}").status_code == 404


def test_a_page_of_another_name_is_refused(ann, desk):
    """A page that was opened as ann saves nothing once the browser works as ben."""
    both = next(item.number for item in desk.sample.items if len(item.reviewers) > 1)
    works_as(ann, "ben")
    answer = ann.post(f"{FIRST}/items/{both}", data=sent(answers(both), reviewer="ann"))
    assert answer.status_code == 422
    assert "under another name" in answer.text
    assert desk.journal.entries() == []


def test_judging_is_blind(served, client):
    """A page shows nothing of the other's answers or note, of strata, of measures or of how the item was chosen.

    The page of an item is the same, byte for byte, before and after another reviewer judged it.
    """
    desk = drawn(served.case, size=20, twice=20, strata="searches.no_reason", allocation="counted=all")
    works_as(client, "ann")
    pages = [f"{FIRST}/items/{item.number}" for item in desk.sample.items]
    before = [client.get(page).text for page in pages]
    desk.judge_all(
        "ben",
        {
            item.number: ({"purpose": "none-stated", "support": "not-supported"}, "BENSNOTE")
            for item in desk.sample.items
        },
    )
    after = [client.get(page).text for page in pages]
    assert before == after
    for text in after:
        assert not re.search("BENSNOTE|ben|counted|stratum|ticket|searches.no_reason", text)
        assert not re.search(r"checked", text.replace('value="" checked', ""))
    counted = [item.number for item in desk.sample.items if item.stratum == 0]
    assert 0 < len(counted) < 20
    shape = [re.sub(r"(?s)<dl.*?</dl>|<p class=\"fine place.*?</p>|\d+", "", text) for text in after]
    assert len({each.replace("First item", "").replace("Last item", "") for each in shape[1:-1]}) == 1


def test_identifiers_are_not_on_the_page(ann, desk, served):
    """Of an account, plate or case number it is said whether one was given, and words that may name somebody are masked."""
    shown = served.hall.shown(desk)
    for number in mine(desk, "ann"):
        text = ann.get(f"{FIRST}/items/{number}").text
        assert all(cell.label in text for cell in shown[number].cells)
        assert "given (not shown)" in text


def test_disputes_are_told_once_all_is_judged(client, desk):
    """While anybody has items left nobody sees a dispute; then each stands with both answers."""
    number = next(item.number for item in desk.sample.items if len(item.reviewers) > 1)
    desk.judge("ann", number, {"purpose": "none-stated", "support": "supported"}, note="ANNSNOTE")
    desk.judge("ben", number, {"purpose": "does-not-fit", "support": "supported"})
    works_as(client, "ben")
    for page in (FIRST, "/", "/reviews", f"{FIRST}/conflicts"):
        text = client.get(page).text
        assert "1 item to settle" not in text
        assert "ANNSNOTE" not in text
    assert client.get(f"{FIRST}/conflicts/{number}").status_code == 404
    done = sent({"purpose": "fits"}, note="x", settler="eve")
    assert client.post(f"{FIRST}/conflicts/{number}", data=done).status_code != 303
    judge_rest(desk)
    assert f"Item {number}" in client.get(f"{FIRST}/conflicts").text
    assert "ANNSNOTE" in client.get(f"{FIRST}/conflicts/{number}").text


def judge_rest(desk):
    """Let everybody judge what is left, alike."""
    for who in desk.sample.request.reviewers:
        for item in desk.judgements().to_do(who):
            desk.judge(who, item.number, answers(item.number))


def test_settling_needs_another_name_and_a_reason(client, desk):
    """Neither of the two settles a dispute, in whatever letters; a reason is asked for; then it counts."""
    judge_all(desk, differ=range(1, 13))
    number = desk.judgements().conflicts()[0].number
    page = f"{FIRST}/conflicts/{number}"
    given = {"purpose": "none-stated", "support": "supported"}
    for settler, note in (("ann", "why"), ("ANN", "why"), (" ben ", "why"), ("", "why"), ("cleo", " ")):
        answer = client.post(page, data=sent(given, note=note, settler=settler))
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert number not in desk.judgements().settled
    assert client.post(page, data=sent(given, note="read together", settler="ann and ben")).status_code == 303
    assert desk.judgements().settled[number] == given
    entry = desk.journal.entries()[-1]
    assert (entry.who, entry.what, entry.note, entry.via) == (
        "ann and ben",
        "adjudicated",
        "read together",
        "browser",
    )
    assert client.get(page).status_code == 404


def test_concluding_leads_to_the_report(served, client, desk):
    """Concluding writes the report anew with what reviewers found, the same as from Python, and the case verifies."""
    assert client.post(f"{FIRST}/conclude").headers["location"] == "/working"
    while (answer := client.get("/working")).status_code == 200:
        pass
    assert answer.status_code == 422
    assert "Not every item is judged yet" in answer.text
    judge_rest(desk)
    client.post(f"{FIRST}/conclude")
    while (answer := client.get("/working")).status_code == 200:
        pass
    assert (answer.status_code, answer.headers["location"]) == (303, "/report.html#reviewed")
    report = client.get("/report.html")
    assert report.content == (served.case / "current" / "report.html").read_bytes()
    assert "What reviewers found" in report.text
    (found,) = served.hall.conclusions()
    assert found.answered[0].estimate.sentence in client.get(FIRST).text.replace("&#39;", "'")
    assert served.hall.case().verify() == []
    assert "Concluded" in client.get("/reviews").text


def test_a_reader_changes_nothing(served, desk):
    """Where another server has the case, each form that would change it is refused, and the journal stays as it is."""
    other = Served(served.case)
    with other.hall:
        client = works_as(other.client(), "ann")
        number = mine(desk, "ann")[0]
        assert client.get(f"{FIRST}/items/{number}").status_code == 200
        for page, data in (
            (f"items/{number}", sent(answers(number))),
            (f"conflicts/{number}", sent(answers(number), note="x", settler="cleo")),
            ("conclude", {}),
        ):
            answer = client.post(f"{FIRST}/{page}", data=data)
            assert answer.status_code == 409
            assert "this one only reads" in answer.text
    assert desk.journal.entries() == []


def test_a_changed_journal_is_said(served, ann, desk):
    """A journal that somebody changed is an error with its line, and takes no further judgement."""
    first, second, third = mine(desk, "ann")[:3]
    for number in (first, second):
        ann.post(f"{FIRST}/items/{number}", data=sent(answers(number)))
    path = desk.journal.path
    path.write_bytes(path.read_bytes().replace(b'"n":1,', b'"n":1, '))
    answer = ann.post(f"{FIRST}/items/{third}", data=sent(answers(third)))
    for broken in (answer, ann.get(f"{FIRST}/items/{first}")):
        assert broken.status_code == 409
        assert "line 2" in broken.text
        assert str(served.case) not in broken.text
    assert len(path.read_bytes().splitlines()) == 2
