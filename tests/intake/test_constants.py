"""Constants and distances: what a layout says of every row, and of what its numbers mean."""

import pytest

from answerable.errors import ClockError, LayoutError
from answerable.intake.inspect import inspect
from comparing import COMPARISONS

GENUINE = '[columns]\nscore = ["score"]\n[constants]\nmated = "yes"\n'


def test_a_constant_stands_in_every_record(compare):
    """A file of genuine scores alone gives records that say so, and the account says where that comes from."""
    taken = compare(GENUINE, "score\n0.5\n0.25\n", name="genuine.csv")
    assert taken.rows("mated, mated_state, score") == [("yes", "present", 0.5), ("yes", "present", 0.25)]
    assert taken.source.states["mated"] == {"present": 2}
    assert (
        "In every record, mated is 'yes': the layout mine-0 says so, not the export." in taken.source.notices
    )


def test_two_files_of_one_shape_are_told_apart_by_their_constant(compare):
    """Genuine and impostor scores in one header are two layouts by the names of their columns."""
    layouts = [
        f'[columns]\nscore = ["{name}"]\n[constants]\nmated = "{mated}"\n'
        for name, mated in (("genuine", "yes"), ("impostor", "no"))
    ]
    taken = compare(layouts, "genuine\n0.9\n", "impostor\n0.1\n")
    assert taken.rows("mated, score") == [("yes", 0.9), ("no", 0.1)]


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        ("yes", "yes", "present"),
        (" no ", "no", "present"),
        ("REDACTED", None, "withheld"),
        ("n/a", None, "blank"),
    ],
)
def test_a_constant_goes_through_the_states_of_a_cell(compare, text, value, state):
    """What says nothing is blank, and what was taken out is withheld, wherever the text stands."""
    layout = GENUINE.replace('"yes"', f'"{text}"')
    assert compare(layout, "score\n0.5\n").rows("mated, mated_state") == [(value, state)]


def test_a_constant_and_a_cell_of_one_text_are_one_value(compare):
    """A pseudonym, a number, a range and a time are parsed from a constant as from a column."""
    fields = {
        "probe": "Sample 7",
        "attempts": "1,204",
        "span": "2024-03-01 10:00:00 to 2024-03-02 10:00:00",
        "tried_at": "25/04/2024 10:00:00",
    }
    said = "\n".join(f'{name} = "{text}"' for name, text in fields.items())
    listed = "\n".join(f'{name} = ["{name}"]' for name in fields)
    constant = f'kind = "trial"\n[columns]\nscore = ["score"]\n[constants]\n{said}\n'
    exported = f'kind = "trial"\n[columns]\nreference = ["ref"]\n{listed}\n'
    cells = ",".join(f'"{text}"' for text in fields.values())
    taken = compare([constant, exported], "score\n1\n", f"ref,{','.join(fields)}\nx,{cells}\n")
    columns = (
        "probe, attempts, CAST(span_start AS VARCHAR), CAST(span_end AS VARCHAR), CAST(tried_at AS VARCHAR)"
    )
    one, other = taken.rows(columns)
    assert one == other
    assert one[1:] == (1204, "2024-03-01 10:00:00", "2024-03-02 10:00:00", "2024-04-25 10:00:00")


def test_a_row_without_any_cell_is_no_record_for_its_constant(compare):
    """What the layout says of every row does not make a record of a row that holds nothing."""
    layout = '[columns]\nscore = ["score"]\nprobe = ["probe"]\n[constants]\nmated = "yes"\n'
    taken = compare(layout, "probe,score\na,0.5\n,\n-,n/a\n")
    assert (taken.source.kept, taken.source.reasons) == (
        1,
        {"holds nothing": 1, "holds only placeholders": 1},
    )


@pytest.mark.parametrize("careful", [False, True])
def test_both_readers_give_a_constant(compare, monkeypatch, careful):
    """The engine's reader and the careful one give the same records under a layout with a constant."""
    if careful:
        monkeypatch.setattr("answerable.intake.staging._fast", lambda *_: False)
    taken = compare(GENUINE, "score\n0.5\n85.25\n\n-3\n")
    assert taken.rows("mated, score") == [("yes", 0.5), ("yes", 85.25), ("yes", -3.0)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'mated = ["m"]\nscore = ["s"]\n[constants]\nmated = "yes"',
            "'mated' stands under \\[columns\\] and under",
        ),
        ('score = ["s"]\n[constants]\nmade = "yes"', "no field 'made'"),
        ('score = ["s"]\n[constants]\nmated = true', "constants.mated is True"),
        ('score = ["s"]\n[constants]\nmated = " "', "constants.mated is ' '"),
        ('score = ["s"]\n[constants]\nid = "7"', "constants.id is the same in every row"),
        ('mated = ["m"]\n[constants]\nscore = "high"', "constants.score is 'high'"),
        ('\n[constants]\nscore = "1"', "no column is read"),
    ],
)
def test_a_wrong_constant_is_named(written_layout, text, words):
    """Each mistake under [constants] is an error that names it."""
    with pytest.raises(LayoutError, match=words):
        written_layout(f"[columns]\n{text}\n")


@pytest.mark.parametrize(
    ("constant", "error", "words"),
    [
        ('score = "1001"', LayoutError, "constants.score is '1001'\nExpected: a number from -1000 to 1000"),
        ('tried_at = "last week"', ClockError, "'constants.tried_at' does not hold times"),
        ('tried_at = "03/04/2025"', ClockError, "'constants.tried_at': every date"),
        ('tried_at = "0000-05-16 02:57:44"', LayoutError, "constants.tried_at is '0000-05-16 02:57:44'"),
    ],
)
def test_a_constant_without_a_value_is_refused_once(compare, constant, error, words):
    """It would be wrong in every row: the layout is named, and no row is set aside."""
    layout = f'kind = "trial"\n[columns]\nprobe = ["probe"]\n[constants]\n{constant}\n'
    with pytest.raises(error, match=words) as caught:
        compare(layout, "probe\na\nb\n")
    assert caught.value.where.endswith("mine-0.toml")


def test_distances_are_stored_with_the_sign_turned(compare):
    """Where lower is more alike the order is turned, nought has no sign, and the account says what was done."""
    taken = compare('negated = ["score"]\n[columns]\nscore = ["distance"]\n', "distance\n0.5\n0\n1e-3\n-2\n")
    assert taken.rows("score") == [(-0.5,), (0.0,), (-0.001,), (2.0,)]
    assert taken.rows("CAST(score AS VARCHAR)")[1] == ("0.0",)
    assert any("stored with its sign turned" in each for each in taken.source.notices)


def test_the_bounds_are_of_the_number_as_it_is_stored(compare):
    """A distance of 1001 is a score of -1001, which is out of bounds; its cell is listed as the file has it."""
    taken = compare(
        'negated = ["score"]\n[columns]\nscore = ["d"]\nprobe = ["p"]\n',
        "p,d\na,1000\nb,1001\nc,-1001\nd,nan\n",
    )
    assert taken.rows("score") == [(-1000.0,), (None,), (None,), (None,)]
    assert [(one["line"], one["raw text"]) for one in taken.bad_cells()] == [
        ("3", "1001"),
        ("4", "-1001"),
        ("5", "nan"),
    ]


@pytest.mark.parametrize("field", ["mated", "attempts", "nothing"])
def test_only_a_column_of_numbers_is_negated(written_layout, field):
    """A category has no sign, and neither has a field that the file does not hold."""
    with pytest.raises(LayoutError, match=f"negated names '{field}'"):
        written_layout(f'negated = ["{field}"]\n[columns]\nscore = ["s"]\nmated = ["m"]\nattempts = ["a"]\n')


def test_a_constant_is_not_negated(written_layout):
    """A number that the layout states needs no turning."""
    with pytest.raises(LayoutError, match="negated names 'score'"):
        written_layout('negated = ["score"]\n[columns]\nmated = ["m"]\n[constants]\nscore = "1"\n')


def test_inspect_tells_what_the_layout_says(tmp_path, written_layout):
    """A constant is shown as one, an identifier among them masked, and a distance is said to be turned."""
    layout = written_layout(
        'negated = ["score"]\n[columns]\nscore = ["d"]\n[constants]\nmated = "yes"\nprobe = "Sample 7"\n'
    )
    (tmp_path / "scores.csv").write_text("d\n0.5\n0.25\n", encoding="utf-8")
    (view,) = inspect([tmp_path / "scores.csv"], [layout], COMPARISONS)
    shown = {column.field: column for column in view.columns}
    assert (shown["mated"].constant, shown["mated"].values, shown["mated"].states) == (
        True,
        ("yes",),
        {"present": 2},
    )
    assert shown["probe"].values == ("(masked)",)
    assert "sign turned" in shown["score"].note
    assert not shown["reference"].constant
