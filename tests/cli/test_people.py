"""Who may work on a case, at the command line."""

import json

import pytest

PASSWORD = "correct horse battery staple"  # noqa: S105 - a password of nobody


@pytest.fixture
def file(tmp_path):
    """A file that holds a password."""
    made = tmp_path / "password.txt"
    made.write_text(PASSWORD + "\n")
    return made


def test_people_are_added_listed_and_removed(answerable, a_case, file):
    """Each command says what it did; the list holds names and roles and no password."""
    ran = answerable("people", "add", a_case, "Eve Moss", "--role", "auditor", "--password-file", file)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Eve Moss may work on ")
    answerable("people", "add", a_case, "ann", "--password-file", file)
    listed = answerable("people", "list", a_case)
    assert listed.out == "Eve Moss  auditor\nann       reviewer\n"
    assert answerable("people", "list", a_case, "--json").json == [
        {"name": "Eve Moss", "role": "auditor"},
        {"name": "ann", "role": "reviewer"},
    ]
    assert PASSWORD not in (a_case / "people.json").read_text()
    assert answerable("people", "remove", a_case, "ann").out.startswith("ann may no longer work on ")
    assert [one["title"] for one in json.loads((a_case / "people.json").read_text())] == ["Eve Moss"]
    assert answerable("people", "remove", a_case, "Eve Moss").code == 0
    assert "Nobody is on the list" in answerable("people", "list", a_case).out


@pytest.fixture
def places(a_case, file, tmp_path):
    """What stands for the words of a command below."""
    short = tmp_path / "short.txt"
    short.write_text("short")
    return {"CASE": a_case, "FILE": file, "SHORT": short, "NONE": tmp_path / "none"}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("add", "CASE", "dan", "--role", "owner", "--password-file", "FILE"), 2),
        (("add", "CASE", "dan", "--password-file", "SHORT"), 2),
        (("remove", "CASE", "dan"), 2),
        (("list", "NONE"), 4),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said(answerable, places, options, code):
    """A role that there is not, a short password, nobody of that name and no case: each a sentence with what to do."""
    ran = answerable("people", *(places.get(each, each) for each in options))
    assert ran.code == code
    assert "What to do:" in ran.err


def test_the_case_verifies_with_people(answerable, a_case, file):
    """The list is no part of a version: the manifest holds with it."""
    answerable("people", "add", a_case, "ann", "--role", "auditor", "--password-file", file)
    assert answerable("verify", a_case).code == 0
