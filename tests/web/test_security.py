"""Attacks on the local server, each of which comes to nothing."""

import re
import secrets

import pytest

from answerable.web.guard import HEADERS
from web_apps import HERE, OWN, PORT

PAGES = ("/", "/report.html", "/findings", "/measures", "/sources", "/reviews", "/downloads/findings.json")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_sees_nothing(served, page):
    """Without the cookie no page of the case is shown, by any address."""
    answer = served.stranger().get(page)
    assert answer.status_code == 403
    assert "Nobody" not in answer.text
    assert not any(finding.sentence in answer.text for finding in served.hall.case().findings)


def test_the_token_opens_once_and_leaves_the_address(served):
    """The first use gives a cookie that no script reads and no other site sends, and strips the token; the second is refused."""
    link = f"/login?token={served.doors.token}"
    first = served.stranger().get(link)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert re.search(r"; HttpOnly; Path=/; SameSite=strict$", first.headers["set-cookie"])
    assert served.doors.token not in first.headers["set-cookie"]
    second = served.stranger().get(link)
    assert second.status_code == 403
    assert "set-cookie" not in second.headers


@pytest.mark.parametrize("token", ["", "x", "é", "Q" * 43])
def test_a_wrong_token_opens_nothing(served, token):
    """A token that was guessed is refused, and does not use up the right one."""
    assert served.stranger().get("/login", params={"token": token}).status_code == 403
    assert served.client().get("/").status_code == 200


def test_a_guessed_cookie_opens_nothing(served):
    """A cookie that the server did not give is no session."""
    browser = served.stranger()
    browser.cookies.set(served.doors.cookie, secrets.token_urlsafe(32))
    assert browser.get("/").status_code == 403


def test_logging_out_ends_the_session(client):
    """After logging out the old cookie opens nothing, even for somebody who kept it."""
    kept = dict(client.cookies)
    assert client.post("/logout").status_code == 303
    client.cookies.update(kept)
    assert client.get("/").status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1:{PORT}.evil.example",
        f"0.0.0.0:{PORT}",
        "",
    ],
)
def test_another_name_does_not_reach_the_server(client, host):
    """A name that was made to point here (DNS rebinding) is refused, cookie or not."""
    assert client.get("/", headers={"host": host}).status_code == 400


def test_localhost_is_a_name_of_this_server(client):
    """The two usual names of this machine reach it."""
    assert client.get("/", headers={"host": f"localhost:{PORT}"}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site", "origin": HERE},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"{HERE}.evil.example"},
        {},
    ],
    ids=str,
)
def test_no_other_site_can_send_a_form(served, sent):
    """A form from elsewhere is refused before it is read, by Sec-Fetch-Site or, in its absence, by Origin."""
    client = served.client()
    for name in OWN:
        del client.headers[name]
    assert client.post("/logout", headers=sent).status_code == 403
    assert client.get("/", headers=OWN).status_code == 200


@pytest.mark.parametrize(
    "sent", [OWN, {"sec-fetch-site": "same-origin", "origin": HERE}, {"origin": HERE}], ids=str
)
def test_the_app_can_send_its_own_forms(served, sent):
    """What browsers send with the app's own forms is let through."""
    client = served.client()
    for name in OWN:
        del client.headers[name]
    assert client.post("/logout", headers=sent).status_code == 303


@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin"])
def test_nothing_is_embedded_or_fetched_from_elsewhere(client, mode):
    """Another site gets neither an image, a frame's document nor an answer to a fetch."""
    sent = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode}
    assert client.get("/report.html", headers=sent).status_code == 403


@pytest.mark.parametrize(
    "page", ["/", "/nothing", "/login?token=x", "/static/app.css", "/downloads/findings.json"]
)
def test_every_answer_has_the_headers(served, client, page):
    """Pages, errors, refusals and files all forbid sniffing, framing, referrers, storing and inline script."""
    for browser in (client, served.stranger()):
        headers = browser.get(page).headers
        assert {name: headers[name] for name in HEADERS} == dict(HEADERS)
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_report_is_shut_in(client):
    """The report gets its one style sheet by its hash, no script, no form, and an origin of its own."""
    policy = client.get("/report.html").headers["content-security-policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        r"sandbox allow-popups allow-popups-to-escape-sandbox",
        policy,
    )


@pytest.mark.parametrize("page", ["/", "/findings", "/sources", "/help", "/downloads"])
def test_no_page_has_anything_inline(client, page):
    """No page holds a script, a style or a handler of its own, which the policy would forbid."""
    text = client.get(page).text
    assert not re.search(r"<style|<script(?! src=)|\son\w+=|\sstyle=|javascript:", text)


@pytest.mark.parametrize("size", [70_000, 20_000_000])
def test_a_large_body_is_refused(client, size):
    """A form larger than any form is refused, whether it says its size or not."""
    body = b"x" * size
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/logout", content=body, headers=kind).status_code == 413
    pieces = (body[at : at + 10_000] for at in range(0, size, 10_000))
    assert client.post("/logout", content=pieces, headers=kind).status_code == 413
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("told", ["-1", "1e9", "9" * 400, " "])
def test_a_false_size_is_refused(client, told):
    """A size that is no number is refused."""
    assert client.post("/logout", headers={"content-length": told}).status_code in (400, 413)


def test_a_long_address_is_refused(client):
    """An address beyond any that the app makes is refused."""
    assert client.get("/findings?status=" + "x" * 5_000).status_code == 414


@pytest.mark.parametrize(
    "path",
    [
        "/downloads/../key",
        "/downloads/..%2Fkey",
        "/downloads/%2e%2e%2f%2e%2e%2fkey",
        "/downloads/MANIFEST.json",
        "/downloads/records",
        "/downloads/%2Fetc%2Fpasswd",
        "/downloads/report.html%00.txt",
        "/static/../app.py",
        "/static/..%2Fapp.py",
        "/static/%2Fetc%2Fpasswd",
        "/reviews/..%2F..%2Fkey",
        "/measures/..%2F..%2Fkey",
    ],
)
def test_no_path_from_outside_is_opened(served, client, path):
    """Only names of the app's own lists are served: never the key, a record or a file of the machine."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert (served.case / "key").read_bytes() not in answer.content
    assert b"root:" not in answer.content


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_refused(client, method):
    """The app knows GET, HEAD and POST."""
    assert client.request(method, "/").status_code == 405


def test_an_unknown_page_is_said_to_be_none(client):
    """What there is not is a page that says so, and repeats nothing of what was asked for."""
    answer = client.get("/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "There is no such page." in answer.text
    assert "alert(1)" not in answer.text


def test_a_fault_tells_nothing_of_a_record(served, client, monkeypatch, capfd):
    """A failure inside the app gives a page without the error's words or a traceback, and prints nothing."""

    def fail():
        raise ValueError("the reason is SECRET CELL")

    monkeypatch.setattr(served.hall, "case", fail)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "ValueError" in answer.text
    assert "SECRET" not in answer.text
    assert "Traceback" not in answer.text
    assert "SECRET" not in "".join(capfd.readouterr())


def test_a_page_escapes_what_a_case_is_called(a_case, tmp_path):
    """The name of the case's folder is text on the page, whatever it holds."""
    from web_apps import Served  # noqa: PLC0415 - the one test that serves a case under a name of its own

    named = a_case.rename(tmp_path / "<img src=x onerror=alert(1)>")
    made = Served(named)
    with made.hall:
        text = made.client().get("/").text
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_a_second_server_only_reads(served, client):
    """The first server to come may write; another on the same case says on every page that it only reads, and takes no form."""
    from web_apps import Served  # noqa: PLC0415 - the one test that serves a case twice

    assert "Reading only." not in client.get("/").text
    other = Served(served.case)
    with other.hall:
        second = other.client()
        assert "Reading only." in second.get("/").text
        served.hall.__exit__(None, None, None)
        assert "Reading only." not in second.get("/").text
