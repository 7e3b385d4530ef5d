"""Patterns mean on Spark, whose engine is Java's, what they mean on DuckDB, whose engine is RE2."""

import pyarrow as pa
import pytest

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.engine.macros import expand
from answerable.engine.patterns import java_pattern
from answerable.engine.reading import MACROS
from answerable.engine.spark import Spark
from answerable.programmes import PROGRAMMES
from answerable.programmes.run import measure_sql
from planting import name_table

# What the two read differently, and what stands at the edges of a pattern's meaning.
TEXTS = [
    "", "a", "ab\n", "a\nb", "a\r", "a\u0085b", "a\u2028", "\x0b", "a\x0bb", "\u212a", "k", "K", "\u017f", "s", "S", "é", "aé", "éa", "É",
    "ǅ", "1a", "_", "a-b", "[", "]", "a&&b", "^", "$", "\\", ".", "9", "\u0661", "ß", "SS", "ẞ", "i", "I", "İ", "ı", "a b", "b", "a\tb", "σ", "ς", "Σ", "👮", "x👮",
    "mr Smith", "MR. Jones", "7923.600 gc", "ice", "office", "ICE truck", "\u00a0ice\u00a0", "ex-wife", "a" * 300,
]  # fmt: skip  # a list of words
PATTERNS = [
    "a$", "^a", "b$", ".", "^.$", "a.b", r"\ba", r"a\b", r"\bi", r"(?i)k", "(?i)[k-s]", "(?i:mr)[.]? +[A-Z]", r"\s",
    r"[^\s]", r"[a\s]b", r"\S", r"\w", r"[^\w]", r"\d", r"[\pL\pN]", r"\pL", "[[(]", "[a&&b]", r"[\]]", "[^a]", "(^|[^a-z0-9])ice($|[^a-z0-9])",
    r"\x{1F46E}", r"[\x{2580}-\x{FFFD}]", "a{2,}", "(a|b)+?", r"\.", r"\$", r"^\^$", "(?i)i", "[A-Z]", "(?i)[A-Z]",
]  # fmt: skip  # a list of words


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=a)",
        "(?<!a)b",
        "(?m)^a",
        "(?P<n>a)",
        "[[:alpha:]]",
        r"\Ba",
        r"\Qa",
        r"[\b]",
        "[]a]",
        "[abc",
        "a\\",
        r"(a)\1",
    ],
)
def test_what_has_no_meaning_in_both_is_refused(pattern):
    """Look-around, other flags, named classes and whatever else only one engine knows cannot be written."""
    with pytest.raises(ValueError, match="not known to mean the same on every engine"):
        java_pattern(pattern)


@pytest.mark.spark
def test_each_pattern_means_the_same_on_both_engines():
    """Every pattern, on every text: whether it matches, what it takes out, and what is left."""
    given = pa.table({"n": list(range(len(TEXTS))), "t": TEXTS})
    columns = ", ".join(
        f"has_match(t, {literal(each)}), replace_all(t, {literal(each)}, '~$0'), regexp_extract(t, {literal(each)}, 0)"
        for each in PATTERNS
    )
    found = []
    for kind_of_engine in (DuckDB, Spark):
        with kind_of_engine() as engine:
            name_table(engine, "texts", given)
            found.append(engine.rows(f"SELECT {columns} FROM texts ORDER BY n"))
    wrong = [
        (TEXTS[row], PATTERNS[place // 3], here, there)
        for row, cells in enumerate(zip(*found, strict=True))
        for place, (here, there) in enumerate(zip(*cells, strict=True))
        if here != there
    ]
    assert wrong == []


def test_every_query_can_be_written_for_both():
    """No measure and no view has a pattern that only one engine knows, or a call that Spark would not be given."""
    texts = [view.sql for programme in PROGRAMMES for view in programme.views]
    texts += [
        measure_sql(measure, next(kind for kind in programme.kinds if kind.plural == measure.records))
        for programme in PROGRAMMES
        for measure in programme.measures
    ]
    assert sum(text.count("has_match(") for text in texts) > 40
    for text in texts:
        assert "has_match(" not in expand(text, MACROS)
