"""Answering: from the records of a case to estimates, findings and outputs."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from importlib.metadata import version

from answerable.auditing.known import all_measures
from answerable.auditing.opened import RESULTS
from answerable.auditing.stored import write_results
from answerable.case import Draft, State, record_files
from answerable.engine import Choice, Engine
from answerable.engine.dialect import literal
from answerable.estimate import Estimate, NotMeasurable
from answerable.intake.take import Progress
from answerable.policy import Pack, evaluate
from answerable.programmes import PROGRAMMES
from answerable.programmes.measure import Measure
from answerable.programmes.programme import Programme, name_records
from answerable.programmes.run import Runner
from answerable.report import Audited, Contents, write_outputs
from answerable.review import pin_acts, read_conclusions

__all__ = ["answer"]

_STEPS = 3  # measuring, evaluating, writing


def answer(draft: Draft, state: State, packs: Sequence[Pack], progress: Progress, choice: Choice) -> None:
    """Measure on the engine of one's choice, evaluate and write the outputs of a version whose records are in place."""
    estimates: dict[str, Estimate | NotMeasurable] = {}
    audited: list[Audited] = []
    absent: list[tuple[str, int]] = []
    runners: dict[str, Runner] = {}
    scratch = draft.folder / "scratch"
    progress(f"Starting {choice.engine}", 1, _STEPS)
    with closing(choice.open([draft.case.path], scratch=scratch)) as engine:
        engine.table("sources", _accounts(state))
        engine.table("stated", _stated(state))
        for programme in PROGRAMMES:
            progress(f"Measuring: {programme.title.lower()}", 1, _STEPS)
            held = _records(engine, programme, draft, state)
            taken = [one for one in programme.measures if held.get(one.records, 0) >= one.logs]
            programme.prepare(engine, taken)
            runner = Runner(
                engine, programme.kinds, seed=state.settings.seed, dated=bool(state.settings.as_of)
            )
            runners |= {kind.plural: runner for kind in programme.kinds}
            if held:
                # Of a kind that the case holds no record of, no measure is taken, nor one that compares logs where there is
                # one: the report says so once for each.
                absent += _absent(programme, held)
                estimates |= runner.run_all(taken)
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
    shutil.rmtree(scratch, ignore_errors=True)
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
        left_out=state.left_out,
        estimates=estimates,
        findings=findings,
        programmes=tuple(audited),
        absent_kinds=tuple(absent),
        conclusions=read_conclusions(draft.folder),
    )
    write_results(draft.folder / RESULTS, estimates, findings)
    write_outputs(contents, draft.folder)
    pin_acts(draft)


def _absent(programme: Programme, held: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give each kind that the case holds no record of, and each of which it holds one log where measures compare several.

    Beside each stands how many measures are for want of it not taken.
    """
    missing: list[tuple[str, int]] = []
    for kind in programme.kinds:
        of_kind = [one for one in programme.measures if one.records == kind.plural]
        if kind.plural not in held:
            missing.append((kind.things, len(of_kind)))
        elif alone := sum(one.logs > held[kind.plural] for one in of_kind):
            missing.append((f"several logs of {kind.things}", alone))
    return missing


def _period(state: State) -> tuple[str, str]:
    """Give the first and the last time of the records, by their own clock."""
    firsts = [source.first for source in state.sources if source.first]
    lasts = [source.last for source in state.sources if source.last]
    return min(firsts, default=""), max(lasts, default="")


def _accounts(state: State) -> str:
    """Give the query of the sources' accounts, one row for each, so that measures can count by them."""
    columns = (
        "kind", "log", "rows_in", "kept", "shared", "duplicates", "duplicates_differing", "quarantined", "folded",
        "skipped",
    )  # fmt: skip  # a list of words
    rows = [
        f"({source.number}, {', '.join(literal(getattr(source, name)) for name in columns)}, {sum(source.bad_cells.values())})"
        for source in state.sources
    ]
    empty = f"({', '.join(['NULL'] * (len(columns) + 2))})"
    listed = f"(VALUES {', '.join(rows or [empty])}) AS listed (source, {', '.join(columns)}, bad_cells)"
    return f"SELECT * FROM {listed} WHERE source IS NOT NULL"


def _stated(state: State) -> str:
    """Give the query of what the user stated, one row: the date of the audit, NULL where none was named."""
    as_of = state.settings.as_of
    return f"SELECT CAST({literal(as_of or None)} AS DATE) AS as_of"


def _records(engine: Engine, programme: Programme, draft: Draft, state: State) -> dict[str, int]:
    """Name the records of each kind, and give the kinds that the case holds, each with how many logs hold it.

    The records of all logs together hold each once; those of each log hold what two logs have in both.
    """
    held: dict[str, int] = {}
    for kind in programme.kinds:
        sources = [source for source in state.sources if source.kind == kind.name]
        files = [record_files(draft.folder, source) for source in sources]
        name_records(engine, kind, [paths[0] for paths in files], [path for paths in files for path in paths])
        held |= {kind.plural: len({source.log for source in sources})} if sources else {}
    return held
