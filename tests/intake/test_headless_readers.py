"""Files without a header: the engine's reader and the careful one give the same records, rows set aside and lines."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answerable.engine import DuckDB
from answerable.errors import InputError
from answerable.intake import load_layout, open_all, staging, take_in
from comparing import COMPARISONS
from exports import KEY

PAIR = 'header = false\nwidth = 2\n[columns]\nmated = ["1"]\nscore = ["2"]\n'
_CELL = st.one_of(
    st.sampled_from(["a", "0.5", "85.25", "-3", "1e-5", "nan", '"', '"a"', "ü", "#x", "'", "\\", "\u00a0", "\x1c", ",", "***"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n \t"), min_size=1, max_size=5),
)  # fmt: skip  # a list of cells belongs together
_BLANK = st.sampled_from([" ", "  ", "\t", " \t", "\t\t "])


@st.composite
def spaced_texts(draw):
    """Draw text between runs of blanks, most of its rows of three cells."""
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    lines = []
    for _ in range(draw(st.integers(1, 12))):
        width = draw(st.sampled_from([3] * 12 + [0, 1, 2, 4]))
        line = "".join(draw(_CELL) + draw(_BLANK) for _ in range(width))
        lines.append(
            draw(st.sampled_from(["", " ", "\t"])) + draw(st.sampled_from([line, line.rstrip(" \t")]))
        )
    piece = draw(st.sampled_from(["", "", "", end, "\r", "\x1a", "\0", "\x1f"]))
    return (end.join(lines) + draw(st.sampled_from([end, "", piece]))).encode(
        draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"]))
    )


def _outcome(path, layout, *, careful):
    """Take one file in, by the engine's reader where it may or by the careful one; give all that came of it."""
    folder = path.parent / ("careful" if careful else "fast")
    folder.mkdir()
    used = []
    with pytest.MonkeyPatch.context() as patch:
        fast = staging._fast
        patch.setattr(staging, "_fast", lambda *given: used.append(not careful and fast(*given)) or used[-1])
        try:
            opened, _, _ = open_all([path], [layout])
            with DuckDB([folder, path], scratch=folder / "scratch", threads=1) as engine:
                made = take_in(
                    engine, opened, COMPARISONS, key=KEY, timezone="", old=[], folder=folder / "case"
                )
                rows = engine.rows(f"SELECT * FROM read_parquet('{folder}/case/records/0001.parquet')")
        except InputError as error:
            return str(error), any(used)
    kept = sorted([*folder.glob("case/quarantine/*"), *folder.glob("case/set-aside/*")])
    return (made.sources, rows, [file.read_bytes() for file in kept]), any(used)


def both(data, layout_text):
    """Take a file in both ways, hold that they agree, and say whether the engine's own reader gave it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "mine.toml").write_text(f'kind = "comparison"\n{layout_text}', encoding="utf-8")
        layout = replace(load_layout(Path(folder) / "mine.toml", COMPARISONS), own=True)
        path = Path(folder) / "scores.txt"
        path.write_bytes(data)
        fast, by_engine = _outcome(path, layout, careful=False)
        careful, not_by_engine = _outcome(path, layout, careful=True)
    assert not not_by_engine
    assert fast == careful
    if not isinstance(fast, str):
        (source,) = fast[0]
        assert source.rows_in == source.kept + source.duplicates + source.quarantined
    return by_engine


THREE = (
    'header = false\nwidth = 3\ndelimiter = "space"\n[columns]\nprobe = ["1"]\nmated = ["2"]\nscore = ["3"]\n'
)


@settings(max_examples=80)
@given(spaced_texts())
@example(b"a b 1\n\n  \nc d 2\n")
@example(b"a b 1\r\nc  d\t2\r\n")
@example(b'"a b 1\nc d" 2\n')
def test_both_readers_agree_between_blanks(data):
    """Whatever stands between the blanks, the engine's reader and the careful one give the same records and lines."""
    both(data, THREE)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", '"x ""y"', "", "ü"]), st.sampled_from(["0.5", "85.25", "", "nan", '"1"'])
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([",", "\t", ";", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_both_readers_agree_on_delimited_text(rows, between, end):
    """So do they on commas, tabs, semicolons and pipes."""
    both("".join(f"{one}{between}{other}{end}" for one, other in rows).encode(), PAIR)


@pytest.mark.parametrize(
    ("data", "layout"),
    [(b"a  b\t0.5\n c b 1 \n", THREE), (b"a,0.5\nb,1\n", PAIR), (b"\xef\xbb\xbfa,0.5\nb,1\n", PAIR)],
)
def test_the_engines_reader_is_used(data, layout):
    """A regular file without a header goes through the engine's own reader, so that the agreement is between two."""
    assert both(data, layout)


@pytest.mark.parametrize("delimiter", ["", 'delimiter = "space"\n'])
@pytest.mark.parametrize(
    "data", [b"0.5\n1\n", b"0.5\n\n1\n", b"0.5\n\x1a\n1\n\x1a", b"0.5\n \n1\n", b"0.5\x1a\n1\r\n"]
)
def test_both_readers_agree_on_one_column(data, delimiter):
    """An empty line is no row of one blank cell, and neither is the mark that old systems end a file with."""
    both(data, f'header = false\nwidth = 1\n{delimiter}[columns]\nscore = ["1"]\n')
