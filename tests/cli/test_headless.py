"""A file without a header at the command line: what is said of it, and how a layout is named for it."""

import tomllib

import numpy as np
import pytest

from answerable import auditing

OWN = 'kind = "search"\ntitle = "Ours"\nheader = false\nwidth = 3\n[columns]\nsearched_at = ["3"]\nuser_id = ["1"]\n[constants]\nagency = "Springfield OR PD"\n'
LOG = "u1,17,2025-06-18 10:00:00\nu2,18,2025-06-19 11:00:00\n"


@pytest.fixture
def log(tmp_path, monkeypatch):
    """A log without a header, and a layout for it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return "log.csv"


def test_an_audit_reads_it_where_its_layout_is_named(answerable, log, tmp_path):
    """With --layout every row is a record; the account tells what the layout says and the file does not."""
    assert answerable("audit", log, "--case", "case", "--layout", "own.toml").code == 0
    (source,) = auditing.open_case(tmp_path / "case").sources
    assert (source.layout, source.rows_in, source.kept) == ("own", 2, 2)
    assert any("In every record, organisation is 'Springfield OR PD'" in each for each in source.notices)


@pytest.mark.parametrize("command", [("audit", "--case", "case"), ("inspect",)])
def test_without_it_both_commands_say_that_one_can_be_named(answerable, log, command):
    """Bad input, with what to do where the first row is a record."""
    name, *options = command
    ran = answerable(name, log, *options)
    assert ran.code == 3
    said = ran.out + ran.err
    assert (
        "If its first row is a record, the file has no header: name a layout without one with --layout; of 2 columns there is scores-without-header"
        in said
    )
    assert "2025" not in said


def test_inspect_shows_it_by_place(answerable, log):
    """Columns are called by their place, and what is the same in every row is told."""
    ran = answerable("inspect", log, "--layout", "own.toml")
    assert ran.code == 0
    assert "layout: own (Ours); utf-8, comma" in ran.out
    assert "'3': 2 present; states no zone: give --timezone; e.g. 2025-06-18" in ran.out
    assert (
        "in no column: 2 present; the same in every row, as the layout says; e.g. Springfield OR PD"
        in ran.out
    )


def test_a_layout_is_shown_with_all_that_it_says(answerable, log):
    """`layouts show` names places, constants, and when it is asked."""
    shown = answerable("layouts", "show", "own.toml")
    assert shown.code == 0
    assert log
    assert "searched_at  column 3" in shown.out
    assert "agency       'Springfield OR PD' in every row" in shown.out
    assert "The export has no header: columns are named by their place, of 3." in shown.out
    data = answerable("layouts", "show", "own.toml", "--json").json
    assert (data["header"], data["width"], data["delimiter"], data["negated"]) == (False, 3, "", [])
    assert data["constants"] == {"agency": "Springfield OR PD"}


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_matrix_is_bad_input_with_a_draft(answerable, tmp_path, options):
    """An array whose columns have no names exits as bad input, and gives a layout to edit."""
    np.save(tmp_path / "scores.npy", np.zeros((3, 4)))
    ran = answerable("inspect", tmp_path / "scores.npy", *options)
    assert ran.code == 3
    if options:
        draft = tomllib.loads(ran.json[0]["suggestion"])
        assert (draft["header"], draft["width"]) == (False, 4)
    else:
        assert "the array has 4 columns without names" in ran.out
        assert "width = 4" in ran.out


def test_what_is_read_is_named_in_the_error(answerable, tmp_path):
    """A file of another type is told which types there are, arrays among them."""
    (tmp_path / "scores.mat").write_bytes(b"MATLAB")
    ran = answerable("inspect", tmp_path / "scores.mat")
    assert ran.code == 3
    assert ".npy, .parquet, .h5, .hdf5, .shp, .gpkg, .npz" in ran.err
