"""Calls of the shared vocabulary are written out, and texts quoted otherwise, without harm to the rest of a query."""

import pytest

from answerable.engine.macros import Macro, expand, requote

MACROS = {
    ("twice", 1): Macro(("x",), "x + x"),
    ("between", 2): Macro(("a", "b"), "span(b, a)"),
    ("like", 2): Macro(("t", "p"), "rlike(t, p)", {"p": str.upper}),
    ("round", 1): Macro(("x",), "round(x)"),
    ("round", 2): Macro(("x", "n"), "round(x * n) / n"),
}


@pytest.mark.parametrize(
    ("sql", "written"),
    [
        ("SELECT twice(n)", "SELECT (n + n)"),
        ("SELECT twice(n + 1) * 2", "SELECT ((n + 1) + (n + 1)) * 2"),
        ("SELECT TWICE (n), twice", "SELECT TWICE (n), twice"),
        ("SELECT between(lo, hi)", "SELECT (span(hi, lo))"),
        ("SELECT between(f(a, b), (c, d))", "SELECT (span(((c, d)), (f(a, b))))"),
        ("SELECT between(b, a)", "SELECT (span(a, b))"),
        ("SELECT twice(twice(n))", "SELECT (((n + n)) + ((n + n)))"),
        ("SELECT between(twice(n), 'a, b)')", "SELECT (span(('a, b)'), ((n + n))))"),
        ("SELECT like(c, 'it''s')", "SELECT (rlike(c, 'IT''S'))"),
        ("SELECT round(n), round(n, 2)", "SELECT (round(n)), (round(n * (2)) / (2))"),
        ("SELECT 'twice(n)', \"twice(n)\"", "SELECT 'twice(n)', \"twice(n)\""),
        ("-- twice(it's)\nSELECT twice(n) -- over\n", "\nSELECT (n + n) \n"),
        ("SELECT twice(n /* , ' */)", "SELECT (n + n)"),
        ("SELECT count(*) FROM t WHERE (a = ')')", "SELECT count(*) FROM t WHERE (a = ')')"),
    ],
)
def test_a_call_is_written_out(sql, written):
    """Each call gives its body with the arguments in their places; texts, names and comments are not calls."""
    assert expand(sql, MACROS) == written


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT twice()", "twice is not known with 1 arguments"),
        ("SELECT twice(a, b)", "twice is not known with 2 arguments"),
        ("SELECT round(a, b, c)", "round is not known with 3 arguments"),
        ("SELECT like(t, p)", "like takes a text, as a literal, for p"),
        ("SELECT like(t, 'a' || 'b')", "like takes a text, as a literal, for p"),
        ("SELECT twice(n", "does not close a bracket"),
        ("SELECT (n", "does not close a bracket"),
    ],
)
def test_a_call_that_cannot_be_written_out_is_refused(sql, said):
    """Another number of arguments, a pattern that is no literal, and a bracket that stays open are all said."""
    with pytest.raises(ValueError, match=said):
        expand(sql, MACROS)


def test_texts_and_names_are_quoted_otherwise():
    """Every text literal and every quoted name is quoted anew, and nothing else is touched."""
    sql = "SELECT 'it''s', \"it's \"\"x\"\"\", '' FROM t WHERE a = '\\'"
    written = requote(sql, lambda text: f"<{text}>", lambda name: f"[{name}]")
    assert written == "SELECT <it's>, [it's \"x\"], <> FROM t WHERE a = <\\>"
