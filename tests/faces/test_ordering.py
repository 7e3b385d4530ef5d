"""People are numbered by their comparisons: no pseudonym, and so no key of a case, moves a number."""

import numpy as np

from answerable import audit
from answerable.programmes.faces.ordering import numbered
from answerable.programmes.faces.simulate import Evaluation, write_evaluation


def test_other_pseudonyms_give_the_same_order():
    """People exchanged, and rows in another order, leave each person's new number where it was."""
    chance = np.random.default_rng(3)
    people, rows = 40, 300
    first, second = chance.integers(0, people, (2, rows))
    counts = [chance.integers(0, 5, rows) for _ in range(3)]
    placed = numbered(first, second, people, *counts)
    assert sorted(placed.tolist()) == list(range(people))
    renamed, order = chance.permutation(people), chance.permutation(rows)
    other = numbered(renamed[first][order], renamed[second][order], people, *(each[order] for each in counts))
    assert np.array_equal(other[renamed], placed)


def test_two_cases_of_one_file_give_the_same_intervals(tmp_path):
    """Each case has a key of its own; the simultaneous intervals and the exchanges are those of the other."""
    write_evaluation(Evaluation(people=80, impostors=30, seed=4), tmp_path / "comparisons.csv")
    one, other = (audit([tmp_path / "comparisons.csv"], tmp_path / name).measures for name in "ab")
    for name in ("fnmr_apart_by_region", "fmr_apart_by_joint_group", "fmr_apart_by_sex"):
        first, second = one[f"comparisons.{name}"], other[f"comparisons.{name}"]
        assert first.breakdowns == second.breakdowns
        assert first.caveats == second.caveats
