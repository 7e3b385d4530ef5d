"""What is published holds no stable pseudonym: the records' pseudonyms stand in the records and nowhere else."""

import json
import re
import shutil

import pyarrow.parquet as pq
import pytest

from answerable.intake.kinds import Role
from answerable.programmes.plates.records import SEARCH
from promises.seeking import command_here, files, unpacked

COLUMNS = [field.name for field in SEARCH.fields if field.role is Role.IDENTIFIER]
FORMS = {
    "decimal": str,
    "hexadecimal": "{:x}".format,
    "padded hexadecimal": "{:015x}".format,
    "decimal with commas": "{:,}".format,
    "as a float": lambda number: repr(float(number)),
}


def standing(texts, numbers):
    """List the pseudonyms that stand in some texts, in any form."""
    runs = "\n".join(run for text in texts for run in re.findall(r"[0-9a-f][0-9a-f,.+]{7,}", text.lower()))
    return [(number, form) for number in numbers for form, write in FORMS.items() if write(number) in runs]


@pytest.fixture(scope="module")
def pseudonyms(audited):
    """Give every pseudonym of the case."""
    tables = [
        pq.read_table(path) for path in sorted((audited.case / "current" / "records").glob("*.parquet"))
    ]
    found = {
        cell for table in tables for name in COLUMNS for cell in table[name].to_pylist() if cell is not None
    }
    assert len(found) > 300
    assert min(found) > 10**9  # a number so long stands nowhere by chance
    return found


@pytest.mark.parametrize("form", FORMS)
def test_the_search_finds_a_pseudonym(pseudonyms, form):
    """A pseudonym is found in each form, in a text or a table, so the tests below can fail."""
    number = max(pseudonyms)
    written = FORMS[form](number)
    for text in (f"account {written}, 3 searches", f"<td>{written}</td>", json.dumps({"label": written})):
        assert (number, form) in standing([text], pseudonyms)
    assert standing(["account 1152921504606846977"], pseudonyms) == []


def test_no_output_holds_a_pseudonym(audited, pseudonyms):
    """Neither report, findings, measures nor workbook names an account, plate or case file by its pseudonym."""
    for path in audited.outputs:
        texts = [data.decode("utf-8", "replace") for _, data in unpacked(path.name, path.read_bytes())]
        assert standing(texts, pseudonyms) == [], path.name


def test_no_other_file_of_the_case_holds_a_pseudonym(audited, pseudonyms):
    """Results, state, manifest and what was set aside hold none either: the records alone do."""
    others = [
        path for path in files(audited.case) if path.suffix != ".parquet" and path not in audited.outputs
    ]
    assert {"results.json", "case.json", "MANIFEST.json", "origins.json"} <= {path.name for path in others}
    assert standing([path.read_bytes().decode("utf-8", "replace") for path in others], pseudonyms) == []


def test_nothing_printed_holds_a_pseudonym(audited, pseudonyms, tmp_path):
    """No command prints one, in text or as JSON."""
    case = shutil.copytree(audited.case, tmp_path / "case", symlinks=True)
    said = [audited.said["audit"]] + [
        command_here(*words)
        for words in (
            ["inspect", audited.logs, "--json"],
            ["report", case, "--json"],
            ["verify", case, "--json"],
            ["audit", audited.logs, "--case", case, "--timezone", "America/Los_Angeles", "--json"],
        )
    ]
    assert [one.code for one in said] == [0] * 5
    assert standing([one.both.decode() for one in said], pseudonyms) == []
