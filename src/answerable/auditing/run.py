"""Running an audit: intake, measures, policy and outputs, each step in its own room."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from answerable.auditing.answering import answer
from answerable.auditing.known import KINDS, all_layouts, all_measures
from answerable.auditing.opened import Case
from answerable.auditing.origins import SENT
from answerable.auditing.rules import keep_packs
from answerable.case import INCOMING, ORIGINS, CaseFolder, Draft, Settings, State
from answerable.engine import ENGINES, Choice, DuckDB
from answerable.engine.hadoop import check_url, is_url
from answerable.engine.reader import SparkReader
from answerable.errors import UsageError
from answerable.intake import Layout, open_all, take_in
from answerable.intake.columns import check_timezone
from answerable.intake.containers import remote_items
from answerable.intake.opening import Opened
from answerable.intake.take import Progress
from answerable.policy import load_packs

__all__ = ["audit", "keep_origins", "rebuild"]


def _quiet(_what: str, _step: int, _of: int) -> None:
    """Tell nobody."""


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
    logs: Mapping[str, Sequence[str | Path]] | None = None,
    engine: str = ENGINES[0],
    master: str = "",
    progress: Progress = _quiet,
) -> Case:
    """Audit files: read them into a case, measure, set the measures against rules, write the outputs.

    Files that the case already holds (by SHA-256) are not read again; new ones are added to it. Rules, date and
    seed that are not given are those of the case's last audit.

    Args:
        paths: Files and folders; with Spark also URLs of any path that Hadoop reads (``s3a://``, ``hdfs://``,
            ``file:///``), of a file, a folder or a pattern.
        case: The case's folder; it is made if it is not there.
        policy: Ids of shipped policy packs, or paths of your own. None: measures without findings.
        secondary: Also use clauses that rest on secondary sources.
        as_of: The date of the audit, YYYY-MM-DD; it is printed.
        timezone: The local time zone, an IANA name.
        seed: The seed of anything random.
        layout: Names of shipped layouts to choose from, or paths of your own.
        logs: Label -> files and folders of one log: one producer's of several of the same network, or the list as it
            stood at one of several dates. Records that two logs hold are then matched, not set aside.
        engine: What measures, and reads URLs: ``duckdb`` or ``spark``. The results are the same bytes whichever it is.
        master: Spark's master; by default every core of this machine.
        progress: Told of each step.

    Returns:
        The case, opened.

    Raises:
        UsageError: An argument makes no sense, or the engine lacks something that it needs.
        InputError: A file cannot be read as records; the case is as it was.
        CaseError: The case is damaged or in use.
        StorageError: A disk is full or cannot be written; the case is as it was.
    """
    choice = Choice(engine, master)
    choice.check()
    if as_of:
        _check_date(as_of)
    given: dict[str, Sequence[str | Path]] = {"": [paths] if isinstance(paths, str | Path) else list(paths)}
    given |= {label: list(each) for label, each in (logs or {}).items()}
    afar = _check_urls(given, choice)
    folder = CaseFolder(Path(case))
    check_timezone(timezone)
    load_packs(policy, all_measures())  # a wrong pack is said before anything is made
    layouts = all_layouts(layout)
    with ExitStack() as held:
        draft = held.enter_context(
            folder.change()
        )  # from here on what is read of the case cannot change under this run
        spark = held.enter_context(SparkReader(master)) if afar else None
        before = folder.open() if folder.exists() else State()
        packs, names = keep_packs(draft, policy or before.settings.policies)
        settings = Settings(
            policies=names,
            secondary=secondary or before.settings.secondary,
            as_of=as_of or before.settings.as_of,
            timezone=timezone,
            seed=seed or before.settings.seed,
        )
        _check_clock(folder, before, settings)
        known = {source.key for source in before.sources}
        opened, repeated, left_out = _open(given, layouts, known, progress, spark)
        state = _intake(draft, before, opened, settings, progress=progress, spark=spark)
        state = replace(
            state, repeated=tuple(repeated), left_out=tuple(dict.fromkeys((*before.left_out, *left_out)))
        )
        draft.write_state(state)
        answer(draft, state, packs, progress, choice)
        notices = draft.notices
    return Case(folder.path, notices)


def rebuild(
    case: str | Path,
    *,
    policy: Sequence[str | Path] | None = None,
    secondary: bool | None = None,
    engine: str = ENGINES[0],
    master: str = "",
    progress: Progress = _quiet,
) -> Case:
    """Measure a case's records again and write its outputs anew, without reading its sources.

    Args:
        case: The case's folder.
        policy: Other policy packs than the case was audited with.
        secondary: Whether to use clauses that rest on secondary sources.
        engine: As in `audit`.
        master: As in `audit`.
        progress: Told of each step.

    Raises:
        UsageError: The engine lacks something that it needs.
        CaseError: There is no case, it is damaged or in use.
        StorageError: A disk is full or cannot be written; the case is as it was.
    """
    choice = Choice(engine, master)
    choice.check()
    folder = CaseFolder(Path(case))
    folder.check()  # before `change`, which would make a case where there is none
    with folder.change() as draft:
        draft.keep_records()
        state = folder.open()
        packs, names = keep_packs(draft, state.settings.policies if policy is None else policy)
        changed = replace(
            state.settings,
            policies=names,
            secondary=state.settings.secondary if secondary is None else secondary,
        )
        state = replace(state, settings=changed)
        draft.write_state(state)
        keep_origins(draft, {})
        answer(draft, state, packs, progress, choice)
        notices = draft.notices
    return Case(folder.path, notices)


def _check_urls(given: Mapping[str, Sequence[str | Path]], choice: Choice) -> bool:
    """Say whether any source is a URL.

    Raises:
        UsageError: One is, and nothing was asked for that reads it.
    """
    urls = [str(path) for paths in given.values() for path in paths if is_url(path)]
    for url in urls:
        check_url(url)
        if choice.engine != "spark":
            raise UsageError(
                "a URL is read by Spark, which was not asked for",
                where=url,
                do="Add --engine spark, or name a file of this machine.",
            )
    return bool(urls)


def _open(
    given: Mapping[str, Sequence[str | Path]],
    layouts: Sequence[Layout],
    known: set[str],
    progress: Progress,
    spark: SparkReader | None,
) -> tuple[list[Opened], list[str], list[str]]:
    """Open the tables of every log that was named, and of the files that were named as of none."""
    opened: list[Opened] = []
    repeated: list[str] = []
    left_out: list[str] = []
    for label, paths in given.items():
        if not paths and len(given) > 1:  # no path at all is said to be so
            continue
        files = [file for path in paths if spark and is_url(path) for file in spark.files(str(path))]
        remote, unknown = remote_items(files)
        fresh, again, others = open_all(
            [Path(path) for path in paths if not is_url(path)],
            layouts,
            known | {one.key for one in opened},
            progress,
            log=label,
            remote=remote,
        )
        opened, repeated, left_out = opened + fresh, repeated + again, left_out + others + unknown
    return opened, repeated, left_out


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
    draft: Draft,
    before: State,
    opened: Sequence[Opened],
    settings: Settings,
    *,
    progress: Progress,
    spark: SparkReader | None,
) -> State:
    draft.keep_records()
    fresh = draft.folder / "fresh"
    fresh.mkdir()
    scratch = draft.folder / "scratch"
    allowed = [draft.case.path, fresh, *{one.path for one in opened if not one.remote}]
    with DuckDB(allowed, scratch=scratch, joins_as_written=True) as engine:
        taken = take_in(
            engine,
            opened,
            KINDS,
            key=draft.key,
            timezone=settings.timezone,
            old=draft.case.records(before),
            folder=fresh,
            progress=progress,
            spark=spark,
        )
    for path in sorted(fresh.rglob("*")):
        if path.is_file():
            target = draft.folder / path.relative_to(fresh)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
    for folder in (fresh, scratch):
        shutil.rmtree(folder, ignore_errors=True)
    state = State(
        settings=settings,
        sources=(*before.sources, *taken.sources),
        overlaps=(*before.overlaps, *taken.overlaps),
    )
    first = len(before.sources) + 1
    sent = (draft.case.path / INCOMING).resolve()
    keep_origins(draft, {str(number): _origin(one, sent) for number, one in enumerate(opened, first)})
    return state


def _origin(opened: Opened, sent: Path) -> str:
    """Say where a source was read from; one that a browser sent was read from nowhere that lasts."""
    if opened.remote:
        return opened.remote.url
    path = opened.path.resolve()
    return f"{SENT}{path.name}" if path.is_relative_to(sent) else str(path)


def keep_origins(draft: Draft, new: dict[str, str]) -> None:
    """Remember where sources were read from, apart from the results: a path says nothing about them."""
    old = draft.case.current / ORIGINS
    origins = json.loads(old.read_bytes()) if old.is_file() else {}
    (draft.folder / ORIGINS).write_text(json.dumps(origins | new, indent=1) + "\n", encoding="utf-8")
