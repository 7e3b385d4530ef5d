"""The journal: acknowledged lines stay, and whatever is changed is found."""

import os
import signal
import subprocess
import sys

import pytest

from answerable.auditing import verify
from answerable.case import CaseFolder
from answerable.errors import CaseError
from answerable.review import open_desk
from review.conftest import answers, judge_all


def entry_lines(desk):
    """Give the journal's lines."""
    return desk.journal.path.read_bytes().splitlines(keepends=True)


def test_what_was_acknowledged_is_on_the_disk(desk):
    """A judgement counts when it returns, with who, when and what, linked to the line before."""
    made = desk.judge("ann", 1, answers(1), note="seen", at="2026-01-15T09:30:00Z")
    (read,) = desk.journal.entries()
    assert read == made
    assert (read.n, read.who, read.item, read.note, read.previous) == (
        1,
        "ann",
        1,
        "seen",
        desk.sample.sha256,
    )


def test_every_change_stays_in_the_journal(desk):
    """Answers given again replace the first, and both lines stay."""
    desk.judge("ann", 1, answers(1))
    desk.judge("ann", 1, {"purpose": "cannot-tell", "support": "cannot-tell"})
    assert len(desk.journal.entries()) == 2
    standing = desk.judgements()
    assert standing.of(1, "ann")["purpose"] == "cannot-tell"
    assert standing.changes == 1


@pytest.mark.parametrize("torn", [b'{"n":3,"at":"torn', b"\x00\x00\x00", b'{"torn":3}'])
def test_a_line_that_was_cut_off_never_counted(desk, torn):
    """What a killed process left half-written is passed over, and cut off before the next line."""
    desk.judge("ann", 1, answers(1))
    desk.judge("ben", 1, answers(1))
    with desk.journal.path.open("ab") as file:
        file.write(torn)
    assert len(desk.journal.entries()) == 2
    desk.judge("ann", 3, answers(3))
    assert [entry.n for entry in desk.journal.entries()] == [1, 2, 3]
    assert torn not in desk.journal.path.read_bytes()


TAMPERED = {
    "an answer changed": lambda lines: [lines[0].replace(b'"item":1', b'"item":2'), *lines[1:]],
    "a line taken out": lambda lines: [lines[0], *lines[2:]],
    "a line put in": lambda lines: [lines[0], lines[0], *lines[1:]],
    "two lines swapped": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "the first line taken out": lambda lines: lines[1:],
    "a line that is none": lambda lines: [lines[0], b"null\n", *lines[1:]],
    "the name changed": lambda lines: [
        *lines[:-2],
        lines[-2].replace(b'"ann"', b'"ben"').replace(b'"ben"', b'"eve"', 1),
        lines[-1],
    ],
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)
def test_a_changed_journal_is_found_and_nothing_is_concluded(a_case, desk, change):
    """Whatever is changed but the end, the line is named by the desk and by verify."""
    for number in (1, 2, 3, 4):
        for who in desk.sample.items[number - 1].reviewers:
            desk.judge(who, number, answers(number))
    desk.journal.path.write_bytes(b"".join(change(entry_lines(desk))))
    with pytest.raises(CaseError, match=r"journal\.jsonl, line "):
        desk.judgements()
    assert any("journal.jsonl: line " in str(one) for one in verify_texts(a_case))


def verify_texts(case):
    """Give what verify says of a case's reviews."""
    return [str(one) for one in verify(case) if "reviews/" in str(one)]


def test_a_changed_sample_is_found(a_case, desk):
    """A sample that is not as it was written breaks the journal's first link."""
    judge_all(desk)
    assert verify_texts(a_case) == []
    path = desk.folder / "sample.json"
    path.write_bytes(path.read_bytes().replace(b'"twice": 10', b'"twice": 11'))
    assert verify_texts(a_case)


KILLED = """
import sys
from pathlib import Path
from answerable.case import CaseFolder
from answerable.review import open_desk
desk = open_desk(CaseFolder(Path(sys.argv[1])), "first")
mine = [item.number for item in desk.sample.items if "ann" in item.reviewers]
for number in mine * 1000:
    made = desk.judge("ann", number, {"purpose": "cannot-tell", "support": "cannot-tell"}, note="x" * 300)
    print(made.n, flush=True)
"""


@pytest.mark.usefixtures("desk")
def test_a_process_killed_while_it_judges_loses_nothing_acknowledged(a_case):
    """Ten processes are killed in the middle of judging: each line that was acknowledged is there, in order."""
    acknowledged = 0
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(a_case)], stdout=subprocess.PIPE, text=True
        )
        for line in process.stdout:
            acknowledged = int(line)
            if acknowledged % 7 == 6:
                process.send_signal(signal.SIGKILL)
                break
        rest = process.stdout.read().split()
        process.stdout.close()
        process.wait()
        acknowledged = int(rest[-1]) if rest and rest[-1].isdecimal() else acknowledged
        entries = open_desk(CaseFolder(a_case), "first").journal.entries()
        assert [entry.n for entry in entries] == list(range(1, len(entries) + 1))
        assert len(entries) >= acknowledged


def test_two_processes_that_judge_at_once_lose_nothing(a_case, desk):
    """Lines of two writers interleave, each whole and linked."""
    script = KILLED.replace("mine * 1000", "mine")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(a_case)], stdout=subprocess.DEVNULL, env=os.environ
        )
        for _ in range(2)
    ]
    assert [process.wait(120) for process in running] == [0, 0]
    mine = sum("ann" in item.reviewers for item in desk.sample.items)
    assert len(desk.journal.entries()) == 2 * mine


def test_a_kept_journal_follows_what_others_add(desk):
    """Two who keep what they read of the same journal each see what the other wrote, and write after it."""
    other = open_desk(CaseFolder(desk.folder.parent.parent), desk.name)
    desk.journal.keep = other.journal.keep = 1_000
    for number, each in ((1, desk), (2, other), (3, desk), (4, other)):
        who = desk.sample.item(number).reviewers[0]
        each.judge(who, number, answers(number))
        assert [entry.item for entry in desk.journal.entries()] == list(range(1, number + 1))
        assert other.journal.entries() == desk.journal.entries()
    assert verify(desk.folder.parent.parent) == []


@pytest.mark.parametrize("change", ["cut", "emptied", "removed", "last", "longer"])
def test_a_kept_journal_sees_that_it_was_changed(desk, change):
    """Who keeps what was read of a journal reads it anew where it is cut, emptied or replaced, and says what is wrong with it."""
    desk.journal.keep = 1_000
    mine = [item.number for item in desk.sample.items if "ann" in item.reviewers][:3]
    for number in mine:
        desk.judge("ann", number, answers(number))
    assert len(desk.journal.entries()) == 3
    path = desk.journal.path
    lines = entry_lines(desk)
    if change == "removed":
        path.unlink()
    else:
        made = {
            "cut": lines[:2],
            "emptied": [],
            "last": [*lines[:2], lines[2][:-9] + b"\n"],
            "longer": [b" " + lines[0], *lines[1:]],
        }
        path.write_bytes(b"".join(made[change]))
    if change in ("last", "longer"):
        with pytest.raises(CaseError, match=r"line [23]"):
            desk.journal.entries()
        with pytest.raises(CaseError, match=r"line [23]"):
            desk.judge("ann", mine[0], answers(mine[0]))
    else:
        left = len(desk.journal.entries())
        assert left == {"cut": 2, "emptied": 0, "removed": 0}[change]
        assert desk.judge("ann", mine[0], answers(mine[0])).n == left + 1


def test_a_kept_journal_is_read_anew_in_time(desk):
    """A change that keeps every length is found once what was read is no longer kept, and by verify at once."""
    mine = [item.number for item in desk.sample.items if "ann" in item.reviewers][:3]
    for number in mine:
        desk.judge("ann", number, answers(number), note="aaa")
    desk.journal.keep = 1_000
    desk.journal.entries()
    path = desk.journal.path
    path.write_bytes(path.read_bytes().replace(b"aaa", b"bbb", 1))
    assert len(desk.journal.entries()) == 3
    assert "line 2" in str(verify(desk.folder.parent.parent)[0])
    desk.journal.keep = 0
    with pytest.raises(CaseError, match=r"line 2"):
        desk.journal.entries()
