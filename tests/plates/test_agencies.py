"""What an organisation's name is read to say, and what it is not."""

import csv

import pytest

from answerable.engine import DuckDB
from answerable.programmes.plates import PROGRAMME
from answerable.programmes.plates.records import SEARCH
from planting import plant, table


def _read(names):
    with DuckDB() as engine:
        plant(engine, PROGRAMME, {"searches": table(SEARCH, [{"agency": name} for name in names])})
        return {name: tuple(rest) for name, *rest in engine.rows("SELECT * FROM agencies")}


def _state(name):
    return _read([name])[name][0]


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Springfield OR PD", "OR"),
        ("Boulder County CO SO", "CO"),
        ("Glendora (CA) PD", "CA"),
        ("Springfield [OR] PD", "OR"),
        ("Elkhart PD IN", "IN"),
        ("Springfield MO PD (Raven)", "MO"),
        ("OR - Ashland PD", "OR"),
        ("Buford GA Department of Public Safety", "GA"),
        ("Clark County IN Dispatch", "IN"),
        ("Fort Eustis VA US Army", "VA"),
        ("Oregon State Police", "OR"),
        ("West Virginia State Police", "WV"),
        ("University of Kentucky", "KY"),
        ("SLED - South Carolina Law Enforcement Division", "SC"),
        ("CITY OF SPRINGFIELD OR PD", "OR"),
        ("Oregon OH PD", "OH"),
        ("Nevada MO PD", "MO"),
        ("Springfield OR PD [Federal]", "OR"),
        ("Springfield OR PD [Inactive]", "OR"),
    ],
)
def test_the_state_is_read_wherever_the_name_shows_it(name, state):
    """The state is found in each of the forms that organisations' names take."""
    assert _state(name) == state


@pytest.mark.parametrize(
    "name",
    [
        "LA County Sheriff",
        "Georgetown - NOT IN USE",
        "DEPARTMENT OF FISH OR GAME",
        "Washington County SO",
        "Kansas City PD",
        "Virginia Beach PD",
        "FAIRFAX CO PD",
        "VA Medical Center",
        "Butte County SO",
        "Crestview Fl PD",
    ],
)
def test_a_name_that_does_not_show_a_state_gives_none(name):
    """A word or abbreviation that looks like a state's is not taken for one."""
    assert _state(name) is None


def test_sheriffs_department_is_not_south_dakota():
    """SD after another state's code is a sheriff's department."""
    assert _state("Riverside County CA SD") == "CA"
    assert _state("Minnehaha County SD SO") == "SD"


def test_county_is_not_colorado():
    """CO beside another state's code is "county"."""
    assert _state("Wagoner CO SO OK") == "OK"
    assert _state("Reeves CO TX SO") == "TX"


@pytest.mark.parametrize(
    "name",
    [
        "Anytown TX PD [Federal]",
        "FBI",
        "DEA Houston TX",
        "ATF Nashville TN",
        "ICE - HSI Portland OR",
        "U.S. Marshals Service",
        "US Postal Inspection Service",
        "United States Border Patrol",
        "CBP",
        "NCIS Norfolk VA",
        "U.S. Secret Service",
        "USMS (Inactive)",
    ],
)
def test_federal_bodies_are_known_by_tag_or_name(name):
    """A tag or a whole word of the list makes an organisation federal."""
    assert _read([name])[name][1] is True


@pytest.mark.parametrize(
    "name",
    [
        "Police Services OR PD",
        "Justice Center OH PD",
        "Federal Way WA PD",
        "Federal Heights CO PD",
        "Ice Harbor WA PD",
        "Idea PD",
        "Marshal TX PD",
        "Iowa Department of Homeland Security",
    ],
)
def test_words_that_hold_a_federal_name_are_not_federal(name):
    """Neither a part of a word nor a town called Federal makes an organisation federal."""
    assert _read([name])[name][1] is False


def test_the_inactive_tag_is_read_in_either_bracket():
    """Square and round brackets mark an inactive organisation; the bare word does not."""
    read = _read(["A OR PD [Inactive]", "USMS (Inactive)", "Inactive OR PD"])
    assert [read[name][2] for name in ("A OR PD [Inactive]", "USMS (Inactive)", "Inactive OR PD")] == [
        True,
        True,
        False,
    ]


def test_each_organisation_is_read_once_and_an_absent_one_not_at_all():
    """Repeated names give one row, and a search without an organisation gives none."""
    assert list(_read(["A OR PD", "A OR PD", None])) == ["A OR PD"]


def test_most_real_organisations_show_their_state(shared_data):
    """Of the 4,620 organisations in a newsroom's list, 98 show no state: vendors' demos, private bodies and the like."""
    with (shared_data / "plates" / "agency-sharing-2024.csv").open(encoding="utf-8", newline="") as file:
        names = {row[side] for row in csv.DictReader(file) for side in ("src_agency", "external_agency")}
    read = _read(sorted(names))
    assert len(read) == 4620
    assert sum(state is None for state, _, _ in read.values()) == 98
    # Where a name shows one code only, that is the state that is read.
    codes = {state for state, _, _ in read.values()} - {None}
    for name, (state, _, _) in read.items():
        shown = {
            word
            for word in name.replace("(", " ").replace(")", " ").replace("-", " ").split()
            if word in codes
        }
        assert len(shown) != 1 or state in shown or "NOT IN USE" in name, name
