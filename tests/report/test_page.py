"""The page says what an auditor's letter says, in order, and shows hostile text as text."""

import dataclasses
import re
from html.parser import HTMLParser

import pytest

from answerable.estimate import Interval, Part
from answerable.intake.accounting import Source
from answerable.intake.kinds import Field, RecordKind, Role
from answerable.report.page import anchor, page

VOID = {"meta", "link", "img", "br", "input", "hr", "wbr"}


class Reader(HTMLParser):
    """Collects what the tests look at."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text, self.open, self.headings = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Note an element that closes itself."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag):
        """Close an element, which must be the last one opened."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note the text, and the heading that it is in."""
        self.text.append(data)
        if self.open and self.open[-1] in {"h1", "h2", "h3"}:
            self.headings.append((self.open[-1], data))


@pytest.fixture(scope="module")
def html(contents):
    """The sample's page."""
    return page(contents)


@pytest.fixture(scope="module")
def read(html):
    """The sample's page, parsed."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def words(reader):
    """All text of the page as one line."""
    return re.sub(r"\s+", " ", "".join(reader.text))


def test_the_markup_is_well_formed(read):
    """Every element is closed in order, hostile text or not."""
    assert read.open == []


def test_the_answer_comes_first(read):
    """The first heading is the answer; the records that it rests on follow before anything else."""
    assert read.headings[0] == (
        "h1",
        "Of 8 clauses, 3 are breached, 2 cannot be shown, 2 are met and 1 does not apply.",
    )
    text = words(read)
    assert "This rests on 18,490 searches from 8 sources, dated 1 January 2025 to 31 December 2025" in text
    order = [name for level, name in read.headings if level == "h2"]
    assert order[:4] == ["Findings", "Contents", "What could not be shown", "Purpose"]
    assert order[-5:] == [
        "The accounting", "The sources", "What the cells hold", "How the records were prepared", "How to read this report",
    ]  # fmt: skip  # a table: what stands in one line belongs together


def test_findings_keep_their_order(html):
    """The order of weight is the contents' own."""
    body = html.partition('<h2 id="findings"')[2].partition("<nav")[0]
    assert re.findall(r"is-(breached|met|not-applicable)", body) == ["breached"] * 3 + ["met"] * 2 + [
        "not-applicable"
    ]


def test_status_is_a_word_and_a_shape(html):
    """Each status has its word beside its shape, so that colour is never needed."""
    for status, drawn in (("Breached", "<path"), ("Not shown", 'class="hollow"'), ("Met", "<circle")):
        found = re.search(rf"<svg class=\"shape[^>]*>([^\n]*)</svg>\s*{status}", html)
        assert found, status
        assert drawn in found[1]


def test_what_could_not_be_shown_names_what_to_ask_for(read):
    """Each gap says what to ask for, and a measure that a clause waits for is not listed twice."""
    text = words(read).partition("Absent is not zero. These")[2].partition("Does each search say why")[0]
    assert "Ask for: The agency's usage and privacy policy." in text
    assert text.count("Ask for:") == 8
    assert text.count("An export of the search log with the column user_id.") == 1


def test_other_numbers_stand_beneath_the_one_that_leads(html, contents):
    """The measured numbers of a clause are listed with a way to each; what is not measurable is in what to ask for."""
    finding = next(each for each in contents.findings if each.also)
    lists = re.findall(r"<ul class=\"plain also\">(.*?)</ul>", html, flags=re.DOTALL)
    assert len(lists) == 1
    assert lists[0].count("<li>") == 2
    assert "It decides nothing here." in lists[0]
    for one in finding.also[:2]:
        assert f'href="#m-{anchor(one.measure)}"' in lists[0]
    assert finding.also[2].sentence not in lists[0]
    assert (
        html.count("An export of the search log with the column agency.") == 2
    )  # beside the clause, and at the measure


def test_every_row_is_accounted_for(read):
    """The accounting prints the sum, and a row per source."""
    text = words(read)
    assert (
        "Every row is accounted for: 19,200 rows in = 18,490 kept + 640 duplicates + 70 quarantined." in text
    )
    assert "releases.zip!2025-02.csv repeats 184 records of releases.zip!2025-01.csv" in text


def test_an_account_that_does_not_balance_says_so(contents, contents_with):
    """Rows that are nowhere are reported, never smoothed over."""
    first: Source = contents.sources[0]
    lost = type(first)(**{name: getattr(first, name) for name in first.__slots__} | {"kept": first.kept - 3})
    text = page(contents_with(sources=(lost,), overlaps=()))
    assert "The account does not balance: 3 rows differ." in text


def test_hostile_text_makes_no_element_and_no_address(read):
    """Script, template syntax and attributes from a source appear as text only."""
    assert "script" not in read.tags
    assert "img" not in read.tags
    assert not [each for each in read.attributes if each[1].startswith("on")]
    assert [value for _, name, value in read.attributes if name in {"src", "action", "data"}] == []
    links = [value for _, name, value in read.attributes if name == "href"]
    assert all(link.startswith(("#", "https://law.example.test/")) for link in links)
    text = words(read)
    assert "<script>alert(1)</script>" in text
    assert "{{ 7 * 7 }}{% for x in y %}" in text
    assert '"><img src=x onerror=alert(1)>' in text


def test_no_hidden_character_reaches_the_page(html, read):
    """Reversing marks, controls and NULs are shown as code points in a small tag."""
    assert (
        re.findall(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", html
        )
        == []
    )
    assert '<span class="hidden-mark">U+202E</span>gnp.exe' in html
    assert "U+0000" in words(read)
    assert not any("<span" in (value or "") for _, _, value in read.attributes)


def test_a_very_long_value_is_cut_and_says_so(read):
    """A cell of thousands of characters does not fill the page."""
    assert "… and 1,800 more characters" in words(read)


def test_ids_are_unique_and_links_lead_somewhere(read):
    """Each id is used once, and each link within the page has its target."""
    ids = [value for _, name, value in read.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = {value[1:] for _, name, value in read.attributes if name == "href" and value.startswith("#")}
    named = {
        each
        for _, name, value in read.attributes
        if name.startswith("aria-labelledby")
        for each in value.split()
    }
    assert targets | named <= set(ids)


def test_the_page_asks_for_nothing(html):
    """No script, no import, no address to fetch: the policy in the page's head forbids them too."""
    assert "default-src 'none'" in html
    for asking in ("<script", "@import", "url(", "<link", "<iframe", "<object", "xlink", "srcset"):
        assert asking not in html


def test_each_number_has_its_making_beneath_it(html):
    """Definition, boundary, doubt, parameters, caveats and SQL are folded beneath a measure."""
    block = html.partition('id="m-searches-look-back"')[2].partition("</article>")[0]
    for expected in (
        "How this number was made", "Counts the searches that the title names", "More than 30 × 24 h before the search",
        "Complete count: no sampling interval", "days: 30", "412 searches come from a source", "WHERE look_back",
        "-- a &lt; b &amp; c", "By agency", "11 more in measures.csv", "Jan 2025",
    ):  # fmt: skip  # a table: what stands in one line belongs together
        assert expected in block


def test_a_breakdown_shows_its_intervals_where_it_has_some(html):
    """A column for the interval stands in the table of a sampled breakdown, and in no other."""
    sampled = html.partition('id="m-searches-tracked-by-days"')[2].partition("</article>")[0]
    assert '<th scope="col" class="n">95\u202f% interval</th>' in sampled
    assert '<td class="n">87.7 to 92.7\u202f%</td>' in sampled
    assert "interval" not in html.partition('id="m-searches-no-reason"')[2].partition("</article>")[
        0
    ].replace("no sampling interval", "")


def test_a_sampled_measure_shows_its_interval_in_its_questions_table(html):
    """Where a measure of a question was sampled, its bounds stand beside its result; elsewhere there is no such column."""
    judged = html.partition("What a reader judged: every measure</caption>")[2].partition("</table>")[0]
    assert '<th scope="col" class="n">95\u202f% interval</th>' in judged
    assert '<td class="n">25.0 to 37.7\u202f%</td>' in judged
    assert judged.count("<tr>") == judged.count("interval</th>") + 4
    assert "interval" not in html.partition("Purpose: every measure</caption>")[2].partition("</table>")[0]


def test_intervals_of_different_levels_say_their_level(contents, contents_with):
    """Where the levels differ each bound says its own, and a part counted whole has a dash."""
    one = contents.estimates["searches.no_reason"]
    parts = (
        Part("Hale", None, 3, 41, Interval(0.0153, 0.1988, 0.95, "Wilson")),
        Part("Marsh", None, 4, 41, Interval(0.04, 0.2, 0.9, "Wilson")),
        Part("Ashford", None, 4, 41),
    )
    text = page(
        contents_with(estimates={one.measure: dataclasses.replace(one, breakdowns={"agency": parts})})
    )
    for cell in ("95\u202f% interval 1.5 to 19.9\u202f%", "90\u202f% interval 4.0 to 20.0\u202f%", "–"):
        assert f'<td class="n">{cell}</td>' in text


def test_a_long_curve_is_tabled_at_its_marks(html):
    """Of a year's days the table shows those that the chart marks, and says how many more there are."""
    block = html.partition('id="m-searches-cost-of-hits"')[2].partition("</article>")[0]
    assert re.findall(r'<th scope="row">(\d+)</th>', block) == ["7", "30", "60", "90", "180", "365"]
    assert "359 more in measures.csv." in block


def test_a_curves_figures_stand_beneath_it(html):
    """The marks of all its measures stand side by side, with their intervals."""
    figure = html.partition("<figcaption>Keeping reads 30 days would have cost 3 of 41")[2].partition(
        "</figure>"
    )[0]
    row = figure.partition('<th scope="row">30 days</th>')[2].partition("</tr>")[0]
    assert "<td>3 of 41 (7\u202f%)</td>" in row
    assert (
        '<td>760 of 1,843 (41.2\u202f%)<br><span class="quiet">95\u202f% interval 38.2 to 44.2\u202f%</span></td>'
        in row
    )
    assert "Each panel has a scale of its own, which starts at zero; all share the axis of days." in figure


def test_records_that_are_not_in_the_case_are_named(read):
    """What could not be shown ends with the record kinds that the case does not hold, and what to do."""
    text = words(read)
    assert (
        "These records are not in this case: reads (23 measures not taken) and shares (1 measure not taken)."
        in text
    )
    assert "Ask for: These records where they are kept" in text


def test_a_case_that_holds_every_kind_says_nothing_of_it(contents_with):
    """No record kind is absent: nothing is said of absent records."""
    assert "not in this case" not in page(contents_with(absent_kinds=()))


def test_a_section_without_a_result_is_left_out(contents, contents_with):
    """A question none of whose measures was taken is neither asked nor in the contents; one with a single result stays."""
    kept = {
        name: each
        for name, each in contents.estimates.items()
        if name in {"searches.no_reason", "searches.devices"}
    }
    reader = Reader()
    reader.feed(page(contents_with(estimates=kept)))
    titles = [name for level, name in reader.headings if level == "h2"]
    assert "Purpose" in titles
    assert not {"Topics", "Reach and hours", "Retention"} & set(titles)
    assert "Topics" not in words(reader)


def test_cells_are_counted_by_the_kind_of_record(contents, contents_with):
    """The cells of searches and of reads are not added up, and a field has the name that its kind gives it."""
    searches, reads = contents.sources[0], dataclasses.replace(contents.sources[1], kind="read")
    kind = RecordKind(
        "read",
        "reads",
        "One sighting.",
        (Field("plate", Role.IDENTIFIER, "The plate.", "plate that was read"),),
        "",
    )
    (programme,) = contents.programmes
    both = dataclasses.replace(programme, kinds=(*programme.kinds, kind))
    text = page(contents_with(sources=(searches, reads), overlaps=(), programmes=(both,)))
    cells = text.partition('<h2 id="cells"')[2].partition("</section>")[0]
    first, _, second = cells.partition("Every source of reads: records by state of the cell")
    assert "Every source of searches: records by state of the cell" in first
    assert "licence plate" in first
    assert "plate that was read" in second
    assert cells.count(">2,200</td>") == 2


def test_the_tables_of_curves_and_pairs_are_written_as_shares(html):
    """A curve of errors is tabled in counts whatever its measure is, and every pair that a matrix draws has its row."""
    curve = html.partition('id="m-scores-equal"')[2].partition("</article>")[0]
    assert "<summary>By false match rate " in curve
    assert '<th scope="col">False match rate</th>' in curve
    assert '<th scope="col" class="n">Counted</th><th scope="col" class="n">Among</th>' in curve
    pairs = html.partition('id="m-scores-pairs"')[2].partition("</article>")[0]
    assert pairs.count("<tr><th") == 78
    assert "measures.csv" not in pairs.partition("By pair of groups")[2].partition("</details>")[0]


def test_a_measure_outside_every_section_is_still_shown(html):
    """No measured number is dropped because no section asks for it."""
    assert "Further measures" in html
    assert 'id="m-searches-devices"' in html


def test_without_findings_the_headlines_answer(contents_with):
    """With no policy pack the first screen states what answers each question: its answer, or else its first number."""
    text = page(contents_with(findings=(), policies=()))
    assert "30 of 37 measures could be taken from these records." in text
    assert text.index("Searches with no stated reason: 37 of 18,452") < text.index("<nav")


def test_wording_rules_are_kept(read):
    """The page's own words accuse nobody."""
    text = words(read).lower()
    for word in ("illegal", "violation", "abuse", "misuse", "guilty", "bad actor"):
        assert word not in text
