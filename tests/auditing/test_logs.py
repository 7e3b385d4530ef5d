"""Several logs of one network in one case: each is read whole, and all together hold each record once."""

import pyarrow.parquet as pq
import pytest

from answerable import audit, rebuild
from answerable.errors import AnswerableError
from exports import log_14, row_14


@pytest.fixture
def logs(tmp_path):
    """Two producers' logs: searches 1 to 4 and 3 to 6, and 4 twice in the second."""
    own = tmp_path / "own.csv"
    network = tmp_path / "network.csv"
    own.write_text(log_14(*map(row_14, (1, 2, 3, 4))), encoding="utf-8")
    network.write_text(log_14(*map(row_14, (3, 4, 4, 5, 6))), encoding="utf-8")
    return {"Springfield": [own], "Shelbyville": [network]}


def held(case, folder, number):
    """Count the records of one file of a case."""
    path = case.folder.current / folder / f"{number:04}.parquet"
    return pq.read_metadata(path).num_rows if path.exists() else 0


def test_a_record_of_two_logs_stays_in_both(tmp_path, logs):
    """The second log keeps its four records, two of them apart; a repeat within it is set aside."""
    case = audit((), tmp_path / "case", logs=logs)
    own, network = case.sources
    assert (own.log, own.kept, own.shared, own.duplicates) == ("Springfield", 4, 0, 0)
    assert (network.log, network.kept, network.shared, network.duplicates) == ("Shelbyville", 4, 2, 1)
    assert network.rows_in == network.kept + network.duplicates + network.quarantined
    assert (held(case, "records", 2), held(case, "shared", 2)) == (2, 2)
    assert [(one.earlier, one.later, one.shared) for one in case.overlaps] == [(1, 2, 2)]


def test_all_logs_together_hold_each_search_once(tmp_path, logs):
    """Measures of searches count six, not eight."""
    case = audit((), tmp_path / "case", logs=logs)
    assert case.measures["searches.records"].value == 6


def test_a_log_that_comes_later_is_held_against_what_the_case_has(tmp_path, logs):
    """Added one by one, the logs make the same case as together."""
    together = audit((), tmp_path / "together", logs=logs)
    audit((), tmp_path / "case", logs={"Springfield": logs["Springfield"]})
    later = audit((), tmp_path / "case", logs={"Shelbyville": logs["Shelbyville"]})
    assert [source.shared for source in later.sources] == [source.shared for source in together.sources]
    third = tmp_path / "third.csv"
    third.write_text(log_14(*map(row_14, (4, 6, 7))), encoding="utf-8")
    grown = audit((), tmp_path / "case", logs={"Ogdenville": [third]})
    assert [source.shared for source in grown.sources] == [0, 2, 2]
    assert grown.measures["searches.records"].value == 7


def test_without_labels_files_are_parts_of_one_log(tmp_path, logs):
    """As month files are: what a later one repeats is set aside."""
    case = audit([path for paths in logs.values() for path in paths], tmp_path / "case")
    assert [(source.kept, source.shared, source.duplicates) for source in case.sources] == [
        (4, 0, 0),
        (2, 0, 3),
    ]


def test_a_case_of_logs_can_be_measured_again_and_verified(tmp_path, logs):
    """The records that two logs hold are part of the case and of its manifest."""
    case = audit((), tmp_path / "case", logs=logs)
    before = (case.folder.current / "results.json").read_bytes()
    again = rebuild(tmp_path / "case")
    assert (again.folder.current / "results.json").read_bytes() == before
    assert again.verify() == []
    (again.folder.current / "shared" / "0002.parquet").unlink()
    assert [one.path for one in again.verify()] == ["shared/0002.parquet"]


def test_no_file_at_all_is_said(tmp_path):
    """An audit of nothing names nothing to read."""
    with pytest.raises(AnswerableError, match="no table was found"):
        audit((), tmp_path / "case")
