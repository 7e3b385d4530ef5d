"""HDF5: each dataset is a table, read where h5py is installed, and never from another file."""

import sys

import h5py
import numpy as np
import pytest

from answerable.errors import InputError, UsageError
from answerable.intake import hdf5
from answerable.intake.unfolding import Limits

GENUINE = '[columns]\nscore = ["genuine"]\n[constants]\nmated = "yes"\n'
IMPOSTOR = '[columns]\nscore = ["impostor"]\n[constants]\nmated = "no"\n'
THREE = 'header = false\nwidth = 3\n[columns]\nprobe = ["1"]\nreference = ["2"]\nscore = ["3"]\n'


@pytest.fixture
def scores(tmp_path):
    """Give a function that writes datasets into a file."""

    def write(name="scores.h5", **datasets):
        with h5py.File(tmp_path / name, "w") as file:
            for place, array in datasets.items():
                options = array if isinstance(array, dict) else {"data": array}
                file.create_dataset(place.replace("__", "/"), **options)
        return tmp_path / name

    return write


@pytest.mark.parametrize("name", ["scores.h5", "scores.hdf5", "SCORES.H5"])
def test_each_dataset_is_a_table(compare, scores, name):
    """A dataset is known by its own name, in whichever group it stands, and the source names its place."""
    path = scores(name, test__genuine=np.array([0.9, 0.8]), impostor=np.array([0.1], ">f4"))
    taken = compare([GENUINE, IMPOSTOR], path)
    assert [(source.name, source.kept) for source in taken.sources] == [
        (f"{name}!impostor", 1),
        (f"{name}!test/genuine", 2),
    ]
    assert taken.rows("mated, score") == [("no", 0.1), ("yes", 0.9), ("yes", 0.8)]


@pytest.mark.parametrize(
    "options", [{}, {"chunks": (7, 2), "compression": "gzip"}, {"chunks": (999, 3), "shuffle": True}]
)
def test_two_dimensions_are_columns_by_place(compare, scores, options):
    """However it is chunked and compressed, a row is a record, and none is lost between two slices."""
    array = np.column_stack([np.arange(70_000), np.arange(70_000) + 1, np.arange(70_000) % 991])
    taken = compare(THREE, scores(pairs={"data": array.astype("i4"), **options}))
    assert taken.source.kept == 70_000
    assert [row[0] for row in taken.rows("score")] == array[:, 2].tolist()


def test_named_fields_are_columns(compare, scores):
    """A compound type has a header, and h5py's truth values are such."""
    array = np.array([(7, True, 0.5)], [("probe", "u4"), ("mated", "?"), ("score", "f2")])
    layout = '[columns]\nprobe = ["probe"]\nmated = ["mated"]\nscore = ["score"]\n'
    assert compare(layout, scores(table=array)).rows("mated, score, probe IS NOT NULL") == [
        ("true", 0.5, True)
    ]


def test_the_careful_reader_gives_the_same(compare, scores, tmp_path, monkeypatch):
    """As with any file, the engine's reading is quicker and nothing else."""
    path = scores(genuine=np.array([0.1, np.nan, 12.34, 1e-7, 3.0]))
    fast = compare(GENUINE, path)
    rows, bad = fast.rows("*"), fast.bad_cells()
    monkeypatch.setattr("answerable.intake.staging._fast", lambda *_: False)
    (tmp_path / "taken").rename(tmp_path / "first")
    careful = compare(GENUINE, path)
    assert (careful.rows("*"), careful.bad_cells()) == (rows, bad)
    assert [(one["line"], one["raw text"]) for one in bad] == [("2", "nan")]


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.array([b"a", b"b"]), "holds text"),
        ({"data": ["a", "b"], "dtype": h5py.string_dtype()}, "holds Python objects"),
        (np.array([1 + 2j]), "holds complex numbers"),
        (np.zeros(3, "V4"), "holds bytes or nested arrays"),
        (np.float64(1), "has 0 dimensions"),
        (h5py.Empty("f8"), "has 0 dimensions"),
        (np.zeros((2, 2, 2)), "has 3 dimensions"),
        ({"shape": (3,), "dtype": h5py.vlen_dtype(np.float64)}, "holds Python objects"),
        ({"shape": (3,), "dtype": h5py.ref_dtype}, "holds Python objects"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(compare, scores, array, words):
    """The dataset's place, what it holds and what was expected are told."""
    with pytest.raises(InputError, match=words) as caught:
        compare(GENUINE, scores(group__odd=array))
    assert caught.value.where == "scores.h5!group/odd"
    assert caught.value.expected


def test_a_missing_extra_is_one_sentence(compare, scores, monkeypatch):
    """Without h5py the file is named, with what to install."""
    path = scores(genuine=np.zeros(3))
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(UsageError) as caught:
        compare(GENUINE, path)
    assert str(caught.value) == (
        "scores.h5: an HDF5 file is read with h5py, which is not installed\n"
        "What to do: Run: python -m pip install 'answerable[hdf5]', or save its datasets as .npy."
    )


@pytest.mark.parametrize("cut", [0, 40, 900])
def test_a_damaged_file_is_an_input_error(compare, scores, cut):
    """A file that is cut, or is none, is named."""
    path = scores(genuine={"data": np.arange(1000.0), "compression": "gzip"})
    path.write_bytes(path.read_bytes()[:cut] if cut else b"value\n0.5\n")
    with pytest.raises(InputError, match="HDF5 file cannot be read") as caught:
        compare(GENUINE, path)
    assert caught.value.where == "scores.h5"


def test_a_chunk_that_cannot_be_unpacked_is_an_input_error(compare, scores):
    """Damage within the numbers is met only as they are read; it is told with the dataset's place."""
    path = scores(genuine={"data": np.random.default_rng(1).random(50_000), "compression": "gzip"})
    data = bytearray(path.read_bytes())
    data[-20_000:-19_000] = bytes(1000)
    path.write_bytes(data)
    with pytest.raises(InputError, match="HDF5 file cannot be read") as caught:
        compare(GENUINE, path)
    assert caught.value.where == "scores.h5!genuine"


def test_numbers_in_other_files_are_not_followed(compare, scores, tmp_path):
    """A dataset may point at any file of the machine: neither an external nor a virtual one is read."""
    (tmp_path / "raw").write_bytes(bytes(80))
    path = scores(genuine={"shape": (10,), "dtype": "f8", "external": [(str(tmp_path / "raw"), 0, 80)]})
    with pytest.raises(InputError, match="keeps its numbers in other files"):
        compare(GENUINE, path)
    other = scores("other.h5", genuine=np.zeros(3))
    layout = h5py.VirtualLayout((3,), "f8")
    layout[:] = h5py.VirtualSource(other, "genuine", (3,))
    with h5py.File(path, "w") as file:
        file.create_virtual_dataset("genuine", layout)
    with pytest.raises(InputError, match="keeps its numbers in other files"):
        list(hdf5.tables(path, "scores.h5"))


def test_links_to_other_files_are_not_followed(scores):
    """What a link leads to is not in the file that was named."""
    other = scores("other.h5", genuine=np.zeros(3))
    with h5py.File(other.with_name("links.h5"), "w") as file:
        file["far"] = h5py.ExternalLink(str(other), "genuine")
        file["near"] = h5py.SoftLink("/nowhere")
        file["own"] = np.zeros(2)
    assert [table.name for table in hdf5.tables(other.with_name("links.h5"), "links.h5")] == ["links.h5!own"]


def test_a_dataset_that_was_never_written_is_refused(scores):
    """A dataset may be declared with more elements than any disk holds, and reads as zeros."""
    path = scores(genuine={"shape": (10**12,), "dtype": "f8", "chunks": (1000,)})
    with pytest.raises(InputError, match="unfolds"):
        list(hdf5.tables(path, "scores.h5"))


def test_chunks_beyond_the_memory_are_refused(scores):
    """A chunk is unpacked whole, so one of many megabytes would fill the memory."""
    path = scores(genuine={"shape": (10**8,), "dtype": "f8", "chunks": (10**8,), "compression": "gzip"})
    with pytest.raises(InputError, match="800,000,000 bytes that have to be unpacked at once"):
        list(hdf5.tables(path, "scores.h5", Limits(ratio=10**9)))


def test_a_file_without_datasets_holds_no_rows(compare, scores):
    """A file of groups and attributes alone is said to be empty."""
    with pytest.raises(InputError, match="the file holds no rows"):
        compare(GENUINE, scores())
