"""Every question of a report is answered by measures of its own, and its first screen says the answer."""

import csv

import pytest

from answerable import audit
from answerable.programmes import PROGRAMMES

SECTIONS = [
    pytest.param(section, id=f"{programme.name}-{section.id}")
    for programme in PROGRAMMES
    for section in programme.sections
]


@pytest.mark.parametrize("section", SECTIONS)
def test_answers_are_measures_of_the_question(section):
    """What a section names as its answers stands among its measures, and counts no records."""
    assert set(section.answers) <= set(section.measures)
    assert not [name for name in section.answers if name.endswith(".records")]


def test_the_first_screen_answers_and_does_not_count_records(tmp_path):
    """Of scores alone it says how often the algorithm was wrong, and not how many comparisons there are."""
    with (tmp_path / "scores.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("mated", "score"))
        writer.writerows((place % 2, place % 17 + 9 * (place % 2)) for place in range(200))
    case = audit([tmp_path / "scores.csv"], tmp_path / "case")
    text = case.report.read_text("utf-8")
    first = text[: text.index("<nav")]
    assert "At a false match rate of at most 0.001" in first
    assert "The records hold" not in first
