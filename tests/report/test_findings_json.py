"""findings.json keeps its documented shape and holds every number whole."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from answerable.report.findings_json import findings_json

SCHEMA = json.loads(files("answerable.report").joinpath("findings.schema.json").read_text("utf-8"))
DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "findings-schema.md"


@pytest.fixture(scope="module")
def text(contents):
    """The sample's findings.json."""
    return findings_json(contents).decode("utf-8")


def test_it_keeps_its_schema(text):
    """The output is valid, and the schema is a valid schema."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(text), SCHEMA, jsonschema.Draft202012Validator)


def test_the_schema_can_fail(text):
    """A missing account, an unknown field or a measure without a value does not pass."""
    for spoil in (
        lambda made: made["sources"][0].pop("account"),
        lambda made: made.update(clock="now"),
        lambda made: made["estimates"][0].pop("value"),
        lambda made: made["findings"][0].update(status="guilty"),
    ):
        made = json.loads(text)
        spoil(made)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(made, SCHEMA, jsonschema.Draft202012Validator)


def test_every_field_is_documented():
    """Each property of the schema is named in the documentation."""
    documented = DOCUMENT.read_text("utf-8")
    names: set[str] = set()

    def gather(node):
        if isinstance(node, dict):
            names.update(node.get("properties", {}))
            for child in node.values():
                gather(child)
        elif isinstance(node, list):
            for child in node:
                gather(child)

    gather(SCHEMA)
    assert [name for name in sorted(names) if f"`{name}`" not in documented] == []


def test_nothing_is_left_out(text, contents):
    """Every estimate, part, finding and source is there, in order."""
    made = json.loads(text)
    assert [each["measure"] for each in made["estimates"]] == list(contents.estimates)
    assert [each["status"] for each in made["findings"]] == [each.status.value for each in contents.findings]
    assert len(made["estimates"][0]["breakdowns"]["agency"]) == 31
    assert made["estimates"][0]["breakdowns"]["month"][0]["value"] == pytest.approx(20 / 1500)
    assert made["sources"][0]["account"]["rows_in"] == 2400


def test_a_sampled_part_has_its_interval(text):
    """The interval stands with its level and method, and is left out where a part was counted whole."""
    made = {each["measure"]: each for each in json.loads(text)["estimates"]}
    sampled = made["searches.tracked_by_days"]["breakdowns"]["days"][4]
    assert sampled["interval"] == {
        "low": pytest.approx(1723 / 1910 - 0.025), "high": pytest.approx(1723 / 1910 + 0.025), "level": 0.95,
        "method": "Wilson score, Wilson 1927",
    }  # fmt: skip  # a table: what stands in one line belongs together
    assert "interval" not in made["searches.no_reason"]["breakdowns"]["agency"][0]


def test_absent_records_are_named(text):
    """Each record kind that the case does not hold stands with the number of measures not taken."""
    assert json.loads(text)["absent_kinds"] == [
        {"records": "reads", "measures": 23},
        {"records": "shares", "measures": 1},
    ]


def test_other_numbers_of_a_clause_are_whole(text, contents):
    """Each has its measure, status, sentence, threshold and estimate, those that could not be taken among them."""
    made = json.loads(text)["findings"]
    (finding,) = [each for each in contents.findings if each.also]
    (found,) = [each for each in made if each["also"]]
    assert [each["measure"] for each in found["also"]] == [each.measure for each in finding.also]
    assert [each["estimate"]["status"] for each in found["also"]] == [
        "measured",
        "measured",
        "not measurable",
    ]
    assert found["also"][0]["estimate"]["breakdowns"] == {}
    assert found["also"][0]["threshold"] == "at most 0 searches"


def test_what_is_not_measurable_has_no_value(text):
    """Absent is not zero: there is no value to misread."""
    missing = [each for each in json.loads(text)["estimates"] if each["status"] == "not measurable"]
    assert len(missing) == 7
    assert all("value" not in each and each["reason"] and each["ask_for"] for each in missing)


def test_hostile_text_survives_and_cannot_be_seen_to_act(text):
    """The text is exact once read, and the file itself shows every hidden character as an escape."""
    assert "\u202e" not in text
    assert "\\u202egnp.exe" in text
    assert json.loads(text)["repeated"][1] == "\u202egnp.exe\u202c"
    assert json.loads(text)["sources"][7]["name"] == "[U+DCFF] surrogate"
