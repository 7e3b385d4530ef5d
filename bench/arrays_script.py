"""One process of the bench of arrays: writes the scores in every form, or takes one form in."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

_CHUNK = 1_000_000


def write(folder: Path, rows: int) -> None:
    """Write scores between 0 and 1 as text and as arrays."""
    scores = np.random.default_rng(11).beta(2, 5, rows)
    with (folder / "scores.csv").open("w", encoding="utf-8") as file:
        file.write("score\n")
        for at in range(0, rows, _CHUNK):
            file.write("\n".join(map(repr, scores[at : at + _CHUNK].tolist())) + "\n")
    np.save(folder / "scores.npy", scores)
    np.savez(folder / "stored.npz", score=scores)
    np.savez_compressed(folder / "packed.npz", score=scores)
    try:
        import h5py  # noqa: PLC0415 - an extra: HDF5 is left out without it
    except ImportError:
        return
    with h5py.File(folder / "scores.h5", "w") as file:
        file.create_dataset("score", data=scores)


def take(path: Path, case: Path) -> None:
    """Take one file in, and print a hash of the scores that it gave, in their order."""
    from answerable.engine import DuckDB  # noqa: PLC0415 - what writes need not load it
    from answerable.intake import Field, RecordKind, Role, load_layout, open_all, take_in  # noqa: PLC0415 - as above

    score = Field("score", Role.NUMBER, "How alike two samples are.", "score", zero_is_blank=False)
    pair = Field("pair", Role.CATEGORY, "Which two samples.", "pair of samples")
    kind = RecordKind("comparison", "comparisons", "One score.", (pair, score), named_by=("pair",))
    written = path.with_name("scores.toml")
    written.write_text('kind = "comparison"\n[columns]\nscore = ["score", "value"]\n', encoding="utf-8")
    layout = replace(load_layout(written, [kind]), own=True)
    opened, _, _ = open_all([path], [layout])
    case.mkdir()
    with DuckDB([path, case], scratch=case / "scratch", joins_as_written=True) as engine:
        taken = take_in(engine, opened, [kind], key=bytes(32), timezone="", old=[], folder=case / "made")
        ((marked,),) = engine.rows(
            f"SELECT bit_xor(hash(score, file_row_number)) FROM read_parquet('{case}/made/records/0001.parquet', file_row_number = true)"
        )
    print(taken.sources[0].kept, marked)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        take(Path(sys.argv[2]), Path(sys.argv[3]))
