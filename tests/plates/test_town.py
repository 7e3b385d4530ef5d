"""A synthetic town is audited, and what was planted in it is recovered exactly, whatever layout it was written in."""

import pytest

from answerable import NotMeasurable, audit
from answerable.programmes.plates.simulate import CUT, EXPORTS, Follower, Town, write_town

ZONE = "America/Los_Angeles"
WITHHELD = (("reason", 0.05), ("case_number", 0.1), ("agency", 0.02), ("plate", 0.03), ("search_type", 0.01))


@pytest.fixture(scope="module", params=sorted(EXPORTS))
def town(request, tmp_path_factory):
    """A town with every kind of fault, in one layout, and its audit."""
    folder = tmp_path_factory.mktemp(request.param)
    truth = write_town(
        Town(
            rows=3_000,
            seed=5,
            months=5,
            gap_days=4,
            duplicate=0.02,
            duplicate_differing=0.5,
            overlap=40,
            faults=True,
            untidy_header=True,
            withheld=WITHHELD,
            followers=(Follower(6, 40), Follower(12, 90)),
        ),
        folder / "logs",
        layout=request.param,
    )
    return truth, audit(folder / "logs", folder / "case", timezone=ZONE)


def test_every_measure_gives_what_was_planted(town):
    """Numerator and denominator of each planted measure are recovered to the last search."""
    truth, case = town
    wrong = {}
    for name, (counted, among) in truth.measures.items():
        found = case.measures[name]
        if isinstance(found, NotMeasurable):
            wrong[name] = f"not measurable: {found.reason}"
        elif found.kind == "share" and (found.numerator, found.denominator) != (counted, among):
            wrong[name] = f"{found.numerator} of {found.denominator}, planted {counted} of {among}"
        elif found.kind != "share" and found.value != pytest.approx(counted):
            wrong[name] = f"{found.value}, planted {counted}"
    assert wrong == {}
    assert len(truth.measures) > 5


def test_what_the_layout_does_not_carry_is_not_measurable(town):
    """A measure is a number where its fields were exported, and says what is missing where they were not."""
    truth, case = town
    for name, found in case.measures.items():
        if isinstance(found, NotMeasurable) and found.missing:
            assert not set(found.missing) & set(truth.fields), name


def test_every_row_is_accounted_for(town):
    """Rows in are those that were written; duplicates, overlaps and damaged rows are the planted ones."""
    truth, case = town
    assert {source.name.rpartition("/")[2]: source.rows_in for source in case.sources} == truth.files
    for source in case.sources:
        assert source.rows_in == source.kept + source.duplicates + source.quarantined
    assert sum(source.kept for source in case.sources) == truth.rows
    assert (
        sum(source.duplicates for source in case.sources) == truth.duplicates_within + truth.duplicates_across
    )
    assert sum(source.duplicates_differing for source in case.sources) == truth.duplicates_differing
    assert sum(source.quarantined for source in case.sources) == sum(truth.faults.values())
    assert [(one.earlier, one.later, one.shared) for one in case.overlaps] == [*truth.overlaps]


def test_the_cut_is_named(town):
    """The last file ends in the middle of a row, and its account says so."""
    truth, case = town
    assert truth.faults[CUT] == 1
    assert case.sources[-1].quarantined == 1 + len(truth.faults) - 1


def test_cell_states_are_the_planted_ones(town):
    """Present, blank, withheld and wildcard cells are told apart in every field that the layout carries."""
    truth, case = town
    for field, planted in truth.states.items():
        found = dict.fromkeys(planted, 0)
        for source in case.sources:
            for state, number in source.states[field].items():
                found[state] += number
        assert found == planted, field
