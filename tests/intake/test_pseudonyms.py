"""Pseudonyms: HMAC-SHA-256 under a key that nobody else can read."""

import hashlib
import hmac
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine import DuckDB
from answerable.errors import CaseError
from answerable.intake.pseudonyms import install, load_key, make_key, pseudonym_sql
from answerable.intake.states import SPACES
from answerable.programmes.plates.records import SEARCH
from exports import KEY, log_14, row_14

PLATE, USER = SEARCH.field("plate"), SEARCH.field("user_name")


def pseudonym(key, field, value):
    """Compute one pseudonym in plain Python: what the SQL is held against. The package itself has no such function."""
    normal = (
        value.replace(" ", "").replace("-", "").upper() if field.wildcards else value.strip(SPACES).upper()
    )
    digest = hmac.new(key, f"{field.name}:{normal}".encode(), hashlib.sha256).hexdigest()
    return int(digest[:15], 16)


def test_a_pseudonym_is_the_first_60_bits_of_the_hmac():
    """The definition of RFC 2104, computed by the standard library alone."""
    digest = hmac.new(KEY, b"plate:ABC123", hashlib.sha256).hexdigest()
    with DuckDB() as engine:
        install(engine, KEY)
        found = engine.rows(f"SELECT {pseudonym_sql(chr(39) + 'abc 12-3' + chr(39), PLATE)}")
    assert found == [(int(digest, 16) >> 196,)]


@given(
    st.text(
        st.characters(blacklist_categories=("Cs",), blacklist_characters="\0", max_codepoint=0x24F),
        max_size=80,
    ).filter(lambda text: len(text.upper()) == len(text))  # one letter in capitals, on every engine
)
def test_the_sql_computes_the_same_hmac(value):
    """The engine's pseudonym is the plain one, for names and for plates."""
    with DuckDB() as engine:
        install(engine, KEY)
        text = "'" + value.replace("'", "''") + "'"
        for field in (PLATE, USER):
            (found,) = engine.rows(f"SELECT {pseudonym_sql(text, field)}")[0]
            normal = engine.rows(f"SELECT upper({text})")[0][
                0
            ]  # upper-casing of rare letters is the engine's
            assert found == pseudonym(KEY, field, normal)


def test_the_same_plate_in_two_writings_is_one_vehicle(take):
    """Spaces, hyphens and case do not make two plates of one."""
    taken = take(log_14(row_14(1, plate="abc-123"), row_14(2, plate="ABC 123"), row_14(3, plate="ABC124")))
    assert taken.rows("count(DISTINCT plate)") == [(2,)]


def test_fields_do_not_share_pseudonyms():
    """A user named like a plate is not linked to it."""
    text = "'X1'"
    with DuckDB() as engine:
        install(engine, KEY)
        ((plate, user),) = engine.rows(f"SELECT {pseudonym_sql(text, PLATE)}, {pseudonym_sql(text, USER)}")
    assert plate != user


def test_the_key_is_random_and_private(tmp_path):
    """Each case has a key of its own, which only its owner can read."""
    keys = []
    for number in range(20):
        make_key(tmp_path / f"{number}")
        keys.append(load_key(tmp_path / f"{number}"))
    assert len(set(keys)) == 20
    # Every one of the 32 bytes varies: that 20 random bytes are all the same has a chance of 256 to the power of -19.
    assert [len(set(each)) > 1 for each in zip(*keys, strict=True)] == [True] * 32
    make_key(tmp_path / "a")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_key_that_others_can_read_is_refused(tmp_path):
    """A loosened file mode is found before the key is used."""
    make_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(CaseError, match="read by others"):
        load_key(tmp_path / "key")
