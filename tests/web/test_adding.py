"""Adding files in the browser: nothing is kept before it was seen, and nothing of what was sent stays."""

import csv
import stat

import pytest

from answerable import auditing
from answerable.case import INCOMING, CaseFolder
from answerable.web import arriving
from cases import ZONE, months
from web_apps import Served

MASKED = ("Name", "License Plate", "Case #", "Reason")


@pytest.fixture
def fresh(tmp_path):
    """A case that is still to be made, served."""
    made = Served(tmp_path / "new")
    made.case.mkdir()
    with made.hall:
        yield made


def send(client, *files, field="files"):
    """Send files as a browser's form does."""
    return client.post("/add", files=[(field, file) for file in files])


def lying(served):
    """Give what lies in the folder of files that were sent."""
    return sorted(path.name for path in (served.case / INCOMING).rglob("*") if path.is_file())


def looked(served, client, *files):
    """Send files and give the page that says what they are."""
    assert send(client, *files).headers["location"] == "/working"
    served.wait()
    return client.get("/working", follow_redirects=True)


def test_a_case_is_made_from_what_was_sent(fresh, town, tmp_path):
    """The first files make the case: the same findings and records as the command line makes of them."""
    client = fresh.client()
    sent = months(town)[:2]
    page = looked(fresh, client, *((path.name, path.read_bytes()) for path in sent))
    assert "can be read" in page.text
    assert "not exported" in page.text
    assert fresh.hall.is_new()
    given = {"timezone": ZONE, "as_of": "2026-01-15", "log": ""}
    assert client.post("/add/keep", data=given).status_code == 303
    fresh.wait()
    assert client.get("/working").headers["location"] == "/"
    case = fresh.hall.case()
    other = auditing.audit(sent, tmp_path / "by-command", timezone=ZONE, as_of="2026-01-15")
    assert [(one.name, one.sha256, one.kept) for one in case.sources] == [
        (one.name, one.sha256, one.kept) for one in other.sources
    ]
    assert case.measures == other.measures
    assert case.verify() == []
    assert not (fresh.case / INCOMING).exists() or lying(fresh) == []


def test_what_identifies_anybody_is_masked_when_it_is_looked_at(fresh, town):
    """The page of what was sent shows no name, plate, case number or reason."""
    (first, *_) = months(town)
    page = looked(fresh, fresh.client(), (first.name, first.read_bytes())).text
    assert "(masked)" in page
    with first.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:50]
    hidden = {row[column] for row in rows for column in MASKED if len(row.get(column) or "") > 5}
    assert len(hidden) > 50
    assert [cell for cell in hidden if cell in page] == []


def test_files_are_added_to_a_case_that_there_is(served, town):
    """A third month is added; the clock of the case stays, and one file that it holds already is not read again."""
    client = served.client()
    before = served.hall.case()
    again, _, third = months(town)[:3]
    looked(served, client, *((path.name, path.read_bytes()) for path in (again, third)))
    page = client.get("/add/look").text
    assert 'name="timezone"' not in page
    assert ZONE in page
    client.post("/add/keep", data={"timezone": "UTC", "as_of": "", "log": ""})
    served.wait()
    after = served.hall.case()
    assert len(after.sources) == len(before.sources) + 1
    assert after.settings == before.settings
    assert [finding.clause for finding in after.findings] == [finding.clause for finding in before.findings]


def test_what_is_left_is_gone(served, town):
    """Nothing of files that are left is in the case, and the trail says that they were left."""
    client = served.client()
    (first, *_) = months(town)
    looked(served, client, (first.name, first.read_bytes()))
    assert lying(served) == [first.name]
    (folder,) = (served.case / INCOMING).iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / first.name).stat().st_mode) == 0o600
    before = served.hall.case().sources
    assert client.post("/add/leave").headers["location"] == "/add"
    assert lying(served) == []
    assert served.hall.case().sources == before
    assert [entry.what for entry in served.hall.trail.entries()][-2:] == ["sent", "left"]


def test_a_table_that_no_layout_fits_stops_the_whole(served):
    """Where one file cannot be read, the page says so with the nearest layouts, and offers nothing to keep."""
    client = served.client()
    page = looked(served, client, ("strange.csv", b"colour,shape\nred,round\n"))
    assert "cannot be read yet" in page.text
    assert "/add/keep" not in page.text
    client.post("/add/keep", data={"timezone": "", "as_of": "", "log": ""})
    served.wait()
    assert client.get("/working").status_code == 422
    assert served.hall.case().verify() == []


def test_what_cannot_be_opened_is_refused_and_removed(served):
    """A zip that is cut off is an error with what to do, and does not wait for another look."""
    client = served.client()
    assert send(client, ("log.zip", b"PK\x03\x04 and no more")).status_code == 303
    served.wait()
    page = client.get("/working")
    assert page.status_code == 422
    assert "What to do" in page.text
    assert lying(served) == []
    assert served.hall.arrivals.batch is None


@pytest.mark.parametrize(
    "title", [".hidden", "a\x07b.csv", "x" * 200 + ".csv", "a:b.csv", "..", "./", 'a"b.csv', "a\x00b.csv"]
)
def test_a_name_that_no_disk_should_take_is_refused(served, title):
    """Hidden, unprintable, long and reserved names are refused before a byte is kept."""
    boundary = "b0undary"
    shown = title.replace('"', "%22")
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{shown}"\r\n\r\nx\r\n--{boundary}--\r\n'
    ).encode()
    kind = {"content-type": f"multipart/form-data; boundary={boundary}"}
    if shown != title:
        body = body.replace(b"%22", b'\\"')
    answer = served.client().post("/add", content=body, headers=kind)
    assert answer.status_code in (400, 422)
    assert lying(served) == []


@pytest.mark.parametrize("title", ["../../key", "/etc/passwd", "C:\\logs\\june.csv", "a/b/june.csv"])
def test_a_path_in_a_name_leads_nowhere(served, title):
    """Of a path the last part is the name; nothing is written outside the folder of what was sent."""
    key = (served.case / "key").read_bytes()
    client = served.client()
    send(client, (title, b"Reason,DateTime\nburglary,2025-06-01 10:00:00\n"))
    served.wait()
    last = title.replace("\\", "/").rpartition("/")[2]
    assert served.hall.trail.entries()[-1].note.startswith(f"{last}, ")
    assert set(lying(served)) <= {last}  # what is no table is removed at once
    assert (served.case / "key").read_bytes() == key


def test_two_files_of_one_name_are_refused(served):
    """They would be one source of two contents."""
    assert send(served.client(), ("a.csv", b"x"), ("b/a.csv", b"y")).status_code == 422
    assert lying(served) == []


def test_too_many_files_are_refused(served):
    """Beyond fifty, a zip is asked for."""
    answer = send(served.client(), *((f"{at}.csv", b"x") for at in range(51)))
    assert answer.status_code == 413
    assert "zip" in answer.text
    assert lying(served) == []


def test_more_than_the_disk_has_room_for_is_refused(served, monkeypatch):
    """What is too large is refused by the size that it states, and at the byte where it passes what is left."""
    client = served.client()
    monkeypatch.setattr(arriving, "_MOST", 100_000)
    assert send(client, ("a.csv", b"x" * 200_000)).status_code == 413
    pieces = (
        part
        for part in [
            b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n',
            *[b"x" * 9_000] * 30,
        ]
    )
    kind = {"content-type": "multipart/form-data; boundary=b"}
    assert client.post("/add", content=pieces, headers=kind).status_code == 413
    assert lying(served) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b\r\n",
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\ncut off',
        b'--b\r\nContent-Disposition: form-data; name="other"; filename="a.csv"\r\n\r\nx\r\n--b--\r\n',
        b'--b\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--b--\r\n',
        b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n' + b"x" * 5_000 + b"\r\n--b--\r\n",
        b"--b--\r\n",
        b"\x00" * 400,
    ],
    ids=range(8),
)
def test_a_request_that_is_no_form_of_files_leaves_nothing(served, body):
    """Cut off, empty, without a file or not a form at all: refused, and nothing waits for a decision."""
    kind = {"content-type": "multipart/form-data; boundary=b"}
    answer = served.client().post("/add", content=body, headers=kind)
    assert answer.status_code in (400, 413)
    assert lying(served) == []
    assert served.hall.arrivals.batch is None


def test_another_form_is_refused(served):
    """The address takes files and nothing else."""
    assert served.client().post("/add", data={"files": "x"}).status_code == 415


def test_a_second_batch_waits_for_a_decision_on_the_first(served):
    """Files that wait are not replaced unseen."""
    client = served.client()
    looked(served, client, ("a.csv", b"Reason,DateTime\nburglary,2025-06-01 10:00:00\n"))
    assert send(client, ("b.csv", b"x")).status_code == 409
    assert lying(served) == ["a.csv"]
    assert client.get("/add").headers["location"] == "/add/look"


def test_a_stranger_sends_nothing(served):
    """Of somebody who was not let in not a byte is read to the disk."""
    answer = send(served.stranger(**{"sec-fetch-site": "same-origin"}), ("a.csv", b"x" * 100_000))
    assert answer.status_code == 403
    assert not (served.case / INCOMING).exists()


def test_what_a_killed_server_left_is_swept(a_case):
    """Files that nobody decided on are gone when the next server begins, and when it ends."""
    folder = a_case / INCOMING / "0123"
    folder.mkdir(parents=True)
    (folder / "secret.csv").write_text("raw")
    with Served(a_case).hall as hall:
        assert not (a_case / INCOMING).exists()
        folder.mkdir(parents=True)
        assert hall.may_write()
    assert not (a_case / INCOMING).exists()
    assert CaseFolder(a_case).verify() == []


def test_only_pages_that_need_no_case_are_shown_before_there_is_one(fresh):
    """Every other address leads to the page that adds files."""
    client = fresh.client()
    for page in ("/", "/findings", "/report.html", "/reviews", "/rules", "/downloads/report.html"):
        assert client.get(page).headers["location"] == "/add"
    assert client.get("/add").status_code == 200
    assert client.get("/help").status_code == 200


def test_a_wrong_zone_is_said_and_the_files_still_wait(fresh, town):
    """An error while adding leaves no case, and the same files can be added with the right zone."""
    client = fresh.client()
    (first, *_) = months(town)
    looked(fresh, client, (first.name, first.read_bytes()))
    client.post("/add/keep", data={"timezone": "Atlantis", "as_of": "", "log": ""})
    fresh.wait()
    assert client.get("/working").status_code == 422
    assert fresh.hall.is_new()
    client.post("/add/keep", data={"timezone": ZONE, "as_of": "", "log": ""})
    fresh.wait()
    assert fresh.hall.case().settings.timezone == ZONE
