"""Writes drawn searches as lines of CSV, in the form of one export."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from answerable.programmes.plates.simulate.drawing import Drawer, Searches
from answerable.programmes.plates.simulate.exports import Export
from answerable.programmes.plates.simulate.organisations import organisations
from answerable.programmes.plates.simulate.text import (
    ArrowText,
    Clock,
    column,
    digits,
    hexadecimal,
    letters,
    side_by_side,
)
from answerable.programmes.plates.simulate.vocabulary import (
    ANSWER_BLANKS,
    BLANKS,
    DETAILS,
    FILTERS,
    NAMES,
    OFFENSES,
    PROMPTS,
    REASON_CANARY,
    REDACTIONS,
    spellings,
)

__all__ = ["Renderer"]

Whole = NDArray[np.int64]
_DETAIL_SHARE = 2**64 // 20  # of the reasons that may carry one, so that 1 to 2 % of reasons are distinct
_DETAILED = ("unlisted", "stolen_vehicle", "violent_crime")


class Renderer:
    """Writes the searches of one town in the form of one export."""

    def __init__(self, drawer: Drawer, export: Export) -> None:
        self.drawer, self.town, self.export = drawer, drawer.town, export
        last = int(drawer.schedule.times(np.array([max(self.town.rows - 1, 0)]))[0][0]) // 1000
        first = int(drawer.schedule.times(np.array([0]))[0][0]) // 1000
        self._clock = Clock(first - 400 * 86400, last + 3 * 86400)

    # --- CSV -------------------------------------------------------------------------------------------------

    def header(self) -> str:
        """Give the header line."""
        space = " " if self.town.untidy_header else ""
        names = [(space if place else "") + name for place, name in enumerate(self.export.columns)]
        return self.line(names)

    def line(self, cells: Sequence[str]) -> str:
        """Write one line of plain cells."""
        out = io.StringIO()
        if self.export.quoted:
            csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=self.export.end).writerow(cells)
        else:
            csv.writer(out, lineterminator=self.export.end).writerow(cells)
        return out.getvalue()

    def _escaped(self, text: str) -> str:
        """Write the inside of a cell: quoted by itself if it needs to be, unless all cells are quoted anyway."""
        if self.export.quoted:
            return text.replace('"', '""')
        if any(mark in text for mark in ',"\n\r'):
            return '"' + text.replace('"', '""') + '"'
        return text

    def lines(
        self,
        searches: Searches,
        changed: NDArray[np.bool_] | None = None,
        overwritten: Mapping[str, tuple[NDArray[np.bool_], str]] | None = None,
    ) -> ArrowText:
        """Write searches as a column of lines.

        Args:
            searches: The searches.
            changed: Which of them to write with one network more than there was.
            overwritten: By field, which of them to write with another text, and that text.
        """
        cells = []
        for part in self.export.columns.values():
            made = getattr(self, f"_{part}")(searches)
            if changed is not None and part in ("networks", "devices"):
                counts = getattr(searches, part) + changed
                made = pa.array(counts).cast(pa.string())
            field = {"frame_start": "frame", "frame_end": "frame"}.get(part, part)
            if overwritten and field in overwritten:
                where, text = overwritten[field]
                made = pc.if_else(pa.array(where), self._escaped(text), made)
            if field in searches.withheld:
                made = pc.if_else(
                    pa.array(searches.withheld[field]), self._escaped(self.redaction(field)), made
                )
            cells.append(made)
        between, around = ('","', '"') if self.export.quoted else (",", "")
        cells[0] = pc.binary_join_element_wise(around, cells[0], "")
        cells[-1] = pc.binary_join_element_wise(cells[-1], around + self.export.end, "")
        return pc.binary_join_element_wise(*cells, between)

    def redaction(self, field: str) -> str:
        """Give the mark by which a field is redacted; a producer uses one mark for a field."""
        return REDACTIONS[int(self.drawer.bits("mark " + field, np.array([0]))[0] % len(REDACTIONS))]

    def _taken(self, table: Sequence[str], codes: Whole) -> ArrowText:
        return pa.array([self._escaped(text) for text in table], pa.string()).take(pa.array(codes))

    # --- identifiers ------------------------------------------------------------------------------------------

    def _id(self, searches: Searches) -> ArrowText:
        high = hexadecimal(self.drawer.bits("id", searches.number))
        low = hexadecimal(self.drawer.bits("id 2", searches.number))
        parts = (high[:, :8], "-", high[:, 8:12], "-", high[:, 12:], "-", low[:, :4], "-", low[:, 4:])
        return column(side_by_side(*parts))

    @cached_property
    def _user_names(self) -> list[str]:
        kind = "Kanary User" if self.town.canaries else "Sample User"
        return [f"{kind} {number:04d}" for number in range(self.town.users)]

    def _user_name(self, searches: Searches) -> ArrowText:
        return self._taken(self._user_names, searches.user)

    def _user_id(self, searches: Searches) -> ArrowText:
        start = "KNRY-USER" if self.town.canaries else "sample-user"
        names = hexadecimal(self.drawer.bits("user id", np.arange(self.town.users)))
        return column(side_by_side(start + "-", names)).take(pa.array(searches.user))

    def _plate(self, searches: Searches) -> ArrowText:
        # Multiplying by an odd number that 36 has no common factor with keeps codes distinct and looks like chance.
        code = searches.plate * 1_000_003 % 36**7
        matrix = side_by_side("KNRY" if self.town.canaries else "SY", letters(code, 7))
        stars = searches.wildcard & (searches.plate % 2 == 0)
        matrix[stars, -2:] = ord("*")
        matrix[searches.wildcard & ~stars, -3] = ord("?")
        return pc.if_else(pa.array(searches.no_plate), "", column(matrix))

    def _case_number(self, searches: Searches) -> ArrowText:
        start = "KNRY-CASE" if self.town.canaries else "SYN-24"
        blanks = self._taken(ANSWER_BLANKS, searches.phrase % len(ANSWER_BLANKS))
        cases = column(side_by_side(start + "-", digits(searches.case, 8)))
        return pc.if_else(pa.array(searches.no_case), blanks, cases)

    # --- organisations and reach ------------------------------------------------------------------------------

    @cached_property
    def agencies(self) -> tuple[list[str], list[tuple[int, int]]]:
        """Every organisation's name, and the first and the end of each kind's."""
        return organisations(self.town.agencies, self.town.home)

    def places(self, searches: Searches) -> Whole:
        """Give the place of each search's organisation among the names."""
        _, parts = self.agencies
        firsts = np.array([first for first, _ in parts])[searches.organisation]
        sizes = np.array([end - first for first, end in parts])[searches.organisation]
        places: Whole = firsts + searches.user % sizes
        return places

    def _agency(self, searches: Searches) -> ArrowText:
        return self._taken(self.agencies[0], self.places(searches))

    def _networks(self, searches: Searches) -> ArrowText:
        return pa.array(searches.networks).cast(pa.string())

    def _devices(self, searches: Searches) -> ArrowText:
        return pa.array(searches.devices).cast(pa.string())

    # --- reasons and what else is said ------------------------------------------------------------------------

    @cached_property
    def _reasons(self) -> tuple[list[str], Whole, Whole]:
        """Every reason's text, and each class's first place and size among them."""
        numbers = (np.arange(2000) * 7919 + self.town.seed) % 90_000 + 10_000
        texts: list[str] = []
        firsts: list[int] = []
        for name in self.drawer.classes:
            firsts.append(len(texts))
            if name == "no_reason":
                texts += BLANKS
            elif name == "number_only":
                texts += [f"24-{number}" if number % 2 else str(number) for number in numbers]
            else:
                texts += [spelt for phrase in self.drawer.phrases(name) for spelt in spellings(phrase)]
        return texts, np.array(firsts), np.diff([*firsts, len(texts)])

    def _reason(self, searches: Searches) -> ArrowText:
        texts, firsts, sizes = self._reasons
        classes, reason, phrase = self.drawer.classes, searches.reason, searches.phrase
        bare = self._taken(texts, firsts[reason] + phrase % sizes[reason])
        bits = self.drawer.bits("detail", searches.number)
        detailed = np.isin(reason, [classes.index(name) for name in _DETAILED if name in classes])
        added = [(detailed & (bits < _DETAIL_SHARE), self._details(bits))]
        plates = side_by_side(
            " " + (REASON_CANARY if self.town.canaries else "SY"), letters(phrase % 36**3, 3), "7"
        )
        added.append((reason == classes.index("plate_in_reason"), column(plates)))
        names = [f" for {name}" for name in NAMES]
        added.append((reason == classes.index("name_in_reason"), self._taken(names, phrase % len(names))))
        phones = side_by_side(" 555-555-01", digits(phrase % 100, 2))
        added.append((reason == classes.index("phone_in_reason"), column(phones)))
        for mask, addition in added:
            where = pa.array(mask)
            longer = pc.binary_join_element_wise(bare.filter(where), addition.filter(where), "")
            bare = pc.replace_with_mask(bare, where, longer)
        return bare

    def _details(self, bits: NDArray[np.uint64]) -> ArrowText:
        words = pa.array(DETAILS)
        codes = [(bits >> np.uint64(shift) & np.uint64(0xFFFF)) % len(DETAILS) for shift in (0, 16, 32)]
        return pc.binary_join_element_wise("", *(words.take(pa.array(code)) for code in codes), " ")

    def _offense_type(self, searches: Searches) -> ArrowText:
        return self._taken(("", *OFFENSES), searches.offense)

    def _filters(self, searches: Searches) -> ArrowText:
        return self._taken(FILTERS, searches.filters)

    def _search_type(self, searches: Searches) -> ArrowText:
        return self._taken(self.drawer.tools, searches.tool)

    def _text_prompt(self, searches: Searches) -> ArrowText:
        tools = self.drawer.tools
        freeform = searches.tool == (tools.index("freeform") if "freeform" in tools else -1)
        return self._taken(("", *PROMPTS), searches.prompt * freeform)

    def _moderation(self, searches: Searches) -> ArrowText:
        return self._taken(self.drawer.outcomes, searches.moderation)

    # --- times ------------------------------------------------------------------------------------------------

    def _vendor(self, seconds: Whole) -> NDArray[np.uint8]:
        clock = self._clock
        return side_by_side(clock.date(seconds, "%m/%d/%Y"), ", ", clock.time(seconds, "%I:%M:%S %p"), " UTC")

    def _quoted(self, *parts: NDArray[np.uint8] | str) -> ArrowText:
        quote = "" if self.export.quoted else '"'
        return column(side_by_side(quote, *parts, quote))

    def _frame(self, searches: Searches) -> ArrowText:
        end = searches.when // 1000
        return self._quoted(self._vendor(end - searches.frame), "\n", self._vendor(end))

    def _frame_start(self, searches: Searches) -> ArrowText:
        return self._quoted(self._vendor(searches.when // 1000 - searches.frame))

    def _frame_end(self, searches: Searches) -> ArrowText:
        return self._quoted(self._vendor(searches.when // 1000))

    def _local(self, searches: Searches) -> Whole:
        return searches.when // 1000 + self.drawer.schedule.offsets[searches.day]

    def _search_date(self, searches: Searches) -> ArrowText:
        return column(self._clock.date(self._local(searches), "%Y-%m-%d"))

    def _search_time(self, searches: Searches) -> ArrowText:
        return column(self._clock.time(self._local(searches), "%H:%M:%S"))

    def _searched_at(self, searches: Searches) -> ArrowText:
        if self.export.clock == "vendor":
            return self._quoted(self._vendor(searches.when // 1000))
        iso = self.export.clock == "iso"
        seconds = searches.when // 1000 if iso else self._local(searches)
        between, end = ("T", "Z") if iso else (" ", "")
        thousandths = digits(searches.when % 1000, 3)
        date, time = self._clock.date(seconds, "%Y-%m-%d"), self._clock.time(seconds, "%H:%M:%S")
        return column(side_by_side(date, between, time, ".", thousandths, end))
