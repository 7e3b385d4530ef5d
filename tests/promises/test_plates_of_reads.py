"""Plates of reads and hits are pseudonymised while they stream in: no file of the case holds one, not for a moment."""

import threading

import pytest

from answerable import audit
from promises.seeking import anywhere, command_here, files

TOKENS = [b"KNRY042", b"KNRY043", b"KNRY044", b"KNRY045"]
READS = "ID,Read Time,Plate,Plate State,Camera,Longitude,Latitude\n" + "".join(
    f"r{number},2025-03-{1 + number % 28:02}T07:30:00Z,KNRY04{2 + number % 2},OR,cam {number % 3},-122.5,{lat}\n"
    for number, lat in enumerate(["45.5", "999"] * 400)
)
BROKEN = 'r900,no time at all,KNRY042,OR,cam 1,1,2\nr901,KNRY043\nr902,"KNRY044\n'
HITS = "Alert Time,Read Time,Plate,Hotlist,Camera,Confirmed\n2025-03-01T07:30:02Z,2025-03-01T07:30:00Z,KNRY042,x,cam 1,yes\n"
VERIFIED = (
    "Read Time,Read Plate,Verified Plate\n2025-03-01T07:30:00Z,KNRY042,KNRY043\n,,\nnever,KNRY042,KNRY043\n"
)
EVENTS = (
    "Timestamp,User,Event Type,Entity Type,Entity Details,Event Id\n"
    "2025-03-01T07:30:00.000Z,KNRY044,create,hotlist entry,plate KNRY045 stolen,e1\n"
)
RAW = (
    "zipcode|dt|location|address|device|plate_hash|lon|lat\n00001|10/01/2021 - 00:02:08|x|y|cam|KNRY042|1|2\n"
)


@pytest.fixture
def records(tmp_path):
    """Reads, hits, a verified sample and system events that hold canaries, damaged rows among them."""
    folder = tmp_path / "records"
    folder.mkdir()
    for name, text in {
        "reads.csv": READS + BROKEN, "hits.csv": HITS, "verified.csv": VERIFIED, "events.csv": EVENTS, "raw.csv": RAW,
    }.items():  # fmt: skip  # a table: what stands in one line belongs together
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class Watch:
    """Reads every file under a folder, again and again, as long as something is done in it."""

    def __init__(self, folder):
        self.folder, self.rounds, self.seen, self.over = folder, 0, [], threading.Event()
        self.thread = threading.Thread(target=self._look)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def _files(self):
        try:
            return list(self.folder.rglob("*"))
        except OSError:  # a folder went away while it was listed
            return []

    def _look(self):
        while not self.over.is_set():
            for path in self._files():
                try:
                    data = path.read_bytes() if path.is_file() else b""
                except OSError:
                    continue  # it went away while it was looked at
                self.seen += [f"{path.name}: {token}" for token in TOKENS if token in data]
            self.rounds += 1


def test_the_records_hold_plates(records):
    """There is something to find."""
    assert anywhere(records.iterdir(), TOKENS)


def test_no_file_of_the_case_holds_a_plate_while_it_is_made(records, tmp_path):
    """Whatever is written on the way, staged records and quarantine among it, is looked at as it stands."""
    with Watch(tmp_path / "case") as watch:
        case = audit(records, tmp_path / "case", as_of="2025-06-01")
    assert watch.rounds > 5
    assert watch.seen == []
    assert {source.kind for source in case.sources} == {"read", "hit", "verification", "system event"}
    assert sum(source.quarantined for source in case.sources) == 5
    assert sum(source.bad_cells.get("latitude", 0) for source in case.sources) == 400


def test_no_file_of_the_case_holds_a_plate_at_the_end(records, tmp_path):
    """Not the records, not the quarantine, not an output, in no writing; and no command prints one."""
    case = tmp_path / "case"
    said = [
        command_here("audit", records, "--case", case),
        command_here("inspect", records),
        command_here("inspect", records, "--json"),
        command_here("report", case, "--json"),
        command_here("verify", case),
    ]
    assert not anywhere(files(case), TOKENS)
    assert not any(token in one.both for one in said for token in TOKENS)
    assert list((case / "current" / "quarantine").glob("*.csv"))
