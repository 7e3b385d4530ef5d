"""Arrays at the command line: audited, told apart when they are given again, and verified."""

import h5py
import numpy as np
import pytest

from answerable import auditing

OWN = 'kind = "read"\ntitle = "Ours"\n[columns]\nconfidence = ["sure"]\n[constants]\nread_at = "2025-06-18T00:02:04Z"\n'


@pytest.fixture(params=["reads.npz", "reads.h5"])
def file(request, tmp_path, monkeypatch):
    """A file of one array, and a layout that knows its name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    sure = np.array([97.25, 12.5, 101.0])
    if request.param.endswith("npz"):
        np.savez(tmp_path / request.param, sure=sure)
    else:
        with h5py.File(tmp_path / request.param, "w") as made:
            made["sure"] = sure
    return tmp_path / request.param


def test_an_array_is_audited_and_verified(answerable, file, tmp_path):
    """The source is named by file and array; a file given again is known, and one that changed is found."""
    command = ("audit", file.name, "--case", "case", "--layout", "own.toml")
    assert answerable(*command).code == 0
    (source,) = auditing.open_case(tmp_path / "case").sources
    assert (source.name, source.rows_in, source.bad_cells) == (f"{file.name}!sure", 3, {"confidence": 1})
    assert answerable("verify", "case").code == 0
    assert answerable(*command).code == 0
    assert len(auditing.open_case(tmp_path / "case").sources) == 1
    file.write_bytes(file.read_bytes() + b"\0")
    assert answerable("verify", "case").code == 4
