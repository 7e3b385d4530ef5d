"""The form about requests for face searches: drawn, judged and concluded on a synthetic office, and nobody is named."""

import json

import pytest

from answerable import audit
from answerable.auditing.planning import sizes
from answerable.auditing.reviewing import conclude_review, draw_review, frame_of, shown_items
from answerable.programmes.faces.plain import PLAIN
from answerable.programmes.faces.simulate import Office, write_requests
from answerable.review import Request
from answerable.review.masking import masked
from review.conftest import SEED


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A case of an office's requests."""
    folder = tmp_path_factory.mktemp("office")
    write_requests(Office(requests=300, seed=3), folder / "requests.csv")
    audit(folder / "requests.csv", folder / "case")
    return folder / "case"


def test_requests_are_drawn_judged_and_concluded(office):
    """Each question has a share of all requests with its interval, and the report shows them."""
    frame = frame_of(office, "requests")
    asked = Request(
        name="faces", seed=SEED, sizes=sizes(frame, 30, "proportional"), reviewers=("ann",), confidence=0.95
    )
    desk = draw_review(office, asked, form="requests", frame=frame)
    given = {
        item.number: (
            {"purpose": "fits", "corroboration": "supported", "review": "not-reviewed"}
            if item.number <= 6
            else {"purpose": "fits", "corroboration": "no-action"},
            "",
        )
        for item in desk.sample.items
    }
    desk.judge_all("ann", given)
    made, found = conclude_review(office, "faces")
    assert [each.estimate.numerator for each in found.answered] == [0, 0, 6]
    assert {each.estimate.denominator for each in found.answered} == {30}
    assert "Did a second trained person review the candidates" in made.report.read_text("utf-8")
    (review,) = json.loads((made.folder.current / "findings.json").read_bytes())["reviews"]
    assert review["title"] == "Whether a face search was within policy"


def test_a_reviewer_sees_nobody(office):
    """No requester, supervisor or reviewer stands in what is shown; of an identifier it is said that one was given."""
    frame = frame_of(office, "requests")
    asked = Request(name="seen", seed=SEED, sizes=sizes(frame, 20, "proportional"), reviewers=("ann",))
    desk = draw_review(office, asked, form="requests", frame=frame)
    for item in shown_items(office, desk):
        labels = {cell.label: cell.text for cell in item.cells}
        assert not {"Requester", "First reviewer", "Second reviewer", "Sex", "Age"} & set(labels)
        assert labels["Case number"] in ("given (not shown)", "blank")
        assert labels["Supervisor"] in ("given (not shown)", "blank")
        assert labels["Offence"] in ("Burglary", "Robbery", "Retail theft", "Assault", "Fraud", "blank")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Aggravated robbery", "Aggravated robbery"),
        ("robbery, suspect John Law", "robbery, suspect [word of 4 letters] [word of 3 letters]"),
        ("Case 24-1882", "Case [letters and digits, 7]"),
        (
            "grand larceny by field agent Booth",
            "[word of 5 letters] larceny by [word of 5 letters] [word of 5 letters] [word of 5 letters]",
        ),
    ],
)
def test_only_plain_words_are_shown(text, shown):
    """Offences are shown; names and numbers are told by their form."""
    assert masked(text, PLAIN)[0] == shown
