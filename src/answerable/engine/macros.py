"""Macros: calls of the shared vocabulary, written out in the SQL of an engine that has no macros of its own.

DuckDB's macros are text that stands in for a call. This does the same for another engine, so that a call can stand
wherever an expression can, and costs nothing when the query runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Macro", "expand", "pieces", "requote"]

# What is read as one piece: a comment, a text, a quoted name, a word, or any other character.
_PIECE = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][A-Za-z_0-9]*|.""", re.DOTALL
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_END: frozenset[str] = frozenset()
_BRACKET, _ARGUMENT = frozenset({")"}), frozenset({",", ")"})


@dataclass(frozen=True, slots=True)
class Macro:
    """What stands in for a call.

    Attributes:
        parameters: What they are called in the body.
        body: The expression; each parameter in it is replaced by what was given, in brackets.
        rewrite: For some parameters, a function of the text that a literal gives; they take nothing but a literal.
    """

    parameters: tuple[str, ...]
    body: str
    rewrite: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


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
            elif piece == "(":
                inner, at = self.until(at + 1, _BRACKET)
                piece = f"({inner})"
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
