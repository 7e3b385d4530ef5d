"""What a record is known by where it has no ID: two scores that are equal are two comparisons."""

from dataclasses import replace

import pytest

from comparing import COMPARISON

SAMPLES = '[columns]\nid = ["id"]\nprobe = ["probe"]\nreference = ["reference"]\nscore = ["score"]\n'
LAYOUT = f'optional = ["id", "probe", "reference"]\n{SAMPLES}'
TRIALS = f'kind = "trial"\noptional = ["id", "probe", "reference"]\n{SAMPLES}tried_at = ["at"]\n'.replace(
    '"reference"]\n[', '"reference", "tried_at"]\n['
)
BY_SAMPLES = "the record's probe sample and reference sample"


def test_equal_scores_are_two_comparisons(compare):
    """Where the samples are not exported nothing tells rows apart: none is set aside, and the account says so."""
    taken = compare(LAYOUT, "score\n0.5\n0.5\n0.5\n")
    assert (taken.source.kept, taken.source.duplicates) == (3, 0)
    assert taken.source.duplicate_rule == "none: the export does not hold what tells one record from another"
    assert any(
        "The export has no probe sample or reference sample: " in each for each in taken.source.notices
    )


def test_the_same_samples_are_one_comparison(compare):
    """A comparison of two samples that stands again is a repeat; where its score differs, that is counted."""
    taken = compare(LAYOUT, "probe,reference,score\na,b,0.5\na,c,0.5\nA , b,0.5\na,b,0.75\n")
    source = taken.source
    assert (source.kept, source.duplicates, source.duplicates_differing) == (2, 2, 1)
    assert source.duplicate_rule == BY_SAMPLES
    assert taken.rows("score") == [(0.5,), (0.5,)]
    assert any("not the same as the first in every column" in each for each in source.notices)


def test_the_order_of_the_samples_matters(compare):
    """An engine need not give one score both ways round, so that the two are two comparisons."""
    assert compare(LAYOUT, "probe,reference,score\na,b,0.5\nb,a,0.5\n").source.duplicates == 0


@pytest.mark.parametrize("cell", ["", "***", "n/a"])
def test_a_row_that_lacks_a_sample_repeats_none(compare, cell):
    """A blank or withheld sample is no name: two such rows may be of four people."""
    taken = compare(LAYOUT, f"probe,reference,score\n{cell},b,0.5\n{cell},b,0.5\na,b,0.5\n")
    assert (taken.source.kept, taken.source.duplicates) == (3, 0)


def test_one_exported_sample_is_not_enough(compare):
    """All the fields together tell a comparison from others, and not one of them."""
    taken = compare(LAYOUT, "probe,score\na,0.5\na,0.5\n")
    assert (taken.source.duplicates, taken.source.duplicate_rule[:4]) == (0, "none")
    assert any("has no reference sample: " in each for each in taken.source.notices)


def test_an_id_of_its_own_comes_first(compare):
    """Rows with an ID are known by it, though their samples are the same; rows without by their samples."""
    taken = compare(LAYOUT, "id,probe,reference,score\n1,a,b,0.5\n2,a,b,0.5\n1,c,d,0.5\n,a,b,0.5\n,a,b,0.5\n")
    assert (taken.source.kept, taken.source.duplicates) == (3, 2)
    assert taken.source.duplicate_rule == "the record's own ID and minute"


def test_files_that_overlap_are_counted_once(compare):
    """A comparison that stands in two files is kept in the first, and reported as an overlap."""
    taken = compare(
        LAYOUT, "probe,reference,score\na,b,0.5\na,c,0.5\n", "probe,reference,score\na,c,0.5\na,d,0.5\n"
    )
    assert [(source.kept, source.duplicates) for source in taken.sources] == [(2, 0), (1, 1)]
    assert [(one.earlier, one.later, one.shared) for one in taken.overlaps] == [(1, 2, 1)]


def test_files_of_scores_alone_never_overlap(compare):
    """Nor is a score of one file the score of another."""
    taken = compare(LAYOUT, "score\n0.5\n0.25\n", "score\n0.5\n0.125\n", "probe,reference,score\na,b,0.5\n")
    assert [(source.kept, source.duplicates) for source in taken.sources] == [(2, 0), (2, 0), (1, 0)]


def test_a_kind_without_it_keeps_the_rule_of_whole_rows(compare):
    """Of a kind that is known by no fields, rows that are the same in every column that is read are one."""
    taken = compare(
        TRIALS, "score,at\n0.5,2025-06-18 10:00:00\n0.5,2025-06-18 10:00:00\n0.25,2025-06-18 10:00:00\n"
    )
    assert (taken.source.kept, taken.source.duplicates) == (2, 1)
    assert taken.source.duplicate_rule == "every column that is read"


def test_it_names_fields_of_the_kind():
    """A slip of the pen is an error where the kind is made."""
    with pytest.raises(ValueError, match="holds 'refrence', which is no field of it"):
        replace(COMPARISON, named_by=("probe", "refrence"))
