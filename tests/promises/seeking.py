"""Looking for what must not be there: a token in every byte of a file, however it is packed or written."""

import base64
import binascii
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from answerable.cli import main

COMMAND = [
    sys.executable,
    "-c",
    "import sys; from answerable.cli import main; sys.argv[0] = 'answerable'; main()",
]
OUTPUTS = ("report.html", "findings.json", "measures.csv", "findings.xlsx")
_HEX = re.compile(rb"[0-9A-Fa-f]{8,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{6,}")


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: bytes
    err: bytes

    @property
    def both(self) -> bytes:
        """All that was printed."""
        return self.out + self.err


def command(*arguments: str | Path) -> Said:
    """Run the command line as a user does, in a process of its own."""
    ran = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, check=False, timeout=120)
    return Said(ran.returncode, ran.stdout, ran.stderr)


def command_here(*arguments: str | Path) -> Said:
    """Run the command line in this process, which takes a fifth of the time."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr("sys.argv", ["answerable", *map(str, arguments)])
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Said(code, out.getvalue().encode(), err.getvalue().encode())


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give a file's bytes, and what a reader of its format would see in them."""
    yield name, data
    if data[:4] == b"PAR1":
        table = pq.read_table(io.BytesIO(data))
        text = "\n".join(str(cell) for column in table.columns for cell in column.to_pylist())
        yield f"{name} as text", text.encode("utf-8", "surrogateescape")
        yield f"{name}'s schema", str(table.schema).encode()
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name}!{member}", archive.read(member)


def writings(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give bytes as they stand, and what they say if parts of them are UTF-16, hexadecimal or base64."""
    yield "as it stands", data
    yield "UTF-16", data.replace(b"\0", b"")
    plain = data.replace(rb"\x", b"")
    pairs = (run[at : at + (len(run) - at) // 2 * 2] for run in _HEX.findall(plain) for at in (0, 1))
    yield "hexadecimal", b"\n".join(map(binascii.unhexlify, pairs))
    runs = [run.translate(bytes.maketrans(b"-_", b"+/")) for run in _BASE64.findall(data)]
    fours = (run[at : at + (len(run) - at) // 4 * 4] for run in runs for at in range(4))
    yield "base64", b"\n".join(base64.b64decode(run) for run in fours)
    ends = (run[-3:] + b"=" if len(run) % 4 == 3 else run[-2:] + b"==" for run in runs)
    whole = (run[: len(run) // 4 * 4] + end for run, end in zip(runs, ends, strict=True) if len(run) % 4 > 1)
    yield "padded base64", b"\n".join(base64.b64decode(run) for run in whole)


def found(name: str, data: bytes, tokens: Iterable[bytes]) -> list[str]:
    """List where a token stands in a file, in any case of its letters and in any writing."""
    wanted = [token.lower() for token in tokens]
    return [
        f"{place}: {token!r}, {how}"
        for place, inner in unpacked(name, data)
        for how, text in writings(inner)
        for token in wanted
        if token in text.lower()
    ]


def files(folder: Path) -> list[Path]:
    """List every file of a case once: `current` is a link to the version that counts."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def anywhere(paths: Iterable[Path], tokens: Iterable[bytes]) -> list[str]:
    """List where a token stands in any of some files, or in their names."""
    listed = list(tokens)
    return [
        place
        for path in paths
        for place in [
            *found(path.name, path.read_bytes(), listed),
            *found("name", str(path).encode(), listed),
        ]
    ]
