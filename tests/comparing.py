"""Comparisons of two samples, as the tests' own kinds of record, and a short way to take files of them in."""

from dataclasses import replace

import pytest

from answerable.intake import Field, RecordKind, Role, load_layout

__all__ = ["COMPARISON", "COMPARISONS", "TRIAL", "compare", "written_layout"]

COMPARISON = RecordKind(
    "comparison",
    "comparisons",
    "One score of two samples.",
    (
        Field("id", Role.KEY, "The system's number for it.", "ID"),
        Field("probe", Role.IDENTIFIER, "The sample that was searched with.", "probe sample", recurs=True),
        Field("reference", Role.IDENTIFIER, "The sample it was held against.", "reference sample"),
        Field("mated", Role.CATEGORY, "Whether both are of one person.", "mated"),
        Field("span", Role.TIME_RANGE, "When the test ran.", "test period"),
        Field("attempts", Role.COUNT, "How often it was tried.", "attempts"),
        Field(
            "score", Role.NUMBER, "How alike they are.", "score", zero_is_blank=False, low=-1000, high=1000
        ),
    ),
    named_by=("probe", "reference"),
)
TRIAL = replace(
    COMPARISON,
    name="trial",
    plural="trials",
    fields=(*COMPARISON.fields, Field("tried_at", Role.TIME, "When it was tried.", "time of trial")),
    named_by=(),
)
COMPARISONS = (COMPARISON, TRIAL)


@pytest.fixture
def written_layout(tmp_path):
    """Give a function that reads a layout from its text, as if the user had named it."""

    def write(text, *, own=True, name="mine"):
        path = tmp_path / f"{name}.toml"
        path.write_text(text if "kind =" in text else f'kind = "comparison"\n{text}', encoding="utf-8")
        return replace(load_layout(path, COMPARISONS), own=own)

    return write


@pytest.fixture
def compare(take, written_layout):
    """Give a function that takes files in under layouts given by their text."""

    def run(layouts, *contents, own=True, **options):
        texts = [layouts] if isinstance(layouts, str) else layouts
        read = [written_layout(text, own=own, name=f"mine-{at}") for at, text in enumerate(texts)]
        return take(*contents, own=read, kinds=COMPARISONS, **options)

    return run
