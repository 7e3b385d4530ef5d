"""The frame: every record that a sample is drawn from, each with its stratum and its cluster.

A record's place is the number of its source and its position among that source's records in the case, from 0. Both are in
the case for anyone to see, so that a draw over places can be made again by anyone who holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable import wording
from answerable.case import CaseFolder, State, record_files
from answerable.engine import DuckDB
from answerable.engine.dialect import identifier, literal
from answerable.errors import UsageError
from answerable.intake.kinds import Field, RecordKind, Role
from answerable.policy.marked import nearest
from answerable.programmes.measure import Share
from answerable.programmes.programme import Programme, name_records

__all__ = ["COUNTED", "OTHERS", "REST", "WHOLE", "Frame", "Records", "records_of"]

WHOLE = "all records"
"""The label of the one stratum of a sample that has none."""

COUNTED, REST = "counted", "not counted"
"""The labels of the two strata that a measure makes."""

OTHERS = "other groups"
"""The label of the clusters that are drawn, where the large ones are all taken."""

_MOST_STRATA = 6  # the exact interval of more takes minutes
_PARTED = (Role.CATEGORY, Role.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Frame:
    """The records that a sample is drawn from: one element of each array per record, in the order of sources and positions.

    Attributes:
        kind: Their kind.
        source: The number of each record's source.
        position: Its place among that source's records, from 0.
        stratum: The place of its stratum in ``strata``.
        strata: The strata's labels, in order.
        cluster: The number of its cluster, from 0; None where records are drawn one by one.
        by: What strata are made by, in words.
        clusters_are: What a cluster is, in words.
    """

    kind: RecordKind
    source: NDArray[np.int64]
    position: NDArray[np.int64]
    stratum: NDArray[np.int64]
    strata: tuple[str, ...]
    cluster: NDArray[np.int64] | None = None
    by: str = ""
    clusters_are: str = ""

    def __len__(self) -> int:
        return len(self.source)

    @property
    def sizes(self) -> list[int]:
        """How many records each stratum holds."""
        return [int(size) for size in np.bincount(self.stratum, minlength=len(self.strata))]


class Records:
    """The records of one kind of a case, on an engine of their own. Use `records_of`."""

    def __init__(self, engine: DuckDB, programme: Programme, kind: RecordKind) -> None:
        self._engine, self._programme, self.kind = engine, programme, kind

    def frame(self, *, strata: str = "", among: str = "", clusters: str = "", whole_above: int = 0) -> Frame:
        """Lay out the frame.

        Args:
            strata: What parts the records: ``month``, a field that holds an organisation or a category, or the name of a
                measure that counts records, which parts those that it counts from the others.
            among: The name of a measure: only the records that it counts are in the frame.
            clusters: A field whose values are drawn in place of records, each with all of its records (``user_name``).
            whole_above: With clusters: those that hold more records of the frame are a stratum of their own, all of which is taken; 0: none is.

        Raises:
            UsageError: There is no such field or measure, there are too many strata, both strata and clusters are asked for, the frame
                is empty, or clusters are to be taken whole and there are none, or no others.
        """
        if whole_above and not clusters:
            raise UsageError(
                "large groups are to be taken whole, and no groups are drawn",
                expected="--clusters, such as --clusters user_name",
                do="Give it, or leave out --whole-above.",
            )
        if strata and clusters:
            raise UsageError(
                "records are drawn by strata or in clusters, not both",
                expected="one of the two",
                do="Leave out --strata, or --clusters.",
            )
        parts, by = self._strata(strata)
        conditions = [self._condition(among)] if among else []
        measures = [self._measure(name) for name in (strata, among) if name and "." in name]
        views = {measure.view for measure in measures} | ({self.kind.plural} if not measures else set())
        if len(views) > 1:
            raise UsageError(
                f"{strata} and {among} are read from different tables",
                expected="measures of one table",
                do="Use one of the two.",
            )
        (view,) = views
        self._programme.prepare(self._engine, measures)
        cluster, clusters_are = self._clusters(clusters)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        found = self._engine.columns(
            f"SELECT source, record_place AS place, CAST({parts} AS VARCHAR) AS stratum, {cluster} AS cluster "
            f"FROM {identifier(view)} {where} ORDER BY source, place"
        )
        if not len(found["source"]):
            raise UsageError(
                f"no record of {self.kind.things} is in the frame",
                expected="records to draw from",
                do="Choose other records, or leave out what narrows them.",
            )
        numbered = _numbered(found["cluster"]) if clusters else None
        labels = np.ma.filled(found["stratum"], f"no {strata} given").astype(str)
        names, places = np.unique(labels, return_inverse=True)
        if numbered is not None and whole_above:
            names, places = _by_size(numbered, whole_above, self.kind)
        if len(names) > _MOST_STRATA:
            raise UsageError(
                f"{strata} parts the records into {wording.count(len(names))} strata",
                expected=f"at most {_MOST_STRATA}",
                do="Choose what parts them less, such as a measure that counts some of them.",
            )
        return Frame(
            kind=self.kind,
            source=np.asarray(found["source"], np.int64),
            position=np.asarray(found["place"], np.int64),
            stratum=places.astype(np.int64),
            strata=tuple(str(name) for name in names),
            cluster=numbered,
            by=by,
            clusters_are=clusters_are,
        )

    def rows(self, source: Sequence[int], position: Sequence[int]) -> list[dict[str, Any]]:
        """Give the stored cells of some records, in the order given."""
        wanted = ", ".join(f"({number}, {place})" for number, place in zip(source, position, strict=True))
        names = [name for name in self.kind.columns() if name not in ("source", "clock", "month")]
        listed = ", ".join(identifier(name) for name in names)
        found = self._engine.rows(
            f"SELECT source, record_place, clock, {listed} FROM {identifier(self.kind.plural)} "
            f"WHERE (source, record_place) IN (VALUES {wanted})"
        )
        by_place = {row[:2]: dict(zip(("clock", *names), row[2:], strict=True)) for row in found}
        return [by_place[int(number), int(place)] for number, place in zip(source, position, strict=True)]

    def _strata(self, name: str) -> tuple[str, str]:
        if not name:
            return literal(WHOLE), ""
        if "." in name:
            measure = self._measure(name)
            counted = self._condition(name)
            return (
                f"CASE WHEN {counted} THEN {literal(COUNTED)} ELSE {literal(REST)} END",
                f"whether “{measure.words(measure.title)}” ({name}) counts them",
            )
        if name == "month":
            return "month", "month"
        return identifier(self._field(name, _PARTED).name), self.kind.field(name).label

    def _clusters(self, name: str) -> tuple[str, str]:
        if not name:
            return "NULL", ""
        field = self._field(name, (*_PARTED, Role.IDENTIFIER))
        return identifier(name), f"a {field.label}"

    def _field(self, name: str, roles: Sequence[Role]) -> Field:
        known = {field.name: field for field in self.kind.fields if field.role in roles}
        if name not in known:
            raise UsageError(
                f"{self.kind.things} cannot be parted by {name!r}",
                expected=nearest(name, ["month", *known]),
                do="Name such a field, or a measure of these records that is a share.",
            )
        return known[name]

    def _measure(self, name: str) -> Share:
        shares = {
            one.name: one
            for one in self._programme.measures
            if isinstance(one, Share) and one.records == self.kind.plural
        }
        if name not in shares:
            raise UsageError(
                f"there is no measure {name!r} that counts {self.kind.things}",
                expected=nearest(name, shares),
                do="Run `answerable measures`.",
            )
        return shares[name]

    def _condition(self, name: str) -> str:
        measure = self._measure(name)
        both = f"({measure.words(measure.among)}) AND ({measure.words(measure.counts)})"
        return f"coalesce({both}, FALSE)"


@contextmanager
def records_of(
    case: CaseFolder, state: State, programmes: Sequence[Programme], plural: str
) -> Iterator[Records]:
    """Open the records of one kind of a case.

    Args:
        case: The case.
        state: What it knows.
        programmes: The programmes that there are.
        plural: The plural of the record kind.

    Raises:
        UsageError: There is no such kind, a record of it shows what nobody may see, or the case holds none.
    """
    by_plural: Mapping[str, tuple[Programme, RecordKind]] = {
        kind.plural: (programme, kind)
        for programme in programmes
        for kind in programme.kinds
        if not kind.sealed
    }
    if plural not in by_plural:
        raise UsageError(
            f"no sample is drawn of {plural!r}",
            expected=nearest(plural, by_plural),
            do="Name one of these kinds of record.",
        )
    programme, kind = by_plural[plural]
    if not any(source.kind == kind.name for source in state.sources):
        raise UsageError(
            f"the case holds no {kind.things}",
            where=str(case.path),
            do="Add a file of them with `answerable audit`, or draw of another kind.",
        )
    version = case.current.resolve()
    with DuckDB([version]) as engine:
        for each in programme.kinds:
            sources = [source for source in state.sources if source.kind == each.name]
            files = [record_files(version, source) for source in sources]
            name_records(
                engine, each, [paths[0] for paths in files], [path for paths in files for path in paths]
            )
            if each is kind:
                engine.view(each.plural, _placed([paths[0] for paths in files]))
        engine.table("sources", _logs(state))
        yield Records(engine, programme, kind)


def _placed(files: Sequence[Path]) -> str:
    """Give the query of records with their places in their files."""
    listed = ", ".join(literal(str(path.resolve())) for path in files)
    return (
        "SELECT * EXCLUDE (file_row_number), file_row_number AS record_place "
        f"FROM read_parquet([{listed}], union_by_name = true, file_row_number = true)"
    )


def _logs(state: State) -> str:
    rows = ", ".join(f"({source.number}, {literal(source.log)})" for source in state.sources)
    return f"SELECT * FROM (VALUES {rows}) AS listed (source, log)"


def _numbered(values: Any) -> NDArray[np.int64]:  # noqa: ANN401 - NumPy's arrays, masked where NULL
    """Number the clusters from 0 by their first record; a record without a value is a cluster of its own."""
    missing = np.ma.getmaskarray(values)
    keys = np.where(missing, "", np.ma.getdata(values).astype(str))
    alone = np.char.add("\x00", np.arange(len(keys)).astype(str))
    _, first, numbers = np.unique(np.where(missing, alone, keys), return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    return np.asarray(order[numbers], np.int64)


def _by_size(
    cluster: NDArray[np.int64], above: int, kind: RecordKind
) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Part records by whether their cluster holds more than so many, and give the strata's labels with the stratum of each record."""
    small = np.bincount(cluster)[cluster] <= above
    if not small.any():
        raise UsageError(
            f"every group holds more than {wording.plural(above, kind.name, kind.things)}",
            expected="some that hold fewer, to draw from",
            do="Give a larger number with --whole-above.",
        )
    if small.all():
        return np.array([OTHERS]), np.zeros(len(cluster), np.int64)
    large = f"groups of more than {wording.plural(above, kind.name, kind.things)}"
    return np.array([large, OTHERS]), small.astype(np.int64)
