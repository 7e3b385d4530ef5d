"""No identifier leaves the case: canaries planted in every one of them are seen nowhere outside the quarantine."""

import base64
import csv
import gzip
import io
import json
import stat
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from answerable.programmes.plates.simulate import CANARIES, EXPORTS, REASON_CANARY
from promises.conftest import audit_town
from promises.seeking import anywhere, command_here, files, found

TOKENS = [canary.encode() for canary in CANARIES]
IN_RECORDS_ONLY = REASON_CANARY.encode()
IDENTIFIERS = {"user_name", "user_id", "plate", "case_number"}
WRITINGS = {
    "plain": str.encode,
    "capitals": lambda text: text.upper().encode(),
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "base64": lambda text: base64.b64encode(b"!" + text.encode()),
}


@pytest.fixture(scope="module", params=sorted(EXPORTS))
def town(request, tmp_path_factory):
    """A town in each layout, audited, inspected, reported and verified through the command line."""
    made = audit_town(tmp_path_factory.mktemp("canaries"), request.param)
    # One layout is put through every way of printing; the others through the one that says most.
    ways = ([], ["--json"]) if request.param == "search-audit-14" else (["--json"],)
    logs = sorted(made.logs.iterdir())
    for way in ways:
        made.said |= {
            # Two months of one town beside all of it: rows of both, some of them told apart, some undone.
            " ".join(["release-check", *way]): command_here("release-check", logs[0], made.logs, *way),
            " ".join(["inspect", *way]): command_here("inspect", made.logs, *way),
            " ".join(["report", *way]): command_here("report", made.case, *way),
            " ".join(["verify", *way]): command_here("verify", made.case, *way),
        }
    return made


def of_case(town):
    """Give a case's files outside the quarantine, its records apart."""
    outside = [path for path in files(town.case) if path.parent.name != "quarantine"]
    records = [path for path in outside if path.suffix == ".parquet"]
    return records, [path for path in outside if path not in records]


@pytest.mark.parametrize("written", WRITINGS.values(), ids=WRITINGS)
@pytest.mark.parametrize("form", ["text", "archive", "Parquet"])
def test_the_search_finds_a_canary(written, form, tmp_path):
    """A token is found in each writing and each kind of file, so the tests below can fail."""
    planted = b"nothing, " + written("KNRY-USER 0042") + b", nothing"
    if form == "archive":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("sheet.xml", planted)
        planted = packed.getvalue()
    elif form == "Parquet":
        pq.write_table(
            pa.table({"cell": [planted.decode("latin-1")]}), tmp_path / "x.parquet", compression="zstd"
        )
        planted = (tmp_path / "x.parquet").read_bytes()
    assert found("file", planted, TOKENS)
    assert not found("file", planted, [b"KNRW"])


def test_the_sources_hold_canaries(town):
    """Each layout's identifiers are planted, as far as it carries any: the search starts from something to find."""
    carried = IDENTIFIERS & set(town.truth.fields)
    assert bool(anywhere(town.logs.iterdir(), TOKENS)) == bool(carried)
    assert bool(anywhere(town.logs.iterdir(), [IN_RECORDS_ONLY])) == ("reason" in town.truth.fields)


def test_every_command_did_its_work(town):
    """The commands whose printing is searched ended well."""
    assert {name: (said.code, said.err) for name, said in town.said.items()} == dict.fromkeys(
        town.said, (0, b"")
    )


def test_nothing_that_was_printed_holds_a_canary(town):
    """No command prints an identifier, nor what a reason says."""
    for name, said in town.said.items():
        assert said.out
        assert found(name, said.both, [*TOKENS, IN_RECORDS_ONLY]) == []


def test_no_file_of_the_case_holds_a_canary(town):
    """Records, results, state, manifest and every output are free of identifiers; reasons stand in records alone."""
    records, others = of_case(town)
    assert {"report.html", "findings.json", "measures.csv", "findings.xlsx", "results.json", "case.json",
            "MANIFEST.json", "origins.json", "key"} <= {path.name for path in others}  # fmt: skip  # a table: what stands in one line belongs together
    assert anywhere(records, TOKENS) == []
    assert anywhere(others, [*TOKENS, IN_RECORDS_ONLY]) == []
    assert bool(anywhere(records, [IN_RECORDS_ONLY])) == ("reason" in town.truth.fields)


def test_raw_text_stands_in_the_quarantine_alone_and_for_its_owner_alone(town):
    """What could not be read is kept as it was, in files that nobody else can read."""
    quarantine = [path for path in files(town.case) if path.parent.name == "quarantine"]
    aside = [path for path in files(town.case) if path.parent.name == "set-aside"]
    assert quarantine
    assert {stat.S_IMODE(path.stat().st_mode) for path in [*quarantine, *aside]} == {0o600}
    if IDENTIFIERS & set(town.truth.fields):
        assert anywhere(quarantine, TOKENS)


# --- files that cannot be read ------------------------------------------------------------------------------------

HEADER = list(EXPORTS["search-audit-10"].columns)
ROWS = [
    [f"id-{at}", f"Kanary User {at:04}", "Springfield OR PD", str(at), f"KNRY{at}ABC", "burglary", f"KNRY-CASE-{at}", "",
     f"0{at % 9 + 1}/0{at % 8 + 1}/2025, 01:27:03 PM UTC", "lookup"]
    for at in range(1, 30)
]  # fmt: skip  # a table: what stands in one line belongs together


def table(header, rows):
    """Write a table as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([*([header] if header else []), *rows])
    return text.getvalue().encode()


def moved(first, last, by=1):
    """Give the header with some of its names moved over one column, as a hand does it."""
    part = HEADER[first:last]
    return [*HEADER[:first], *part[-by:], *part[:-by], *HEADER[last:]]


def packed(member):
    """Give an archive whose compressed bytes are damaged in the middle."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.csv", member)
    raw = bytearray(data.getvalue())
    raw[len(raw) // 3] ^= 0xFF
    return bytes(raw)


GOOD = table(HEADER, ROWS)
OBJECTS = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
BAD = {
    "no header": ("log.csv", table(None, ROWS)),
    "no header, and a title": ("log.csv", b"Searches of Kanary User 0007\n" + table(None, ROWS)),
    "no header, and one cell twice": ("log.csv", table(None, [[*row[:6], row[4], *row[7:]] for row in ROWS])),
    "a header with a record run into it": ("log.csv", GOOD.replace(b"Search Type\r\n", b"Search Type,", 1)),
    "a cut header": ("log.csv", table([*HEADER[:4], *ROWS[0][4:]], ROWS)),
    "an unknown column": ("log.csv", table([*HEADER[:-1], "Tool Used"], ROWS)),
    "a header that is the cells of a record": ("log.json", json.dumps([{cell: cell for cell in ROWS[0]}]).encode()),
    "an ambiguous date": ("log.txt", table(["Reason", "DateTime"], [[row[4], row[8][:10]] for row in ROWS])),
    "names where times are expected": ("log.csv", table(["Reason", "DateTime"], [[row[8], row[1]] for row in ROWS])),
    "times of many forms": ("log.csv", table(HEADER, [[*row[:8], f"{row[1]} {row[8]}", row[9]] for row in ROWS])),
    "a damaged archive": ("log.zip", packed(GOOD)),
    "a cut compressed file": ("log.csv.gz", gzip.compress(GOOD)[:-30]),
    "a workbook that is none": ("log.xlsx", GOOD),
    "JSON that is cut": ("log.json", json.dumps(OBJECTS).encode()[:-40]),
    "JSON lines that are none": ("log.jsonl", GOOD),
    "the first three names moved": ("log.csv", table(moved(1, 4), ROWS)),
    "the first three names moved the other way": ("log.csv", table(moved(1, 4, 2), ROWS)),
    "every name moved": ("log.csv", table(moved(0, 10), ROWS)),
    "every name moved the other way": ("log.csv", table(moved(0, 10, 9), ROWS)),
    "names moved up to the time": ("log.csv", table(moved(1, 9), ROWS)),
    "names moved up to the time, the other way": ("log.csv", table(moved(1, 9, 7), ROWS)),
}  # fmt: skip  # a table: what stands in one line belongs together


@pytest.mark.parametrize("bad", BAD)
def test_an_error_holds_no_canary(bad, tmp_path):
    """A file that cannot be read is refused with words of its own; neither they nor `inspect` quote its cells."""
    name, data = BAD[bad]
    (tmp_path / name).write_bytes(data)
    refused = command_here("audit", tmp_path / name, "--case", tmp_path / "case")
    assert refused.code == 3
    assert b"What to do:" in refused.err or b"Expected:" in refused.err
    said = refused.both
    assert not (tmp_path / "case").exists()
    for way in ([], ["--json"]):
        looked = command_here("inspect", tmp_path / name, *way)
        assert looked.code in (0, 3)
        assert looked.both
        said += looked.both
    assert found(bad, said, TOKENS) == []


def test_the_same_table_with_its_header_is_read(tmp_path):
    """What makes the tables above bad is what their names say, for the table as it should be is taken."""
    (tmp_path / "log.csv").write_bytes(GOOD.replace(b"/2025, 01", b"/2025, 11").replace(b"09/0", b"09/2"))
    said = command_here("audit", tmp_path / "log.csv", "--case", tmp_path / "case")
    assert (said.code, found("said", said.both, TOKENS)) == (0, [])


def test_a_mended_name_is_shown_and_an_identifier_is_not(tmp_path):
    """An unknown column of a true header is named, so that the message helps; a record in its place is not."""
    (tmp_path / "log.csv").write_bytes(BAD["an unknown column"][1])
    assert b"'Tool Used'" in command_here("audit", tmp_path / "log.csv", "--case", tmp_path / "case").err
    (tmp_path / "log.csv").write_bytes(BAD["no header"][1])
    assert b"'(column 2)'" in command_here("audit", tmp_path / "log.csv", "--case", tmp_path / "case").err
