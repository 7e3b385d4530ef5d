"""Choosing rules in the browser: every clause can be read, and a choice sets the measures against it."""

from importlib.resources import files

from markupsafe import escape

from answerable.auditing import rebuild
from answerable.policy import shipped_ids
from answerable.web.choosing import _shipped


def test_every_clause_of_every_pack_can_be_read(client):
    """The page holds the citation of every clause of every shipped pack, and ticks what the case is set against."""
    page = client.get("/rules").text
    for name, pack in _shipped().items():
        assert f'name="pack-{name}"' in page
        for clause in pack.clauses:
            assert escape(clause.citation) in page
    assert page.count(" checked") == 1
    assert 'name="pack-us-ca" value="yes" checked' in page
    assert list(_shipped()) == list(shipped_ids())


def test_a_choice_is_what_the_command_line_makes(served, client):
    """The findings are those of `answerable report --policy`, and the page then ticks them."""
    client.post("/rules", data={"pack-us-wa": "yes", "pack-good-practice": "yes", "secondary": "yes"})
    served.wait()
    assert client.get("/working").headers["location"] == "/findings"
    found = served.hall.case().findings
    assert {each.pack for each in found} == {"us-wa", "good-practice"}
    again = rebuild(served.case, policy=["us-wa", "good-practice"], secondary=True)
    assert again.findings == found
    assert client.get("/rules").text.count(" checked") == 2 + 1


def test_a_pack_of_secondary_sources_alone_is_asked_for_twice(served, client):
    """Without the second tick nothing of it could be judged: the choice is refused with what to do, and the case stays."""
    before = served.hall.case().settings
    assert "rest on secondary sources alone" in client.get("/rules").text
    client.post("/rules", data={"pack-us-wa": "yes"})
    served.wait()
    assert client.get("/working").status_code == 422
    assert served.hall.case().settings == before


def test_no_rules_is_a_choice_too(served, client):
    """Where nothing is ticked, measures stand without findings."""
    client.post("/rules", data={"secondary": ""})
    served.wait()
    assert served.hall.case().findings == ()
    assert "No policy pack was consulted" in client.get("/").text


def test_a_pack_of_ones_own_stays_on_offer(served, client, tmp_path):
    """A pack that the case keeps is offered beside the shipped ones, by what it is called."""
    own = tmp_path / "own.yaml"
    shipped = (files("answerable.policy") / "packs" / "us-ca.yaml").read_text("utf-8")
    own.write_text(shipped.replace("id: us-ca\n", "id: our-own\n", 1))
    rebuild(served.case, policy=[own])
    assert 'name="pack-policies/our-own.yaml" value="yes" checked' in client.get("/rules").text
    client.post("/rules", data={"pack-policies/our-own.yaml": "yes", "pack-us-ca": "yes"})
    served.wait()
    assert {each.pack for each in served.hall.case().findings} == {"our-own", "us-ca"}


def test_a_pack_that_is_not_offered_is_refused(served, client):
    """A name from outside, a path above all, chooses nothing."""
    before = served.hall.case().settings
    for name in ("nothing", "../../key", "/etc/passwd", "policies/none.yaml"):
        assert client.post("/rules", data={f"pack-{name}": "yes"}).status_code == 422
    assert served.hall.case().settings == before
