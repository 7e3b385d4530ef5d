"""The first look: the bytes alone say how many records there are, whatever the engine then reads."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.intake import preflight
from answerable.intake.preflight import look

TEXTS = st.lists(st.sampled_from([b"a", b'"', b"\n", b"\r", b",", b"\0", "é".encode()]), max_size=40).map(
    b"".join
)


def counted(data):
    """Count records one byte at a time: a newline outside quotes ends one, and an empty line is none."""
    records, inside, open_ = 0, False, False
    for byte in data:
        inside ^= byte == ord('"')
        if byte == ord("\n") and not inside:
            records += open_
            open_ = False
        else:
            open_ = True
    return records + open_


@given(TEXTS, st.integers(1, 7))
def test_records_are_counted_as_one_byte_at_a_time_would(data, size):
    """The count by whole chunks is the plain one, wherever a chunk happens to end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preflight, "_CHUNK", size)
        assert look(io.BytesIO(data), "x").records == counted(data)


@given(TEXTS)
def test_the_hash_is_of_the_bytes(data):
    """The SHA-256 is that of the file."""
    assert look(io.BytesIO(data), "x").sha256 == hashlib.sha256(data).hexdigest()


@given(st.text(max_size=30), st.integers(1, 5))
def test_text_in_utf_8_is_known_as_such(text, size):
    """A character that two chunks share is no fault."""
    data = text.encode("utf-8", "ignore")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preflight, "_CHUNK", size)
        assert look(io.BytesIO(data), "x").invalid_at is None


@pytest.mark.parametrize(
    ("data", "regular"),
    [
        (b'a,b\n1,"2\n3"\n', True),
        (b"a,b\r\n1,2\r\n", True),
        (b"a,b\r\n1,2\n", False),
        (b"a,b\r1,2\r", False),
        (b"a,b\n1,\0\n", False),
        (b'a,b\n1,"2\n', False),
        (b"a,b\n1,\xff\n", False),
    ],
)
def test_only_a_regular_text_is_left_to_the_engine(data, regular):
    """Mixed line ends, NUL bytes, open quotes and bytes that are not UTF-8 are read with care."""
    assert look(io.BytesIO(data), "x").regular is regular
