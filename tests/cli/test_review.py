"""The review desk at the command line, from the plan to the conclusion."""

import json

import pytest

SEED = "51326143265412635412"


def test_a_plan_says_how_many_to_draw(answerable):
    """The published size for 5 % tolerated, none expected, 95 % confidence is 59, and the plan says what it buys."""
    ran = answerable("review", "plan", "--tolerable", "0.05")
    assert ran.code == 0
    assert ran.out.startswith("Draw 59 of very many records.\n")
    assert answerable("review", "plan", "--tolerable", "0.05", "--json").json["size"] == 59


@pytest.mark.parametrize(
    "options",
    [(), ("--tolerable", "0.05", "--margin", "0.05"), ("--tolerable", "0.05", "--expected", "0.06")],
)
def test_a_plan_that_cannot_be_is_said(answerable, options):
    """Neither or both aims, or more expected than is tolerated: exit code 2, with what would be right."""
    ran = answerable("review", "plan", *options)
    assert ran.code == 2
    assert "What to do:" in ran.err


def test_the_desk_from_draw_to_conclusion(answerable, a_case):
    """Draw, judge as two, see the dispute, settle it, conclude: each command says what it did, and the case verifies."""
    draw = (
        "review",
        "draw",
        a_case,
        "--name",
        "first",
        "--seed",
        SEED,
        "--size",
        "6",
        "--reviewer",
        "ann",
        "--reviewer",
        "ben",
    )
    ran = answerable(*draw, "--twice", "2", "--json")
    assert (ran.code, ran.json["items"], ran.json["reviewers"]) == (0, 6, {"ann": 4, "ben": 4})
    sample = json.loads((a_case / "reviews" / "first" / "sample.json").read_bytes())
    plain = ("--answer", "purpose=cannot-tell", "--answer", "support=supported")
    for item in sample["items"]:
        for who in item["reviewers"]:
            other = ("--answer", "purpose=none-stated", "--answer", "support=supported")
            mine = other if (item["number"], who) == (1, "ben") else plain
            assert (
                answerable("review", "judge", a_case, "first", item["number"], "--reviewer", who, *mine).code
                == 0
            )
    status = answerable("review", "status", a_case, "first", "--json").json
    assert status["in dispute"] == [1]
    settle = (
        "review",
        "adjudicate",
        a_case,
        "first",
        "1",
        "--as",
        "ann and ben",
        *plain,
        "--note",
        "read together",
    )
    assert answerable(*settle).code == 0
    ran = answerable("review", "conclude", a_case, "first")
    assert ran.code == 0
    assert "purpose: Reviewers judged that 0 of 6 drawn searches" in ran.out
    assert answerable("verify", a_case).code == 0


def test_an_item_is_shown_with_its_questions(answerable, a_case):
    """Without an answer the command shows the item, masked, where it stands, and the ids to answer with."""
    answerable(
        "review", "draw", a_case, "--name", "first", "--seed", SEED, "--size", "3", "--reviewer", "ann"
    )
    ran = answerable("review", "judge", a_case, "first", "2", "--reviewer", "ann")
    assert ran.code == 0
    assert "row " in ran.out
    assert "[ ] none-stated: No purpose is stated" in ran.out
    assert "given (not shown)" in ran.out


def test_workbooks_go_out_and_come_back(answerable, a_case, tmp_path):
    """Export writes a workbook; an import of it unfilled takes nothing over and says how many are left."""
    answerable(
        "review", "draw", a_case, "--name", "first", "--seed", SEED, "--size", "5", "--reviewer", "ann"
    )
    path = tmp_path / "ann.xlsx"
    assert answerable("review", "export", a_case, "first", "--reviewer", "ann", "--to", path).out.startswith(
        "5 items of ann"
    )
    ran = answerable("review", "import", a_case, "first", path, "--reviewer", "ann")
    assert (ran.code, ran.out) == (0, "0 items of ann taken over; 5 still to judge.\n")


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (("status", "first"), 2, "the case has no review 'first'"),
        (
            ("draw", "--name", "a", "--seed", "1", "--size", "5", "--reviewer", "ann", "--form", "none"),
            2,
            "no review form 'none'",
        ),
        (("draw", "--name", "a", "--seed", "1", "--reviewer", "ann"), 2, "nothing would be drawn"),
    ],
)
def test_what_cannot_be_done_is_said(answerable, a_case, command, code, said):
    """Each error has its exit code and says what would be right."""
    ran = answerable("review", command[0], a_case, *command[1:])
    assert ran.code == code
    assert said in ran.err
