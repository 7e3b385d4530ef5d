"""Arrays: columns of numbers as NumPy stores them give the records that the same numbers as text give."""

import io
import tempfile
import zipfile
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from answerable.engine import DuckDB
from answerable.errors import InputError, LayoutError
from answerable.intake import load_layout, open_all, staging, take_in
from answerable.intake.inspect import inspect
from comparing import COMPARISON, COMPARISONS
from exports import KEY

VALUE = '[columns]\nscore = ["value"]\n'
GENUINE = '[columns]\nscore = ["genuine", "mated_scores"]\n[constants]\nmated = "yes"\n'
IMPOSTOR = '[columns]\nscore = ["impostor", "non_mated_scores"]\n[constants]\nmated = "no"\n'
THREE = 'header = false\nwidth = 3\n[columns]\nprobe = ["1"]\nreference = ["2"]\nscore = ["3"]\n'


def npy(array, **options):
    """Write an array as numpy does."""
    out = io.BytesIO()
    np.save(out, array, **options)
    return out.getvalue()


def npz(save=np.savez_compressed, **arrays_):
    """Write arrays under their names."""
    out = io.BytesIO()
    save(out, **arrays_)
    return out.getvalue()


def test_a_column_of_scores_is_read(compare):
    """One dimension is one column, called `value`; each element is a record, named by its number."""
    taken = compare(VALUE, npy(np.array([0.5, 0.25, -3.0, 1001.0])), name="scores.npy")
    assert (taken.source.name, taken.source.rows_in, taken.source.kept) == ("scores.npy", 4, 4)
    assert taken.rows("score, score_state") == [
        (0.5, "present"),
        (0.25, "present"),
        (-3.0, "present"),
        (None, "present"),
    ]
    assert [(one["line"], one["raw text"]) for one in taken.bad_cells()] == [("4", "1001")]


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_each_array_of_an_npz_is_a_table(compare, save):
    """A layout knows an array by its name, and says by a constant what its scores are."""
    data = npz(save, genuine=np.array([0.9, 0.8]), impostor=np.array([0.1]))
    taken = compare([GENUINE, IMPOSTOR], data, name="scores.npz")
    assert [(source.name, source.kept) for source in taken.sources] == [
        ("scores.npz!genuine", 2),
        ("scores.npz!impostor", 1),
    ]
    assert taken.rows("mated, score") == [("yes", 0.9), ("yes", 0.8), ("no", 0.1)]


def test_an_array_in_an_archive_is_read(compare):
    """A .npy file in a zip archive is a member like any other."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/scores.npy", npy(np.array([0.5])))
    assert compare(VALUE, out.getvalue(), name="release.zip").source.name == "release.zip!a/scores.npy"


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("name", ["scores.npy", "scores.npz"])
def test_two_dimensions_are_columns_by_place(compare, order, name):
    """A row is a record, in whichever order the file holds the numbers, and a layout without a header is named."""
    array = np.array([[1, 2, 0.5], [1, 3, 0.25], [2, 3, -1]], order=order)
    taken = compare(THREE, npy(array) if name.endswith("npy") else npz(scores=array), name=name)
    assert taken.rows("score") == [(0.5,), (0.25,), (-1.0,)]
    assert taken.rows("count(DISTINCT probe), count(DISTINCT reference)") == [(2, 2)]


def test_an_array_larger_than_a_chunk_is_read_in_order():
    """Rows come in chunks, and none is lost or moved where one chunk ends and the next begins."""
    array = np.arange(3 * 150_000, dtype=np.float32).reshape(-1, 3)
    array[:, 2] = np.arange(150_000) % 991
    place = list(COMPARISON.columns()).index("score")
    for order in ("C", "F"):
        rows = _both(npz(scores=np.asarray(array, order=order)), THREE, "scores.npz")
        assert [row[place] for row in rows] == array[:, 2].tolist()


def test_named_fields_are_columns(compare):
    """An array of records has a header: the names of its fields."""
    array = np.array(
        [(7, 8, True, 0.5), (7, 9, False, 0.25)],
        [("probe", "<u4"), ("reference", ">i8"), ("mated", "?"), ("score", ">f4")],
    )
    layout = '[columns]\nprobe = ["probe"]\nreference = ["reference"]\nmated = ["mated"]\nscore = ["score"]\n'
    taken = compare(layout, npy(array), name="scores.npy")
    assert taken.rows("mated, score") == [("true", 0.5), ("false", 0.25)]
    assert taken.rows("count(DISTINCT probe), count(DISTINCT reference)") == [(1, 2)]


def test_one_dimension_may_be_named_by_its_place(compare):
    """A layout of one column without a header reads it too, and the array's own name is no record."""
    layout = 'header = false\nwidth = 1\n[columns]\nscore = ["1"]\n'
    assert compare(layout, npz(anything=np.array([0.5, 0.25])), name="s.npz").rows("score") == [
        (0.5,),
        (0.25,),
    ]


def test_named_fields_are_not_read_by_place(compare):
    """An array that names its columns has a header: a layout without one, though as wide, is not asked."""
    array = np.zeros(2, [("a", "f8"), ("b", "f8"), ("c", "f8")])
    with pytest.raises(LayoutError, match="no layout fits this header"):
        compare([THREE, VALUE], npy(array), name="scores.npy")


def test_a_number_is_one_name_in_every_file(compare, tmp_path):
    """A subject's number has one pseudonym, whether it is stored as whole number, as decimal or as text."""
    layout = '[columns]\nprobe = ["probe"]\nscore = ["score"]\n'
    one = npy(np.array([(12, 1.0)], [("probe", "i2"), ("score", "f8")]))
    other = npy(np.array([(12.0, 0.5)], [("probe", "f4"), ("score", "f8")]))
    folder = tmp_path / "release"
    folder.mkdir()
    for name, data in (("a.npy", one), ("b.npy", other), ("c.csv", b"probe,score\n12,0.25\n")):
        (folder / name).write_bytes(data)
    taken = compare(layout, folder)
    assert taken.rows("count(*), count(DISTINCT probe)") == [(3, 1)]


def test_what_is_no_score_is_as_in_text(compare):
    """NaN and the infinities are cells without a value, kept with their rows and listed by element."""
    array = np.array([0.5, np.nan, np.inf, -np.inf, 0.0, -0.0])
    taken = compare(VALUE, npy(array), name="scores.npy")
    assert taken.rows("score") == [(0.5,), (None,), (None,), (None,), (0.0,), (0.0,)]
    assert [(one["line"], one["raw text"]) for one in taken.bad_cells()] == [
        ("2", "nan"),
        ("3", "inf"),
        ("4", "-inf"),
    ]
    assert taken.source.bad_cells == {"score": 3}


def test_a_cell_without_a_value_is_listed_wherever_it_stands(compare):
    """At the ends of the array and on either side of a chunk's border, each is listed by its own element."""
    array, places = np.arange(150_000) / 1000, [0, 65_535, 65_536, 131_071, 149_999]
    array[places] = np.nan
    taken = compare(VALUE, npy(array), name="scores.npy")
    assert [int(one["line"]) for one in taken.bad_cells()] == [place + 1 for place in places]
    assert taken.rows("count(*), count(score)") == [(150_000, 149_995)]


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f2", ">f4", ">f8"])
def test_a_number_has_the_digits_of_its_own_type(compare, dtype):
    """0.1 is 0.1 in each, as a tool would print it, so that thresholds cut between the same scores."""
    assert compare(VALUE, npy(np.array([0.1, 1e-4, 3.0], dtype)), name="s.npy").rows("score") == [
        (0.1,),
        (1e-4,),
        (3.0,),
    ]


def test_a_negated_array_is_turned(compare):
    """Distances may be stored as an array too."""
    taken = compare(
        'negated = ["score"]\n[columns]\nscore = ["value"]\n', npy(np.array([0.5, 2.0])), name="d.npy"
    )
    assert taken.rows("score") == [(-0.5,), (-2.0,)]


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.array([{"a": 1}], object), "holds Python objects, which are not unpickled"),
        (np.array(["a", "b"]), "holds text"),
        (np.array([b"a"]), "holds text"),
        (np.array([1 + 2j]), "holds complex numbers"),
        (np.array(["2024-01-01"], "M8[D]"), "holds dates"),
        (np.array([1], "m8[s]"), "holds spans of time"),
        (np.zeros(3, "V4"), "holds bytes or nested arrays"),
        (np.zeros(3, np.longdouble), "holds numbers of another size"),
        (np.zeros(3, [("score", "f8"), ("name", "U3")]), "the field 'name' holds text"),
        (
            np.zeros(3, [("score", "f8"), ("template", "f4", (128,))]),
            "the field 'template' holds bytes or nested",
        ),
        (np.float64(0.5), "has 0 dimensions"),
        (np.zeros((2, 2, 2)), "has 3 dimensions"),
        (np.zeros((2, 2), [("score", "f8")]), "has 2 dimensions and named fields"),
        (np.zeros((2, 0)), "has 0 columns"),
        (np.zeros((2, 2000)), "has 2,000 columns"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(compare, array, words):
    """Its name, what it holds, what was expected and what to do are all told."""
    data = npz(np.savez, scores=array)
    with pytest.raises(InputError, match=words) as caught:
        compare(VALUE, data, name="scores.npz")
    assert caught.value.where == "scores.npz!scores"
    assert caught.value.expected
    assert caught.value.do


def test_nothing_is_unpickled(compare):
    """A file that would run code when its objects are read is refused before any is."""
    ran = []

    class Trap:
        def __reduce__(self):
            return ran.append, (1,)

    with pytest.raises(InputError, match="not unpickled"):
        compare(VALUE, npy(np.array([Trap()], object), allow_pickle=True), name="trap.npy")
    assert ran == []


def test_a_matrix_that_no_layout_was_named_for_says_how(compare):
    """Columns without names are never guessed; which layouts are of that width is told."""
    with pytest.raises(LayoutError, match="the array has 3 columns without names") as caught:
        compare(THREE, npy(np.zeros((4, 3))), name="scores.npy", own=False)
    assert caught.value.do == "Name one with --layout; of 3 columns there is mine-0."


def test_an_array_whose_name_no_layout_knows_is_refused(compare):
    """The name is told as a header's would be."""
    with pytest.raises(LayoutError, match="lacks 'genuine'"):
        compare(GENUINE, npz(others=np.zeros(2)), name="scores.npz")


def test_inspect_drafts_a_layout_for_a_matrix(tmp_path, written_layout):
    """The draft has the array's width, and works once its columns are named."""
    (tmp_path / "scores.npy").write_bytes(npy(np.array([[1, 2, 0.5]])))
    (view,) = inspect([tmp_path / "scores.npy"], [written_layout(THREE, own=False)], COMPARISONS)
    assert view.near == ()
    assert "Name one with --layout; of 3 columns there is mine" in view.do
    draft = written_layout(view.suggestion.replace('# score = ["3"]', 'score = ["3"]'), name="draft")
    assert (draft.width, draft.header, draft.kind) == (3, False, "comparison")
    (view,) = inspect([tmp_path / "scores.npy"], [draft], COMPARISONS)
    assert view.layout == "my-export"


def test_an_array_bomb_is_refused(compare):
    """A member that unfolds out of proportion is not read to its end."""
    with pytest.raises(InputError, match="unfolds"):
        compare(GENUINE, npz(genuine=np.zeros(4_000_000)), name="bomb.npz")


def test_what_is_no_npz_is_refused(compare):
    """The error speaks of an .npz file, not of an archive that the user never made."""
    with pytest.raises(InputError, match=r"not an \.npz file"):
        compare(GENUINE, b"PK\x03\x04 and no more", name="scores.npz")


# --- as text --------------------------------------------------------------------------------------------------------


def _taken(path, layout, *, careful):
    folder = path.parent / ("careful" if careful else "fast")
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        if careful:
            patch.setattr(staging, "_fast", lambda *_: False)
        opened, _, _ = open_all([path], [layout])
        with DuckDB([folder, path], scratch=folder / "scratch", threads=1) as engine:
            made = take_in(engine, opened, COMPARISONS, key=KEY, timezone="", old=[], folder=folder / "case")
            rows = engine.rows(f"SELECT * FROM read_parquet('{folder}/case/records/*.parquet')")
    cells = [file.read_text("utf-8") for file in sorted(folder.glob("case/quarantine/*"))]
    return made, rows, cells


def _both(data, layout_text, name):
    """Take an array in through the engine and with care, and hold that all that comes of it is the same."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "mine.toml").write_text(f'kind = "comparison"\n{layout_text}', encoding="utf-8")
        layout = replace(load_layout(Path(folder) / "mine.toml", COMPARISONS), own=True)
        path = Path(folder) / name
        path.write_bytes(data)
        fast, careful = (_taken(path, layout, careful=careful) for careful in (False, True))
    assert fast[0].sources == careful[0].sources
    assert fast[1:] == careful[1:]
    return fast[1]


TWO = 'header = false\nwidth = 2\n[columns]\nprobe = ["1"]\nscore = ["2"]\n'
_DTYPES = st.one_of(
    arrays.floating_dtypes(endianness="?"),
    arrays.integer_dtypes(endianness="?"),
    arrays.unsigned_integer_dtypes(endianness="?"),
)
_MATRICES = _DTYPES.flatmap(lambda dtype: arrays.arrays(dtype, st.tuples(st.integers(1, 8), st.just(2))))


@settings(max_examples=60)
@given(_MATRICES, st.sampled_from("CF"))
@example(np.array([[1e15, 1e16], [2.0**53, 2.0**53 + 2], [-0.0, 5e-324], [1e22, 1e-7]]), "C")
@example(np.array([[16777216, 0.1], [1.2573022e10, 1e-5]], np.float32), "F")
@example(np.array([[2**64 - 1, 0]], np.uint64), "C")
@example(np.copysign(np.array([[np.nan, np.nan]], np.float32), -1), "C")  # it has a sign, which no text shows
def test_the_engine_and_the_careful_reader_write_numbers_alike(array, order):
    """Whatever its type and values, an array gives the same pseudonyms, numbers, states and listed cells either way."""
    _both(npy(np.asarray(array, order=order)), TWO, "scores.npy")


@settings(max_examples=40)
@given(
    st.lists(
        st.floats(-1000, 1000) | st.integers(-1000, 1000) | st.just(float("nan")), min_size=1, max_size=20
    )
)
def test_an_array_gives_the_numbers_of_its_text(numbers):
    """The same numbers as a column of text, as Python writes them, give the same scores, states and bad cells."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "mine.toml").write_text(f'kind = "comparison"\n{VALUE}', encoding="utf-8")
        layout = load_layout(Path(folder) / "mine.toml", COMPARISONS)
        found = []
        text = "\n".join(["value", *map(str, numbers)]) + "\n"
        for place, (name, data) in enumerate(
            (("s.npy", npy(np.array(numbers, float))), ("s.csv", text.encode()))
        ):
            path = Path(folder) / str(place) / name
            path.parent.mkdir()
            path.write_bytes(data)
            made, rows, cells = _taken(path, layout, careful=False)
            lines = [line.split(",")[2:] for line in chain(*(each.splitlines() for each in cells))]
            found.append((made.sources[0].states, made.sources[0].bad_cells, rows, lines))
    assert found[0] == found[1]
