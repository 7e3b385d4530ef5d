"""Several people on one case: passwords, roles, and who may do what."""

import json
import shutil
import stat

import pytest

from answerable.case import CaseFolder
from answerable.errors import CaseError, UsageError
from answerable.web import doors
from answerable.web.app import make_app
from answerable.web.doors import Doors
from answerable.web.people import PEOPLE, People, Role
from answerable.web.roles import LEAST, OPEN
from cases import copied
from review.conftest import answers, drawn, judge_all
from web_apps import OWN, SECRET, Served

ROLES = {"ann": "reviewer", "ben": "reviewer", "eve": "auditor", "rob": "reader"}


@pytest.fixture(scope="module")
def listed(audited, tmp_path_factory):
    """The list of two reviewers, an auditor and a reader: a hash is slow to make, as it should be."""
    case = copied(audited, tmp_path_factory.mktemp("listed") / "case")
    made = People(CaseFolder(case))
    for title, role in ROLES.items():
        made.add(title, role, SECRET)
    return case / PEOPLE


@pytest.fixture
def people(a_case, listed):
    """The people of a case of one's own."""
    shutil.copy2(listed, a_case / PEOPLE)
    return People(CaseFolder(a_case))


@pytest.fixture
def served(a_case, people):
    """The case, served to these people."""
    assert people.everyone()
    made = Served(a_case)
    with made.hall:
        yield made


def test_a_password_is_kept_as_a_hash_alone(a_case, people):
    """The file holds Argon2id hashes, for its owner alone; two people with one password have different ones."""
    path = a_case / PEOPLE
    text = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SECRET not in text
    secrets = [one["secret"] for one in json.loads(text)]
    assert len(set(secrets)) == len(ROLES)
    assert all(each.startswith("$argon2id$") for each in secrets)
    assert {title: str(one.role) for title, one in people.everyone().items()} == ROLES


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (("", "reader", SECRET), "name"),
        (("x" * 81, "reader", SECRET), "name"),
        (("a\x07b", "reader", SECRET), "name"),
        (("ANN", "reader", SECRET), "other letters"),
        (("dan", "owner", SECRET), "role"),
        (("dan", "reader", "short"), "password"),
        (("dan", "reader", "x" * 201), "password"),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_refused(a_case, people, given, what):
    """A name, role or password that cannot be used is said, and the list stays as it was."""
    before = (a_case / PEOPLE).read_bytes()
    with pytest.raises(UsageError, match=what):
        people.add(*given)
    assert (a_case / PEOPLE).read_bytes() == before


def test_the_last_auditor_stays(people):
    """Without an auditor nobody could conclude: the last is not removed, and another makes that possible."""
    with pytest.raises(UsageError, match="only auditor"):
        people.remove("eve")
    people.add("dan", "auditor", SECRET)
    people.remove("eve")
    assert "eve" not in people.everyone()
    with pytest.raises(UsageError, match="nobody"):
        people.remove("eve")


def test_a_damaged_list_lets_nobody_in(a_case, served):
    """A list that cannot be read is an error for everybody, never an open door."""
    client = served.person("eve")
    (a_case / PEOPLE).write_text("{}")
    with pytest.raises(CaseError, match="list of people"):
        People(CaseFolder(a_case)).everyone()
    answer = client.get("/findings")
    assert answer.status_code == 409
    assert "list of people" in answer.text
    assert "Civ. Code" not in answer.text
    assert served.stranger(**OWN).get("/findings").headers["location"] == "/login"
    given = {"title": "eve", "password": SECRET}
    assert served.stranger(**OWN).post("/login", data=given).status_code == 409


def test_a_stranger_is_asked_who_it_is(served):
    """Every page leads to the sign-in, whatever it is; the token of one-person cases opens nothing."""
    stranger = served.stranger(**OWN)
    for page in ("/", "/report.html", "/downloads/findings.json", "/trail"):
        assert stranger.get(page).headers["location"] == "/login"
    assert stranger.get(f"/login?token={served.doors.token}").status_code == 200
    assert stranger.get("/").headers["location"] == "/login"
    assert "Password" in stranger.get("/login").text


@pytest.mark.parametrize(
    ("title", "password"),
    [("eve", "wrong password"), ("eve", ""), ("nobody", SECRET), ("EVE", SECRET), ("", SECRET)],
)
def test_a_wrong_name_or_password_opens_nothing(served, title, password):
    """The answer is the same whichever was wrong, and gives no cookie."""
    answer = served.stranger(**OWN).post("/login", data={"title": title, "password": password})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "There is nobody of that name with that password." in answer.text


def test_guessing_is_stopped(served, monkeypatch):
    """After five wrong passwords not even the right one is looked at, for that name alone, until a quarter of an hour is over."""
    stranger = served.stranger(**OWN)
    for _ in range(5):
        stranger.post("/login", data={"title": "eve", "password": "wrong password"})
    assert stranger.post("/login", data={"title": "eve", "password": SECRET}).status_code == 429
    refused = [entry.who for entry in served.hall.trail.entries() if entry.what == "was refused"]
    assert refused == ["eve"] * 5  # what is not looked at is not written down: strangers could fill the disk
    assert served.person("ann").get("/").status_code == 200
    clock = doors.time.monotonic
    monkeypatch.setattr(doors.time, "monotonic", lambda: clock() + 901)
    assert served.person("eve").get("/").status_code == 200


def test_guessing_under_many_names_is_stopped(served):
    """A hundred wrong passwords under whatever names are enough."""
    for at in range(100):
        served.doors.failed(f"name {at}")
    answer = served.stranger(**OWN).post("/login", data={"title": "eve", "password": SECRET})
    assert answer.status_code == 429


def test_a_typed_name_that_is_on_no_list_is_not_written_down(served):
    """It may be a password that was typed into the wrong field."""
    served.stranger(**OWN).post("/login", data={"title": "my secret phrase", "password": "x"})
    last = served.hall.trail.entries()[-1]
    assert (last.who, last.what) == ("a name that is not on the list", "was refused")
    assert b"secret phrase" not in (served.case / "acts.jsonl").read_bytes()


def test_every_address_has_a_least_role(served):
    """No page is open by being forgotten, and no line stands for a page that there is not."""
    app = make_app(served.hall, served.doors)._app._app
    there = {(method, route.path) for route in app.routes for method in route.methods - {"HEAD"}}
    assert there == set(LEAST)


@pytest.fixture(scope="module")
def everybody(audited, listed, tmp_path_factory):
    """Browsers in which each of the four is signed in, on a case with a review."""
    case = copied(audited, tmp_path_factory.mktemp("everybody") / "case")
    shutil.copy2(listed, case / PEOPLE)
    drawn(case, "one", size=6, twice=2)
    made = Served(case)
    with made.hall:
        yield {title: made.person(title) for title in ROLES}


@pytest.mark.parametrize(("method", "address"), sorted(set(LEAST) - {("POST", "/logout")}))
def test_a_role_may_do_what_it_may(everybody, method, address):
    """Whoever has a lesser role than an address asks for is refused there, before anything is read or done."""
    least = LEAST[method, address]
    page = address.replace("{number:int}", "1").format(
        file="app.css", measure="searches.records", output="findings.json", review="one"
    )
    for title, browser in everybody.items():
        answer = browser.request(method, page)
        refused = least != OPEN and not Role(ROLES[title]).covers(least)
        assert (answer.status_code == 403 and f"{title} is here as" in answer.text) == refused, title
        assert answer.status_code < 500


def test_a_reviewer_judges_under_their_own_name_alone(served):
    """Whoever signed in as ann cannot work as ben, by any form."""
    desk = drawn(served.case, "one", size=6, twice=6)
    ann = served.person("ann")
    assert "Judge as ben" not in ann.get("/reviews/one").text
    assert ann.post("/reviews/one/as", data={"reviewer": "ben"}).status_code == 422
    given = {f"q-{question}": answer for question, answer in answers("fits").items()}
    assert ann.post("/reviews/one/items/1", data=given | {"reviewer": "ben"}).status_code == 422
    assert ann.post("/reviews/one/items/1", data=given | {"reviewer": "ann"}).status_code == 303
    assert [entry.who for entry in desk.journal.entries()] == ["ann"]


def test_whoever_is_no_reviewer_of_a_review_judges_nothing_of_it(served):
    """An auditor whose name is not in the sample is sent back, and no item is shown."""
    drawn(served.case, "one", size=6, twice=2)
    eve = served.person("eve")
    assert eve.get("/reviews/one/items/1").headers["location"] == "/reviews/one"
    assert eve.post("/reviews/one/as", data={"reviewer": "eve"}).status_code == 422


def test_an_auditor_settles_under_their_own_name(served):
    """What two differ on is settled by whoever is signed in, whatever a form says."""
    desk = drawn(served.case, "one", size=6, twice=6)
    judge_all(desk, differ=[2])
    eve = served.person("eve")
    given = {f"q-{question}": answer for question, answer in answers("fits").items()}
    sent = given | {"settler": "somebody else", "note": "it fits"}
    assert eve.post("/reviews/one/conflicts/2", data=sent).status_code == 303
    assert desk.journal.entries()[-1].who == "eve"


def test_a_new_password_or_role_counts_at_once(served, people):
    """Whoever is taken off the list or gets a new password is out with the next request; a new role counts with it."""
    ann, ben, rob = (served.person(title) for title in ("ann", "ben", "rob"))
    people.add("ann", "reviewer", "another password altogether")
    people.remove("ben")
    assert ann.get("/").headers["location"] == "/login"
    assert ben.get("/").headers["location"] == "/login"
    assert rob.get("/draw").status_code == 403
    people.add("rob", "auditor", SECRET)
    assert rob.get("/").headers["location"] == "/login"  # a new hash, although of the same password
    assert served.person("rob").get("/draw").status_code == 200


def test_over_https_the_cookie_is_for_https_alone():
    """Served beyond this machine, the cookie is never sent in the clear, and only the stated names are answered to."""
    made = Doors.at("0.0.0.0", 8443, called=("audit.example", "10.0.0.5"), secure=True)  # noqa: S104 - nothing listens here
    assert made.secure
    assert made.hosts == {"0.0.0.0:8443", "audit.example:8443", "10.0.0.5:8443"}
    assert made.origins == {f"https://{host}" for host in made.hosts}
    assert not Doors.at("127.0.0.1", 8123).secure
