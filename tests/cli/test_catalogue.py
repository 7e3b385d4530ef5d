"""`measures`, `policies` and `layouts` list what exists and show each in full."""

import pytest

from answerable.auditing import catalogue

LISTS = {
    "measures": catalogue.measures,
    "policies": catalogue.policies,
    "layouts": catalogue.layouts,
}
NAMES = [(command, name) for command, lister in LISTS.items() for name, _ in lister()]


@pytest.mark.parametrize("command", LISTS)
def test_the_list_names_everything_once(answerable, command):
    """Each entry is one line: its name and what it is."""
    lines = answerable(command).out.splitlines()
    names = [name for name, _ in LISTS[command]()]
    assert len(names) > 5
    assert [line.split()[0] for line in lines] == names
    assert all(len(line.split()) > 1 for line in lines)


@pytest.mark.parametrize("command", LISTS)
def test_the_list_as_json(answerable, command):
    """The same list as JSON: name and summary."""
    assert answerable(command, "--json").json == [
        {"name": name, "summary": summary} for name, summary in LISTS[command]()
    ]


@pytest.mark.parametrize(("command", "name"), NAMES)
def test_each_is_shown_in_full(answerable, command, name):
    """`show` takes every name of the list, and gives text that says more than the list, and its data as JSON."""
    summary = dict(LISTS[command]())[name]
    ran = answerable(command, "show", name)
    assert (ran.code, ran.err) == (0, "")
    assert name in ran.out
    assert len(ran.out) > len(summary) + 50
    data = answerable(command, "show", name, "--json").json
    assert name in {data.get("name"), data.get("id")}


@pytest.mark.parametrize(
    ("command", "slip", "meant"),
    [
        ("measures", "searches.no_reson", "searches.no_reason"),
        ("policies", "us-cal", "us-ca"),
        ("layouts", "split_date", "split-date"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_the_nearest(answerable, command, slip, meant):
    """An unknown name is a usage error that suggests the one that was meant."""
    ran = answerable(command, "show", slip)
    assert ran.code == 2
    assert repr(slip) in ran.err
    assert meant in ran.err.partition("Expected: ")[2].splitlines()[0]
    assert "What to do: List them" in ran.err


@pytest.mark.parametrize("command", LISTS)
def test_a_name_that_is_near_nothing(answerable, command):
    """A name that is like none is a usage error that says where the list is."""
    ran = answerable(command, "show", "§§§")
    assert ran.code == 2
    assert f"one of the {len(LISTS[command]())} that the list shows" in ran.err


def test_files_of_ones_own_are_shown_too(answerable, tmp_path):
    """A layout or pack of one's own is shown by its path; a file that is none is bad input."""
    own = tmp_path / "own.toml"
    own.write_text('kind = "search"\ntitle = "Ours"\n[columns]\nsearched_at = ["When"]\n', encoding="utf-8")
    assert "own: Ours" in answerable("layouts", "show", own).out
    own.write_text("kind = 7", encoding="utf-8")
    assert answerable("layouts", "show", own).code == 3
    (tmp_path / "own.yaml").write_text("[", encoding="utf-8")
    assert answerable("policies", "show", tmp_path / "own.yaml").code == 3
    assert answerable("policies", "show", tmp_path / "gone.yaml").code == 2
