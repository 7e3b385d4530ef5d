"""Keyed pseudonyms: HMAC-SHA-256 under a random key that belongs to one case and never leaves it.

The definition is RFC 2104 with SHA-256 (FIPS 180-4, FIPS 198-1), over the field's name, a colon and the
normalised value; the first 60 bits are kept as a whole number (docs/decisions/0001). It is computed in SQL for a
whole column and nowhere else: nothing in the package turns one given name or plate into its pseudonym, which is
what a look-up would begin with. The tests hold the SQL against the standard library's HMAC.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from answerable.engine import DuckDB
from answerable.engine.dialect import literal
from answerable.errors import CaseError
from answerable.intake.kinds import Field

__all__ = ["install", "load_key", "make_key", "padded", "plate_sql", "pseudonym_sql"]

_KEY_BYTES = 32
_BLOCK = 64  # SHA-256's block, to which HMAC pads its key
_DIGITS = 15  # hexadecimal digits kept: 60 bits, a non-negative BIGINT on every engine


def make_key(path: Path) -> None:
    """Make a case's key: 32 random bytes, readable by its owner alone, complete or not there at all."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def load_key(path: Path) -> bytes:
    """Read a case's key.

    Raises:
        CaseError: It is missing, of the wrong size, or readable by others.
    """
    try:
        key = path.read_bytes()
    except OSError as error:
        raise CaseError(
            f"the case's key cannot be read ({error.strerror})",
            where=str(path),
            do="Restore the file from a copy of the case; without it new files cannot be added, and the case has to be made anew.",
        ) from None
    if len(key) != _KEY_BYTES:
        raise CaseError(
            f"the case's key has {len(key)} bytes",
            where=str(path),
            expected=f"{_KEY_BYTES} bytes",
            do="Restore the file from a copy of the case.",
        )
    if path.stat().st_mode & 0o077:
        raise CaseError(
            "the case's key can be read by others",
            where=str(path),
            expected="file mode 0600",
            do=f"Run: chmod 600 '{path.name}' in the case folder.",
        )
    return key


def padded(key: bytes) -> dict[str, bytes]:
    """Pad a key to HMAC's two blocks, by the names under which engines keep them."""
    whole = key.ljust(_BLOCK, b"\0")
    return {
        "inner_pad": bytes(byte ^ 0x36 for byte in whole),
        "outer_pad": bytes(byte ^ 0x5C for byte in whole),
    }


def install(engine: DuckDB, key: bytes) -> None:
    """Give an engine the two padded keys, as variables, so that no query text holds them, and the function of them."""
    for name, block in padded(key).items():
        written = "".join(f"\\x{byte:02X}" for byte in block)
        engine.execute(f"SET VARIABLE {name} = {literal(written)}::BLOB")
    inner = "sha256(getvariable('inner_pad') || encode(t))"
    engine.execute(
        f"CREATE OR REPLACE MACRO keyed(t) AS "
        f"('0x' || left(sha256(getvariable('outer_pad') || unhex({inner})), {_DIGITS}))::BIGINT"
    )


def plate_sql(cell: str) -> str:
    """Give the SQL expression for a plate as it is compared: it is written with and without spaces and hyphens."""
    return f"upper(replace(replace({cell}, ' ', ''), '-', ''))"


def _normal_sql(cell: str, field: Field) -> str:
    # Only a plate takes wildcards; any other identifier is a name or number, with and without outer spaces.
    return plate_sql(cell) if field.wildcards else f"upper(trim({cell}))"


def pseudonym_sql(cell: str, field: Field) -> str:
    """Give the SQL expression for a cell's pseudonym, a BIGINT."""
    return f"keyed({literal((field.of or field.name) + ':')} || {_normal_sql(cell, field)})"
