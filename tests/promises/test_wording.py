"""It measures and does not accuse: the words and the percentages of a whole audit's outputs."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from promises.seeking import command_here, unpacked

RULES = Path(__file__).resolve().parents[2] / "docs" / "wording.md"
_COUNT, _PERCENT = r"\d[\d,]*", r"(?:under |over )?\d[\d,.]* ?%"
# Where a percentage may stand: each form has its denominator, or is a boundary or a scale and no result.
_WITH_DENOMINATOR = [
    rf"{_COUNT} of {_COUNT}(?: [^\d%()]{{1,60}})? \({_PERCENT}(?:, {_PERCENT} interval [\d.]+ to [\d.]+ ?%)?",
    rf"{_COUNT} of {_COUNT} \w+, {_PERCENT}",  # the neutral value: 2 of 7 days, 28.6 %
    rf"(?i:at least|at most|more than|fewer than|less than|exactly) {_PERCENT} of ",  # a boundary
]
_ROW = rf"<td[^>]*>{_COUNT}</td>\s*<td[^>]*>{_COUNT}</td>\s*<td[^>]*>{_PERCENT}</td>"
_TICK = rf'<text text-anchor="[^>]*class="f-muted">{_PERCENT}</text>'


def plain(text):
    """Make every space an ordinary one."""
    return re.sub(r"\s+", " ", text)


def bare(text):
    """List the percentages of a text that stand without their denominator, with the words around each."""
    text = plain(text)
    for form in _WITH_DENOMINATOR:
        text = re.sub(form, "@", text)
    return [text[max(0, at.start() - 40) : at.end()] for at in re.finditer(r"\d ?%", text)]


def page_text(html):
    """Give the words of a page: no style, no SQL, no mark on a chart's scale, and no row that holds its denominator."""
    html = plain(re.sub(r"<(style|pre|code)\b.*?</\1>", "", html, flags=re.DOTALL))
    html = re.sub(_TICK, "", re.sub(_ROW, "", html))
    return unescape(re.sub(r"<[^>]+>", "\n", html))


def strings(value):
    """Give every text of a JSON document but its SQL, which quotes the word lists: a word list is a word list."""
    if isinstance(value, dict):
        return [text for name, each in value.items() for text in [name, *strings(each)]]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return (
        [value] if isinstance(value, str) and not value.lstrip().startswith(("SELECT", "WITH", "--")) else []
    )


def ruled_out():
    """Read from the rules the words that are not used of people, and the adjectives of degree."""
    text = RULES.read_text(encoding="utf-8")
    people = re.search(r"Words that are not used of people: (.*?)\.\n", text, re.DOTALL)[1]
    degree = re.search(r"No adjective of degree\s+\((.*?)\)", text, re.DOTALL)[1]
    return re.findall(r"\*([^*]+)\*", people), re.findall(r"\*([^*]+)\*", degree)


PEOPLE, DEGREE = ruled_out()


def accusing(text):
    """List the words ruled out that a text uses, an adjective of degree where it stands beside a number."""
    text = plain(text).lower()
    words = [one for one in PEOPLE if re.search(rf"\b{one}", text)]
    near = [one for one in DEGREE if re.search(rf"\b{one} (a |an |the )?\d|\d[\d,.]* ?%?\)? {one}\b", text)]
    return words + near


@pytest.fixture(scope="module")
def spoken(audited):
    """Give every text that a reader of the audit sees, by the name of what holds it."""
    found = json.loads((audited.case / "current" / "findings.json").read_bytes())
    sentences = [one["sentence"] for one in [*found["findings"], *found["estimates"]] if one.get("sentence")]
    texts = {"findings' sentences": "\n".join(sentences), "audit": audited.said["audit"].out.decode()}
    for path in audited.outputs:
        for name, data in unpacked(path.name, path.read_bytes()):
            if not name.endswith(".xlsx"):
                texts[name] = data.decode("utf-8")
    texts["report.html's words"] = page_text(texts.pop("report.html"))
    texts["findings.json's words"] = "\n".join(strings(json.loads(texts.pop("findings.json"))))
    logs = sorted(audited.logs.iterdir())
    texts["release-check"] = command_here("release-check", logs[0], *logs).out.decode()
    for words in (["measures"], ["policies"], ["layouts"], ["--help"]):
        texts[words[0]] = command_here(*words).out.decode()
    return texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3 illegal searches", ["illegal"]),
        ("It is a violation\nof the law, and MISUSE", ["violation", "misuse"]),
        ("a bad\nactor", ["bad actor"]),
        ("only 3 of 41 searches", ["only"]),
        ("41 (7 %) alarming", ["alarming"]),
        ("Only searches with a reason are counted, 3 of them just so", []),
    ],
)
def test_the_search_finds_what_is_ruled_out(text, words):
    """A word that accuses, or an adjective beside a number, is found, so the tests below can fail."""
    assert accusing(text) == words


def test_the_rules_name_the_words():
    """The words come from the rules as they are written for people."""
    assert {"illegal", "violation", "abuse", "misuse", "guilty", "suspect user", "bad actor"} == set(PEOPLE)
    assert {"huge", "only", "just", "alarming"} == set(DEGREE)


def test_no_output_accuses(spoken):
    """Report, findings, measures, workbook and what is printed use none of the words that the rules rule out."""
    assert {"measures.csv", "findings.xlsx!xl/sharedStrings.xml"} <= set(spoken)
    assert len(spoken["report.html's words"]) > 10_000
    assert len(spoken["findings.json's words"]) > 10_000
    assert {name: accusing(text) for name, text in spoken.items()} == {name: [] for name in spoken}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5 of 4,294 (0.1\u202f%) and 12 of 12 searches (100 %)", 0),
        ("62 of 200 (31.0\u202f%, 95\u202f% interval 25.0 to 37.7\u202f%)", 0),
        ("2 of 7 days, 28.6 %, if every day were alike; at least 90 % of the widest", 0),
        ("0.1\u202f% of searches", 1),
        ("5 searches (0.1\u202f%), and 7 %", 2),
        ("of 41 (7 %)", 1),
    ],
)
def test_the_search_finds_a_bare_percentage(text, found):
    """A percentage without its numerator and denominator is found, so the tests below can fail."""
    assert len(bare(text)) == found


def test_the_search_reads_tables_and_charts():
    """A row without its denominator is found, and a mark on a scale is none."""
    row = "<tr><td>{}</td><td>41</td><td>7\u202f%</td></tr>"
    assert bare(page_text(row.format("3"))) == []
    assert len(bare(page_text(row.format("–")))) == 1
    assert len(bare(page_text('<text text-anchor="end" class="f-ink">7\u202f%</text>'))) == 1


def test_every_percentage_of_the_page_stands_beside_its_denominator(spoken):
    """The report prints no percentage without what it is a percentage of."""
    text = spoken["report.html's words"]
    assert len(re.findall(r" of \d[\d,]*[^%()]{0,60}\(", plain(text))) > 100
    assert bare(text) == []


def test_every_percentage_of_a_sentence_stands_beside_its_denominator(spoken):
    """So does every sentence of findings and measures, and every line that the audit and a check of a release print."""
    assert "%" in spoken["findings' sentences"]
    assert bare(spoken["findings' sentences"]) == []
    assert bare(spoken["audit"]) == []
    assert "%" in spoken["release-check"]
    assert bare(spoken["release-check"]) == []
