"""Macros: calls of the shared vocabulary, written out in the SQL of an engine that has no macros of its own.

DuckDB's macros are text that stands in for a call. This does the same for another engine, so that a call can stand
wherever an expression can, and costs nothing when the query runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from answerable.engine.dialect import Function
from answerable.engine.patterns import java_pattern

__all__ = ["Macro", "expand", "macros_of", "pieces", "requote", "texts"]

# What is read as one piece: a comment, a text, a quoted name, a word, or any other character.
_PIECE = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][A-Za-z_0-9]*|.""", re.DOTALL
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_END: frozenset[str] = frozenset()
_BRACKET, _LIST, _ARGUMENT = frozenset({")"}), frozenset({"]"}), frozenset({",", ")"})


@dataclass(frozen=True, slots=True)
class Macro:
    """What stands in for a call.

    Attributes:
        parameters: What they are called in the body.
        body: The expression; each parameter in it is replaced by what was given, in brackets.
        rewrite: For some parameters, a function of the text that a literal gives; they take nothing but a literal.
        write: Writes the body from the arguments as they stand, where no one text would do.
    """

    parameters: tuple[str, ...] = ()
    body: str = ""
    rewrite: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    write: Callable[..., str] | None = None


def _replacement(text: str) -> str:
    """Write a text to put in as Java takes it.

    Raises:
        ValueError: It refers to a group of the pattern, which the engines write differently.
    """
    if "\\" in text:
        raise ValueError("a text to put in holds a backslash")
    return text.replace("$", r"\$")


_REWRITES = {"p": java_pattern, "r": _replacement}


def macros_of(functions: Iterable[Function]) -> dict[tuple[str, int], Macro]:
    """Make the macros that stand in for some functions on Spark, by their names and numbers of arguments."""
    made = {}
    for each in functions:
        taken = {name: _REWRITES[name] for name in each.parameters if name in _REWRITES}
        made[each.name, len(each.parameters)] = Macro(each.parameters, each.spark, taken)
    return made


def pieces(sql: str) -> list[str]:
    """Cut a query into comments, texts, quoted names, words, and the characters between them."""
    return _PIECE.findall(sql)


def expand(sql: str, macros: Mapping[tuple[str, int], Macro]) -> str:
    """Write out every call of a macro, those within the arguments of another included, and leave out comments.

    Args:
        sql: The query.
        macros: By the function's name, in lower case, and its number of arguments.

    Raises:
        ValueError: A call has a number of arguments that no macro of its name has, gives no literal where one is
            needed, or does not end.
    """
    read = [piece for piece in pieces(sql) if not piece.startswith(("--", "/*"))]
    names = frozenset(name for name, _ in macros)
    written, _ = _Reader(read, macros, names).until(0, _END)
    return written


def requote(sql: str, text: Callable[[str], str], name: Callable[[str], str]) -> str:
    """Write every text literal and every quoted name of a query in another way of quoting.

    Args:
        sql: The query.
        text: Writes a text as a literal.
        name: Writes a quoted name.
    """
    return "".join(
        text(_unquoted(piece))
        if piece.startswith("'")
        else name(_unquoted(piece))
        if piece.startswith('"')
        else piece
        for piece in pieces(sql)
    )


def texts(sql: str) -> list[str]:
    """Read every text literal of a piece of SQL."""
    return [_unquoted(piece) for piece in pieces(sql) if piece.startswith("'")]


def _unquoted(piece: str) -> str:
    """Read what stands between two quotes, where a quote is doubled."""
    return piece[1:-1].replace(piece[0] * 2, piece[0])


@dataclass(frozen=True, slots=True)
class _Reader:
    """The pieces of a query, and what may stand in them."""

    pieces: list[str]
    macros: Mapping[tuple[str, int], Macro]
    names: frozenset[str]

    def until(self, at: int, stops: frozenset[str]) -> tuple[str, int]:
        """Write out pieces until one of some stops, or the end where there is none, and say where that is."""
        written: list[str] = []
        while at < len(self.pieces):
            piece = self.pieces[at]
            if piece in stops:
                return "".join(written), at
            if piece.lower() in self.names and self.pieces[at + 1 : at + 2] == ["("]:
                piece, at = self._call(piece, at + 2)
            elif piece in ("(", "["):
                inner, at = self.until(at + 1, _BRACKET if piece == "(" else _LIST)
                piece = f"{piece}{inner}{self.pieces[at]}"
            written.append(piece)
            at += 1
        if stops:
            raise ValueError("the query does not close a bracket that it opened")
        return "".join(written), at

    def _call(self, name: str, at: int) -> tuple[str, int]:
        """Write out one call whose arguments begin at a place, and say where its last bracket is."""
        arguments: list[str] = []
        while not arguments or self.pieces[at] == ",":
            argument, at = self.until(at + bool(arguments), _ARGUMENT)
            arguments.append(argument.strip())
        macro = self.macros.get((name.lower(), len(arguments)))
        if macro is None or not all(arguments):
            raise ValueError(f"{name} is not known with {len(arguments)} arguments")
        if macro.write:
            return f"({macro.write(*arguments)})", at
        given = {
            parameter: _given(name, parameter, argument, macro)
            for parameter, argument in zip(macro.parameters, arguments, strict=True)
        }
        return f"({''.join(given.get(piece, piece) for piece in pieces(macro.body))})", at


def _given(name: str, parameter: str, argument: str, macro: Macro) -> str:
    """Write an argument as it stands in a macro's body."""
    if parameter not in macro.rewrite:
        return argument if _WORD.fullmatch(argument) else f"({argument})"
    if len(pieces(argument)) != 1 or not argument.startswith("'"):
        raise ValueError(f"{name} takes a text, as a literal, for {parameter}")
    text = macro.rewrite[parameter](_unquoted(argument))
    return "'" + text.replace("'", "''") + "'"
