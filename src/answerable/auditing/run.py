"""Running an audit: intake, measures, policy and outputs, each step in its own room."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from answerable.auditing.opened import RESULTS, Case
from answerable.auditing.stored import write_results
from answerable.case import ORIGINS, CaseFolder, Draft, Settings, State
from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import UsageError
from answerable.estimate import Estimate, Finding, NotMeasurable
from answerable.intake import Layout, load_layout, load_layouts, open_all, take_in
from answerable.intake.columns import check_timezone
from answerable.intake.opening import Opened
from answerable.intake.take import Progress
from answerable.policy import Pack, evaluate, load_packs
from answerable.programmes import PROGRAMMES
from answerable.programmes.measure import Measure
from answerable.programmes.programme import Programme
from answerable.programmes.run import Runner
from answerable.report import Audited, Contents, write_outputs

__all__ = ["all_layouts", "all_measures", "audit", "rebuild"]

_KINDS = tuple(kind for programme in PROGRAMMES for kind in programme.kinds)
_STEPS = 3  # measuring, evaluating, writing
_Results = tuple[dict[str, Estimate | NotMeasurable], tuple[Finding, ...]]


def _quiet(_what: str, _step: int, _of: int) -> None:
    """Tell nobody."""


def all_measures() -> dict[str, Measure]:
    """Give every measure of every programme by its name."""
    return {measure.name: measure for programme in PROGRAMMES for measure in programme.measures}


def all_layouts(own: Iterable[str | Path] = ()) -> tuple[Layout, ...]:
    """Give the layouts to choose from: the shipped ones, and before them those that the user names.

    Args:
        own: Names of shipped layouts, or paths of the user's own files. Where one of these fits a header, the
            others are not asked.

    Raises:
        LayoutError: A file is not a layout.
        UsageError: There is no such layout.
    """
    shipped = {
        layout.name: layout for programme in PROGRAMMES for layout in load_layouts(programme.layouts, _KINDS)
    }
    for each in own:
        if str(each) in shipped:
            shipped[str(each)] = replace(shipped[str(each)], own=True)
        elif Path(each).exists():
            shipped[str(each)] = replace(load_layout(Path(each), _KINDS), own=True)
        else:
            close = difflib.get_close_matches(str(each), shipped, 1)
            raise UsageError(
                f"there is no layout {str(each)!r}",
                expected=f"{close[0]}?"
                if close
                else "the name of a shipped layout or the path of a layout file",
                do="Run `answerable layouts`.",
            )
    return tuple(shipped.values())


def audit(
    paths: Iterable[str | Path] | str | Path,
    case: str | Path = "answerable-case",
    *,
    policy: Sequence[str | Path] = (),
    secondary: bool = False,
    as_of: str = "",
    timezone: str = "",
    seed: int = 0,
    layout: Sequence[str | Path] = (),
    progress: Progress = _quiet,
) -> Case:
    """Audit files: read them into a case, measure, set the measures against rules, write the outputs.

    Files that the case already holds (by SHA-256) are not read again; new ones are added to it.

    Args:
        paths: Files and folders.
        case: The case's folder; it is made if it is not there.
        policy: Ids of shipped policy packs, or paths of your own. None: measures without findings.
        secondary: Also use clauses that rest on secondary sources.
        as_of: The date of the audit, YYYY-MM-DD; it is printed, and decides which packs are in force.
        timezone: The local time zone, an IANA name.
        seed: The seed of anything random.
        layout: Names of shipped layouts to choose from, or paths of your own.
        progress: Told of each step.

    Returns:
        The case, opened.

    Raises:
        UsageError: An argument makes no sense.
        InputError: A file cannot be read as records; the case is as it was.
        CaseError: The case is damaged or in use.
        StorageError: A disk is full or cannot be written; the case is as it was.
    """
    if as_of:
        _check_date(as_of)
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    folder = CaseFolder(Path(case))
    settings = Settings(
        policies=tuple(str(one) for one in policy),
        secondary=secondary,
        as_of=as_of,
        timezone=check_timezone(timezone),
        seed=seed,
    )
    packs = load_packs(policy, all_measures())  # a wrong pack is said before any file is read
    layouts = all_layouts(layout)
    with folder.change() as draft:  # held from here on: what is read of the case cannot change under this run
        before = folder.open() if folder.exists() else State()
        _check_clock(folder, before, settings)
        known = {f"{source.sha256} {source.name.partition('!')[2]}" for source in before.sources}
        opened, repeated, left_out = open_all(given, layouts, known, progress)
        state = _intake(draft, before, opened, settings, progress)
        state = replace(state, repeated=tuple(repeated), left_out=tuple(left_out))
        draft.write_state(state)
        _answer(draft, state, packs, progress)
        notices = draft.notices
    return Case(folder.path, notices)


def rebuild(
    case: str | Path,
    *,
    policy: Sequence[str | Path] | None = None,
    secondary: bool | None = None,
    progress: Progress = _quiet,
) -> Case:
    """Measure a case's records again and write its outputs anew, without reading its sources.

    Args:
        case: The case's folder.
        policy: Other policy packs than the case was audited with.
        secondary: Whether to use clauses that rest on secondary sources.
        progress: Told of each step.

    Raises:
        CaseError: There is no case, it is damaged or in use.
        StorageError: A disk is full or cannot be written; the case is as it was.
    """
    folder = CaseFolder(Path(case))
    folder.check()  # before `change`, which would make a case where there is none
    with folder.change() as draft:
        draft.keep_records()
        state = folder.open()
        changed = replace(
            state.settings,
            policies=state.settings.policies if policy is None else tuple(str(one) for one in policy),
            secondary=state.settings.secondary if secondary is None else secondary,
        )
        state = replace(state, settings=changed)
        packs = load_packs(changed.policies, all_measures())
        draft.write_state(state)
        _keep_origins(draft, {})
        _answer(draft, state, packs, progress)
        notices = draft.notices
    return Case(folder.path, notices)


def _check_date(text: str) -> None:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    if not found or text != found.isoformat():  # Python also reads 20260115 and 2026-W03-4
        raise UsageError(
            f"--as-of is {text!r}", expected="a date such as 2026-01-15", do="Write year, month and day so."
        )


def _check_clock(folder: CaseFolder, before: State, settings: Settings) -> None:
    """Refuse a second time zone: the records of one case are read by one clock."""
    if before.sources and before.settings.timezone != settings.timezone:
        raise UsageError(
            f"the case was made with time zone {before.settings.timezone or '(none)'}, and {settings.timezone or 'none'} is asked for now",
            where=str(folder.path),
            expected="one time zone for all the records of a case",
            do="Give the same --timezone, or make a new case.",
        )


def _intake(
    draft: Draft, before: State, opened: Sequence[Opened], settings: Settings, progress: Progress
) -> State:
    draft.keep_records()
    old = [(source, draft.case.records(before)[source.number]) for source in before.sources]
    fresh = draft.folder / "fresh"
    fresh.mkdir()
    scratch = draft.folder / "scratch"
    allowed = [draft.case.path, fresh, *{one.path for one in opened}]
    with DuckDB(allowed, scratch=scratch, joins_as_written=True) as engine:
        taken = take_in(
            engine,
            opened,
            _KINDS,
            key=draft.key,
            timezone=settings.timezone,
            old=old,
            folder=fresh,
            progress=progress,
        )
    for path in sorted(fresh.rglob("*")):
        if path.is_file():
            target = draft.folder / path.relative_to(fresh)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
    _remove(fresh)
    _remove(scratch)
    state = State(
        settings=settings,
        sources=(*before.sources, *taken.sources),
        overlaps=(*before.overlaps, *taken.overlaps),
    )
    first = len(before.sources) + 1
    _keep_origins(draft, {str(number): str(one.path.resolve()) for number, one in enumerate(opened, first)})
    return state


def _keep_origins(draft: Draft, new: dict[str, str]) -> None:
    """Remember where sources were read from, apart from the results: a path says nothing about them."""
    old = draft.case.current / ORIGINS
    origins = json.loads(old.read_bytes()) if old.is_file() else {}
    (draft.folder / ORIGINS).write_text(json.dumps(origins | new, indent=1) + "\n", encoding="utf-8")


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if folder.is_dir():
        folder.rmdir()


def _answer(draft: Draft, state: State, packs: Sequence[Pack], progress: Progress) -> None:
    """Measure, evaluate and write the outputs of a version whose records are in place."""
    estimates: dict[str, Estimate | NotMeasurable] = {}
    audited: list[Audited] = []
    runners: dict[str, Runner] = {}
    scratch = draft.folder / "scratch"
    with DuckDB([draft.case.path], scratch=scratch) as engine:
        engine.table("sources", _accounts(state))
        for programme in PROGRAMMES:
            progress(f"Measuring: {programme.title.lower()}", 1, _STEPS)
            has_records = _records(engine, programme, draft, state)
            programme.prepare(engine)
            runner = Runner(engine, programme.kinds)
            runners |= {kind.plural: runner for kind in programme.kinds}
            if has_records:
                estimates |= runner.run_all(programme.measures)
                audited.append(Audited.of(programme))
        progress("Setting the measures against the rules", 2, _STEPS)

        def run(measure: Measure, **parameters: float) -> Estimate | NotMeasurable:
            return runners[measure.records].run(measure, **parameters)

        findings = evaluate(
            packs,
            run,
            all_measures(),
            include_secondary=state.settings.secondary,
            period=_period(state),
        )
    _remove(scratch)
    progress("Writing the report", 3, _STEPS)
    contents = Contents(
        case=draft.case.path.resolve().name,
        version=version("answerable"),
        as_of=state.settings.as_of,
        seed=state.settings.seed,
        timezone=state.settings.timezone,
        policies=tuple(pack.id for pack in packs),
        sources=state.sources,
        overlaps=state.overlaps,
        repeated=state.repeated,
        estimates=estimates,
        findings=findings,
        programmes=tuple(audited),
    )
    write_results(draft.folder / RESULTS, estimates, findings)
    write_outputs(contents, draft.folder)


def _period(state: State) -> tuple[str, str]:
    """Give the first and the last time of the records, by their own clock."""
    firsts = [source.first for source in state.sources if source.first]
    lasts = [source.last for source in state.sources if source.last]
    return min(firsts, default=""), max(lasts, default="")


def _accounts(state: State) -> str:
    """Give the query of the sources' accounts, one row for each, so that measures can count by them."""
    columns = ("kind", "rows_in", "kept", "duplicates", "duplicates_differing", "quarantined")
    rows = [
        f"({source.number}, {', '.join(literal(getattr(source, name)) for name in columns)})"
        for source in state.sources
    ]
    empty = f"({', '.join(['NULL'] * (len(columns) + 1))})"
    listed = f"(VALUES {', '.join(rows or [empty])}) AS listed (source, {', '.join(columns)})"
    return f"SELECT * FROM {listed} WHERE source IS NOT NULL"


def _records(engine: DuckDB, programme: Programme, draft: Draft, state: State) -> bool:
    """Name the records of each kind; an empty view where the case has none of a kind."""
    any_records = False
    for kind in programme.kinds:
        paths = [
            draft.folder / "records" / f"{source.number:04}.parquet"
            for source in state.sources
            if source.kind == kind.name
        ]
        any_records = any_records or bool(paths)
        if paths:
            engine.parquet(kind.plural, paths)
        else:
            columns = ", ".join(
                f"CAST(NULL AS {sql_type}) AS {name}" for name, sql_type in kind.columns().items()
            )
            engine.view(kind.plural, f"SELECT {columns} WHERE FALSE")
    return any_records
