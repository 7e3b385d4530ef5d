"""Pseudonyms computed ahead change no record."""

import pytest

from answerable.intake import frequent
from exports import log_14, row_14

NAMES = ["J. Doe", "j. doe ", "R. Roe", "", "***", "n/a", "O'Brien", "Zoë"]


def rows():
    """Write searches by a few users, again and again, and by some who come once, late."""
    texts = []
    for number in range(60):
        name = NAMES[number % len(NAMES)] if number < 50 else f"Late {number}"
        texts.append(row_14(number).replace("J. Doe", f'"{name}"'))
    return texts


@pytest.mark.parametrize("looked_at", [5, 20, 59])
def test_the_records_are_the_same_in_the_same_order(take, tmp_path, monkeypatch, looked_at):
    """Whether a user's pseudonym was computed ahead or in its row, the record is the same."""
    plain = take(log_14(*rows())).rows("*")
    (tmp_path / "taken").rename(tmp_path / "first")
    monkeypatch.setattr(frequent, "_LOOKED_AT", looked_at)
    learned = []
    learn = frequent.learn
    monkeypatch.setattr(
        "answerable.intake.staging.learn", lambda *given: learned.append(plan := learn(*given)) or plan
    )
    assert take(log_14(*rows())).rows("*") == plain
    assert [set(plan.frequent) for plan in learned] == [{"user_name"}]


def test_a_small_file_is_not_looked_at_ahead(take, monkeypatch):
    """For a file of fewer rows than are looked at, nothing is computed ahead."""
    learned = []
    learn = frequent.learn
    monkeypatch.setattr(
        "answerable.intake.staging.learn", lambda *given: learned.append(plan := learn(*given)) or plan
    )
    take(log_14(*rows()))
    assert [plan.frequent for plan in learned] == [{}]
