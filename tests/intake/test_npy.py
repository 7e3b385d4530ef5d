"""The .npy format: whatever numpy writes is read, and whatever is damaged is refused with its name and element."""

import io
import struct
import warnings
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from answerable.errors import InputError
from answerable.intake import npy
from answerable.intake.arrays import npy_table

_NUMBERS = st.one_of(arrays.floating_dtypes(), arrays.integer_dtypes(endianness="?"), arrays.boolean_dtypes())
_SHAPES = arrays.array_shapes(min_dims=1, max_dims=2, max_side=12)


class Unseekable(io.BytesIO):
    """A stream that can only go on, as a member of an archive is."""

    def seekable(self):
        """Say that it cannot be moved in."""
        return False

    def seek(self, *_):
        """Fail where it is moved in all the same."""
        raise OSError("this stream cannot go back")


def written(array, version=None):
    """Write an array as numpy does, in a version of the format."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the version is newer than the array needs
        np.lib.format.write_array(out, array, version)
    return out.getvalue()


def read(data, step=5, stream=io.BytesIO):
    """Read the rows of a .npy file, some at a time."""
    with stream(data) as start:
        header = npy.read_header(start, "s.npy")
    return list(npy.chunks(lambda: stream(data), header, "s.npy", step))


@settings(max_examples=150)
@given(
    _NUMBERS.flatmap(lambda dtype: arrays.arrays(dtype, _SHAPES)),
    st.sampled_from("CF"),
    st.sampled_from([(1, 0), (2, 0), (3, 0)]),
    st.integers(1, 13),
    st.sampled_from([io.BytesIO, Unseekable]),
)
def test_what_numpy_writes_is_read(array, order, version, step, stream):
    """In each version, order of bytes and order of rows and columns, the chunks hold the array's bits."""
    array = np.asarray(array, order=order)
    chunks = read(written(array, version), step, stream)
    assert all(len(chunk) <= step for chunk in chunks)
    whole = np.concatenate(chunks)
    native = np.ascontiguousarray(array, array.dtype.newbyteorder("="))
    assert (whole.dtype, whole.shape) == (native.dtype, native.shape)
    assert whole.tobytes() == native.tobytes()


def test_an_array_without_rows_has_no_chunk():
    """An empty array is an array."""
    assert read(written(np.zeros(0))) == []
    assert read(written(np.zeros((0, 3), order="F"))) == []


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("cut", [1, 9, 100])
def test_a_file_that_is_cut_says_where(order, cut):
    """The element within which the file ends is named, and how many there should be."""
    array = np.arange(40.0).reshape(20, 2, order=order)
    with pytest.raises(InputError, match=r"ends within element \d+ of 20") as caught:
        read(written(array)[:-cut])
    assert caught.value.where == "s.npy"


def test_the_element_that_is_cut_is_the_first_that_is_not_whole():
    """Three whole elements of five: the file ends within the fourth."""
    with pytest.raises(InputError, match="ends within element 4 of 5"):
        read(written(np.arange(5.0))[: -2 * 8])


@pytest.mark.parametrize("order", ["C", "F"])
def test_a_second_array_in_one_file_is_not_lost(order):
    """numpy.save may be called twice on one open file; numpy.load reads the first alone, and an audit must not."""
    one = written(np.zeros((3, 2), order=order))
    with pytest.raises(InputError, match="goes on behind its array of 3 elements"):
        read(one + one)


def _with_header(text, length=None):
    data = text.encode("latin-1")
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(data) if length is None else length) + data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "does not begin as one"),
        (b"\x93NUMPY", "does not begin as one"),
        (b"value\n0.5\n", "does not begin as one"),
        (b"\x93NUMPY\x09\x00" + bytes(80), "does not begin as one"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\x7f", "header is 2,147,483,647 bytes long"),
        (_with_header("{'descr': '<f8'"), "does not say what it holds"),
        (_with_header("__import__('os').abort()"), "does not say what it holds"),
        (_with_header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"), "does not say what it holds"),
        (_with_header("{'descr': '<f8', 'fortran_order': False, 'shape': (True,)}"), "does not say what it holds"),
        (_with_header("{'descr': '<f8', 'fortran_order': False, 'shape': 3}"), "does not say what it holds"),
        (_with_header("{'descr': 'gibberish', 'fortran_order': False, 'shape': (3,)}"), "does not say what it holds"),
        (_with_header("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}", 200), "does not say what it holds"),
        (_with_header("[" * 500), "does not say what it holds"),
        (_with_header("{'descr': '<f8', 'fortran_order': False}"), "does not say what it holds"),
    ],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_a_header_that_says_nothing_is_refused(data, words):
    """Each is one error with the file's name, before any number is read."""
    with pytest.raises(InputError, match=words) as caught:
        npy_table(lambda: io.BytesIO(data), "s.npy", "value")
    assert caught.value.where == "s.npy"


def test_a_length_beyond_the_file_takes_no_memory():
    """A header that promises more elements than there are is found out at the first chunk."""
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000000,)}"
    table = npy_table(lambda: io.BytesIO(_with_header(header) + bytes(80)), "s.npy", "value")
    with pytest.raises(InputError, match="ends within element 11 of 1,000,000,000,000,000"):
        list(table.batches())


@settings(max_examples=200)
@given(st.data())
def test_no_damage_makes_a_crash(data):
    """Bytes changed, put in or taken out anywhere end in rows or in one clear error."""
    sound = bytearray(written(np.arange(12.0).reshape(6, 2)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(sound) - 1))
        sound[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with suppress(InputError):
        table = npy_table(lambda: io.BytesIO(bytes(sound)), "s.npy", "value")
        assert len(list(table.rows())) == table.records + bool(table.names)
