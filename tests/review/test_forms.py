"""Review forms: what is read, and what is refused with its line."""

import pytest

from answerable.auditing.known import KINDS
from answerable.auditing.reviewing import form_of, shipped_forms
from answerable.errors import ReviewError, UsageError
from answerable.review import load_form

FORM = """\
id: mine
title: Whether it was right
records: searches
shows: [reason, plate]
questions:
  - id: first
    text: Was it right?
    choices:
      - id: yes
        text: It was
      - id: no
        text: It was not
      - id: unsure
        text: Cannot tell
    counts: [no]
    unsure: [unsure]
    finding: were not right
  - id: second
    text: Why?
    asked_when:
      first: [no]
    choices:
      - id: haste
        text: Haste
      - id: else
        text: Something else
    counts: [haste]
    finding: were made in haste
"""


def read(tmp_path, text):
    """Read a form from its text."""
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return load_form(path, KINDS)


def test_a_form_is_read_as_it_is_written(tmp_path):
    """Words that YAML would make true or false stay words, and questions keep their order and conditions."""
    form = read(tmp_path, FORM)
    assert [choice.id for choice in form.questions[0].choices] == ["yes", "no", "unsure"]
    assert form.questions[1].asked_when == {"first": ("no",)}
    assert form.shows == ("reason", "plate")


@pytest.mark.parametrize("name", shipped_forms())
def test_every_shipped_form_is_valid(name):
    """Each shipped form can be loaded by its id, and can leave every question open."""
    form = form_of(name)
    assert form.id == name
    assert all(question.unsure for question in form.questions)


FAULTS = {
    "a record kind that nobody may see": ("records: searches", "records: reads", 3, "records is 'reads'"),
    "a field that is not there": ("[reason, plate]", "[reason, plat]", 4, "'plate'?"),
    "an unknown key": ("    unsure: [unsure]", "    unshure: [unsure]", 16, "unknown key 'unshure'"),
    "everything counted": (
        "counts: [no]\n    unsure: [unsure]",
        "counts: [yes, no]\n    unsure: [unsure]",
        15,
        "one that is neither",
    ),
    "counted and unsure": ("counts: [no]", "counts: [unsure]", 15, "none of them unsure"),
    "two questions of one id": ("id: second", "id: first", 18, "two questions"),
    "a later question": ("      first: [no]", "      third: [no]", 21, "stands before this one"),
    "a choice twice": ("      - id: no\n", "      - id: yes\n", 9, "one choice twice"),
    "an id that is none": ("id: mine", "id: Mine!", 1, "small letters"),
}


@pytest.mark.parametrize(("before", "after", "line", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line(tmp_path, before, after, line, said):
    """What is wrong is said with the file, the line and what would be right."""
    assert before in FORM
    with pytest.raises(ReviewError) as error:
        read(tmp_path, FORM.replace(before, after))
    assert f"mine.yaml, line {line}:" in str(error.value)
    assert said in str(error.value)
    assert "docs/review-format.md" in str(error.value)


def test_answers_are_held_to_the_form(tmp_path):
    """A question that is asked needs an answer of its own, and one that is not asked takes none."""
    form = read(tmp_path, FORM)
    assert form.check({"first": "yes"}) == {"first": "yes"}
    assert form.check({"second": "haste", "first": "no"}) == {"first": "no", "second": "haste"}
    for wrong, said in (
        ({}, "first has no answer"),
        ({"first": "maybe"}, "first is 'maybe'"),
        ({"first": "no"}, "second has no answer"),
        ({"first": "yes", "second": "haste"}, "not asked after"),
        ({"first": "yes", "third": "x"}, "no question 'third'"),
    ):
        with pytest.raises(ReviewError, match=said):
            form.check(wrong)


def test_an_unknown_form_is_named():
    """A name that is neither a shipped form nor a file says what there is."""
    with pytest.raises(UsageError, match="'searches'"):
        form_of("serches")
