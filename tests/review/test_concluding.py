"""Concluding: the numbers are those of the statistics, in the digits of the report, and doubt is counted openly."""

import csv
import json

import openpyxl
import pytest

from answerable.auditing import audit, conclude_review, open_case, verify
from answerable.auditing.run import rebuild
from answerable.errors import ReviewError, UsageError
from answerable.estimate import COMPLETE_COUNT, Status
from answerable.intervals import hypergeometric
from answerable.programmes.plates.records import SEARCH
from answerable.review import conclude, read_conclusions
from answerable.sampling.clusters import clustered, with_certain
from answerable.sampling.correction import two_phase
from answerable.sampling.doubt import most_consistent
from answerable.sampling.sequential import sequential
from answerable.sampling.stopped import conclude as stopped_at
from answerable.sampling.strata import stratified
from answerable.wording import interval
from review.conftest import drawn, judge_all


def given(desk, purposes, support="supported"):
    """Judge every item of one reviewer with purposes in turn."""
    for item, purpose in zip(desk.sample.items, purposes, strict=True):
        found = {"purpose": purpose, "support": support}
        if purpose == "fits":
            found["reach"] = "proportionate"
        desk.judge("ann", item.number, found)


def concluded(desk, question="purpose"):
    """Give what one question comes to."""
    return next(each for each in conclude(desk, SEARCH).answered if each.question == question)


def test_a_simple_sample_has_the_exact_interval(a_case):
    """Six of forty, none unclear: the share, and the hypergeometric bounds in shares and in searches."""
    desk = drawn(a_case, reviewers=["ann"])
    given(desk, ["none-stated"] * 6 + ["fits"] * 34)
    found = concluded(desk)
    exact = hypergeometric(6, 40, desk.sample.population)
    assert (found.estimate.numerator, found.estimate.denominator) == (6, 40)
    assert (found.estimate.interval.low, found.estimate.interval.high) == (exact.low, exact.high)
    low, high = (round(bound * desk.sample.population) for bound in (exact.low, exact.high))
    assert f"95\u202f% interval {low:,} to {high:,}" in found.further[0]
    assert found.status is None


def test_cannot_tell_widens_the_bounds_both_ways(a_case):
    """Three of forty that cannot be told: the interval goes from none of them a case to all of them."""
    desk = drawn(a_case, reviewers=["ann"])
    given(desk, ["does-not-fit"] * 5 + ["cannot-tell"] * 3 + ["fits"] * 32)
    found = concluded(desk).estimate
    low, high = (hypergeometric(count, 40, desk.sample.population) for count in (5, 8))
    assert (found.interval.low, found.interval.high) == (low.low, high.high)
    assert "5 of 40 drawn searches (12" in found.sentence.replace("13", "12")
    assert "of 3 more could not tell" in found.sentence
    assert "between" in found.sentence


def test_a_dispute_that_nobody_settled_counts_as_not_told(a_case):
    """Two reviewers differ on some items: these are in the unclear until somebody settles them."""
    desk = drawn(a_case, twice=10)
    judge_all(desk, differ=range(1, 11))
    purpose = desk.sample.form.questions[0]
    standing = desk.judgements()
    open_items = sum(standing.answer(item, purpose) == "" for item in desk.sample.items)
    assert open_items
    found = concluded(desk)
    assert any(sentence.startswith(f"{open_items} answer") for sentence in found.further)
    assert any("Two reviewers gave the same answer to" in sentence for sentence in found.further)


def test_none_found_gives_the_most_that_is_consistent_with_it(a_case):
    """Zero of forty: the largest number of cases that the log could still hold."""
    desk = drawn(a_case, reviewers=["ann"])
    given(desk, ["fits"] * 40)
    most = most_consistent(40, desk.sample.population)
    assert any(f"that is {most.number:,} of" in sentence for sentence in concluded(desk).further)


@pytest.mark.parametrize(
    ("cases", "tolerable", "status"),
    [(0, 0.10, Status.MET), (1, 0.05, Status.NOT_SHOWN), (20, 0.10, Status.BREACHED)],
)
def test_a_plan_with_a_tolerable_share_is_met_breached_or_not_shown(a_case, cases, tolerable, status):
    """The bound below what is tolerated is met, the bound above it is breached, and between them nothing is shown."""
    desk = drawn(a_case, reviewers=["ann"], tolerable=tolerable)
    given(desk, ["none-stated"] * cases + ["fits"] * (40 - cases))
    found = concluded(desk)
    assert found.status is status
    assert found.threshold == f"at most {100 * tolerable:g}\u202f% of searches"


def test_a_stratified_sample_weighs_its_strata(a_case):
    """Every blank reason and thirty of the others: the share of the whole log, with the exact interval of strata."""
    desk = drawn(a_case, size=30, reviewers=["ann"], strata="searches.vague_reason", allocation="equal")
    given(desk, ["none-stated" if item.stratum == 0 else "fits" for item in desk.sample.items])
    found = concluded(desk).estimate
    sizes = [stratum.records for stratum in desk.sample.strata]
    whole = stratified([15, 0], [15, 15], sizes)
    assert found.value == pytest.approx(whole.value)
    assert (found.interval.low, found.interval.high) == (whole.interval.low, whole.interval.high)
    assert [part.numerator for part in found.breakdowns["stratum"]] == [15, 0]


def test_a_measure_is_held_against_what_reviewers_found(a_case):
    """Strata by a measure: how often what it counts is so, how often the rest is, and how much of it the measure counts."""
    desk = drawn(a_case, size=40, reviewers=["ann"], strata="searches.vague_reason", allocation="equal")
    given(
        desk,
        ["none-stated" if item.stratum == 0 or item.number <= 3 else "fits" for item in desk.sample.items],
    )
    counts = [sum(item.stratum == stratum for item in desk.sample.items) for stratum in (0, 1)]
    others = sum(item.stratum == 1 and item.number <= 3 for item in desk.sample.items)
    sizes = [stratum.records for stratum in desk.sample.strata]
    both = two_phase((counts[0], counts[0], sizes[0]), (others, counts[1], sizes[1]))
    said = " ".join(concluded(desk).further)
    assert (
        f"that searches.vague_reason counts, {counts[0]} of {counts[0]} drawn have a stated purpose" in said
    )
    assert (
        f"{others} of {counts[1]} drawn do ({interval(both.missed.interval.low, both.missed.interval.high, 0.95, 'share')})"
        in said
    )
    assert (
        f"({interval(both.recall_interval.low, both.recall_interval.high, 0.95, 'share')})"
        in said.rsplit("would be judged so", 1)[1]
    )


def test_a_measure_is_corrected_by_what_reviewers_found(a_case):
    """Beside the share that the measure counts stands that of Rogan and Gladen, by sensitivity and specificity worked out anew."""
    desk = drawn(a_case, size=40, reviewers=["ann"], strata="searches.vague_reason", allocation="equal")
    given(
        desk,
        ["none-stated" if item.number % (3 + 9 * item.stratum) else "fits" for item in desk.sample.items],
    )
    answered = concluded(desk)
    as_counted, corrected, recall = answered.estimate.breakdowns["measure"]
    flagged, rest = desk.sample.strata
    assert (as_counted.numerator, as_counted.denominator) == (flagged.records, desk.sample.population)
    assert as_counted.interval is None
    counts = [[0, 0], [0, 0]]  # by stratum: records that are no case, and that are one, weighted to the log
    for item in desk.sample.items:
        stratum = desk.sample.strata[item.stratum]
        is_case = desk.judgements().of(item.number, "ann")["purpose"] == "none-stated"
        counts[item.stratum][is_case] += stratum.records / stratum.taken
    sensitivity = counts[0][1] / (counts[0][1] + counts[1][1])
    specificity = counts[1][0] / (counts[0][0] + counts[1][0])
    assert recall.value == pytest.approx(sensitivity)
    assert (corrected.denominator, recall.denominator) == (
        desk.sample.population,
        round(counts[0][1] + counts[1][1]),
    )
    assert recall.interval.low < sensitivity < recall.interval.high
    share = flagged.records / (flagged.records + rest.records)
    assert corrected.value == pytest.approx((share + specificity - 1) / (sensitivity + specificity - 1))
    assert corrected.interval == answered.estimate.interval
    (said,) = (each for each in answered.further if "Rogan and Gladen" in each)
    assert said.startswith("searches.vague_reason counts ")


def test_what_reviewers_found_is_in_every_output(a_case):
    """measures.csv and the workbook hold each question with its interval, apart from what was counted by machine."""
    desk = drawn(a_case, size=40, reviewers=["ann"], strata="searches.vague_reason", allocation="equal")
    given(desk, ["none-stated" if item.stratum == 0 else "fits" for item in desk.sample.items])
    made, found = conclude_review(a_case, "first")
    with (made.folder.current / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"].startswith("review.")]
    heads = [row for row in rows if row["breakdown"] == "all"]
    assert [row["measure"] for row in heads] == [f"review.first.{each.question}" for each in found.answered]
    assert {row["status"] for row in rows if not row["label"].startswith("as searches.")} == {"judged"}
    for row, each in zip(heads, found.answered, strict=True):
        assert row["sentence"] == each.estimate.sentence
        assert float(row["low"]) == pytest.approx(each.estimate.interval.low)
    book = openpyxl.load_workbook(made.folder.current / "findings.xlsx", read_only=True)
    assert book.sheetnames[-1] == "Reviews"
    head, *lines = book["Reviews"].iter_rows(values_only=True)
    questions = [line for line in lines if line[head.index("Breakdown")] == "all"]
    assert [line[1] for line in questions] == [each.text for each in found.answered]
    assert [line[head.index("Sentence")] for line in questions] == [
        each.estimate.sentence for each in found.answered
    ]
    assert [line[head.index("High")] for line in questions] == pytest.approx(
        [each.estimate.interval.high for each in found.answered]
    )


def test_every_part_and_sentence_of_a_review_is_in_every_output(a_case):
    """Strata, the measure's own count and its correction, and what else follows: in measures.csv and in the workbook alike."""
    desk = drawn(
        a_case, size=40, reviewers=["ann"], strata="searches.vague_reason", allocation="equal", tolerable=0.3
    )
    given(desk, ["none-stated" if item.stratum == 0 else "fits" for item in desk.sample.items])
    made, found = conclude_review(a_case, "first")
    with (made.folder.current / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"].startswith("review.")]
    book = openpyxl.load_workbook(made.folder.current / "findings.xlsx", read_only=True)
    head, *lines = book["Reviews"].iter_rows(values_only=True)
    asked = [dict(zip(head, line, strict=True)) for line in lines]
    for each in found.answered:
        own = [row for row in rows if row["measure"] == each.estimate.measure]
        (line,) = (row for row in own if row["breakdown"] == "all")
        assert line["method"] == each.estimate.interval.method
        assert line["reason"] == f"{each.status}: {each.threshold}"
        said = [row for row in own if row["breakdown"] == "further"]
        assert [row["sentence"] for row in said] == list(each.further)
        parts = [part for all_parts in each.estimate.breakdowns.values() for part in all_parts]
        in_csv = [row for row in own if row["breakdown"] not in ("all", "further")]
        in_book = [row for row in asked if row["Question"] == each.text and row["Breakdown"] != "all"]
        assert [row["label"] for row in in_csv] == [row["Label"] for row in in_book]
        for part, row, cells in zip(parts, in_csv, in_book, strict=True):
            assert float(row["value"]) == pytest.approx(part.value) == cells["Value"]
            if part.interval:
                assert (float(row["low"]), float(row["high"])) == pytest.approx((cells["Low"], cells["High"]))
                assert row["method"] == part.interval.method
                assert cells["Interval"] == part.interval.method
            else:  # counted by machine, and said to be
                assert (row["status"], row["method"], cells["Interval"]) == (
                    "measured",
                    COMPLETE_COUNT,
                    COMPLETE_COUNT,
                )


def test_where_a_measure_is_not_corrected_it_says_why(a_case):
    """A sample of what a measure counts cannot tell what it misses; one without a case cannot tell recall; another sample says nothing of it."""
    among = drawn(a_case, "among", size=10, reviewers=["ann"], among="searches.vague_reason")
    given(among, ["fits"] * 10)
    (said,) = (each for each in concluded(among).further if "corrected" in each)
    assert said.startswith("searches.vague_reason cannot be corrected by this review: ")
    none = drawn(
        a_case, "none", size=20, reviewers=["ann"], strata="searches.vague_reason", allocation="equal"
    )
    given(none, ["fits"] * 20)
    found = concluded(none)
    assert len(found.estimate.breakdowns["measure"]) == 2
    assert any(each.endswith("cannot be told.") for each in found.further)
    plain = drawn(a_case, "plain", size=10, reviewers=["ann"])
    given(plain, ["fits"] * 10)
    assert not any("corrected" in each for each in concluded(plain).further)


def test_a_measure_that_counts_every_record_is_not_corrected(a_case):
    """Among what it counts, the strata of the same measure are one, and the conclusion says that there is nothing to correct by."""
    desk = drawn(
        a_case, size=10, reviewers=["ann"], strata="searches.vague_reason", among="searches.vague_reason"
    )
    given(desk, ["fits"] * 10)
    assert any(each.startswith("searches.vague_reason counts all of the") for each in concluded(desk).further)


def test_agreement_is_said_with_its_doubt(a_case):
    """Twelve items judged twice: the share that agree, AC1 and kappa, and that so few make them rough."""
    desk = drawn(a_case, twice=12)
    judge_all(desk, differ=(1, 2, 3))
    (said,) = (sentence for sentence in concluded(desk).further if "gave the same answer" in sentence)
    assert "of 12 items" in said
    assert "Gwet's AC1" in said
    assert "rough for under 30 items" in said


def test_clusters_are_estimated_as_clusters(a_case):
    """Ten users with all of their searches: the interval is that of clusters, not of as many records."""
    desk = drawn(a_case, size=10, reviewers=["ann"], clusters="user_name")
    given(desk, ["none-stated" if item.cluster <= 3 else "fits" for item in desk.sample.items])
    found = concluded(desk).estimate
    sizes = [sum(item.cluster == number for item in desk.sample.items) for number in range(1, 11)]
    whole = clustered([*sizes[:3], *[0] * 7], sizes, desk.sample.strata[0].units, desk.sample.population)
    assert found.value == pytest.approx(whole.value)
    assert (found.interval.low, found.interval.high) == (whole.interval.low, whole.interval.high)


def test_large_clusters_are_known(a_case):
    """Users of more than 3 searches are all taken: their cases move both bounds, and no share of theirs is told."""
    desk = drawn(a_case, size=8, reviewers=["ann"], clusters="user_name", whole_above=3)
    sample = desk.sample
    large, others = sample.strata
    assert (large.taken, others.taken) == (large.units, 8)
    assert large.units > 1
    by_chance = sorted({item.cluster for item in sample.items if item.stratum})
    some = set(by_chance[:2])
    given(
        desk,
        [
            "none-stated" if item.cluster in some or (not item.stratum and item.number % 5 == 0) else "fits"
            for item in sample.items
        ],
    )
    sizes = [sum(item.cluster == number for item in sample.items) for number in by_chance]
    known = sum(not item.stratum and item.number % 5 == 0 for item in sample.items)
    rest = clustered([*sizes[:2], *[0] * 6], sizes, others.units, others.records)
    whole = with_certain(rest, known, large.records)
    found = concluded(desk).estimate
    assert found.value == pytest.approx(whole.value)
    assert (found.interval.low, found.interval.high) == (whole.interval.low, whole.interval.high)
    assert found.breakdowns == {}
    assert (
        f"All {large.units} groups of more than 3 searches were taken, and 8 of"
        in conclude(desk, SEARCH).drawn
    )


def test_open_answers_of_large_clusters_count_both_ways(a_case):
    """What could not be told of a large cluster widens both bounds, as it does elsewhere."""
    desk = drawn(a_case, size=8, reviewers=["ann"], clusters="user_name", whole_above=3)
    given(desk, ["fits" if item.stratum else "cannot-tell" for item in desk.sample.items])
    large, others = desk.sample.strata
    sizes = [
        sum(item.cluster == number for item in desk.sample.items)
        for number in {item.cluster for item in desk.sample.items if item.stratum}
    ]
    rest = clustered([0] * 8, sizes, others.units, others.records)
    found = concluded(desk).estimate
    assert found.interval.low == 0
    assert found.interval.high == with_certain(rest, large.records, large.records).interval.high


def test_nothing_is_concluded_before_every_item_is_judged(a_case, desk):
    """What is left to do is counted by reviewer."""
    with pytest.raises(UsageError, match="25 by ann and 25 by ben to go"):
        conclude(desk, SEARCH)
    assert read_conclusions(a_case / "current") == ()


def test_the_report_says_what_reviewers_found_and_keeps_saying_it(a_case, desk, town):
    """The conclusion is in the report and findings.json, apart from findings, and stays when the case is measured or added to."""
    judge_all(desk)
    made, found = conclude_review(a_case, "first")
    assert read_conclusions(a_case / "current") == (found,)
    report = made.report.read_text(encoding="utf-8")
    assert "What reviewers found" in report
    assert found.answered[0].estimate.sentence.split(" (")[0] in report
    data = json.loads((a_case / "current" / "findings.json").read_bytes())
    assert data["reviews"][0]["answered"][0]["estimate"]["value"] == pytest.approx(
        found.answered[0].estimate.value
    )
    assert verify(a_case) == []
    before = report
    assert rebuild(a_case).report.read_text(encoding="utf-8") == before
    audit(sorted(town.glob("*.csv"))[2:3], a_case, timezone="America/Los_Angeles")
    assert read_conclusions(a_case / "current") == (found,)
    assert (
        open_case(a_case).report.read_text(encoding="utf-8").count("What reviewers found") == 2
    )  # the contents, and the heading


def test_a_journal_whose_end_was_cut_off_after_concluding_is_found(a_case, desk):
    """A chain cannot show that its last lines are gone; the conclusion that rests on them can."""
    judge_all(desk)
    conclude_review(a_case, "first")
    lines = desk.journal.path.read_bytes().splitlines(keepends=True)
    desk.journal.path.write_bytes(b"".join(lines[:-1]))
    assert [str(one) for one in verify(a_case)] == [
        "reviews/first/journal.jsonl: is not the one that was concluded from"
    ]


def test_concluding_twice_gives_the_same_bytes(a_case, desk):
    """No clock and no chance is in a conclusion."""
    judge_all(desk)
    one = conclude_review(a_case, "first")[0].report.read_bytes()
    assert conclude_review(a_case, "first")[0].report.read_bytes() == one


LOOKS = {"looks": (40, 70, 100), "question": "purpose", "tolerable": 0.08, "size": 100}


def test_a_sequential_plan_stops_at_the_look_that_shows_it(a_case):
    """No case in the first forty: the plan stops there, and what was judged further on is not looked at."""
    desk = drawn(a_case, reviewers=["ann"], **LOOKS)
    for item in desk.sample.items[:45]:
        purpose = "fits" if item.number <= 40 else "none-stated"
        extra = {"reach": "proportionate"} if purpose == "fits" else {}
        desk.judge("ann", item.number, {"purpose": purpose, "support": "supported"} | extra)
    found = concluded(desk)
    plan = sequential((40, 70, 100), 0.08, population=desk.sample.population)
    assert plan.accept[0] >= 0
    assert found.status is Status.MET
    assert found.estimate.denominator == 40
    assert found.estimate.interval.high == stopped_at(plan, 40, 0).interval.high
    assert any("it stopped after 40" in sentence for sentence in found.further)
    other = concluded(desk, "support")
    assert other.status is None
    assert any("decided on another question" in sentence for sentence in other.further)


def test_a_sequential_plan_that_goes_on_says_how_far(a_case):
    """Cases enough to go on: the next look is named, and nothing is concluded before it is judged."""
    desk = drawn(a_case, reviewers=["ann"], **LOOKS)
    plan = sequential((40, 70, 100), 0.08, population=desk.sample.population)
    cases = plan.accept[0] + 1
    assert cases < plan.reject[0]
    for item in desk.sample.items[:40]:
        desk.judge(
            "ann",
            item.number,
            {"purpose": "none-stated" if item.number <= cases else "cannot-tell", "support": "supported"},
        )
    with pytest.raises(UsageError, match="after 40 items the plan goes on") as error:
        conclude(desk, SEARCH)
    assert "the first 70 items judged" in str(error.value)


def test_a_sequential_plan_that_cannot_show_it_ends_at_its_last_look(a_case):
    """Everything unclear: the plan runs to its end and shows nothing, with an interval from almost none to almost all."""
    desk = drawn(a_case, reviewers=["ann"], **LOOKS)
    for item in desk.sample.items:
        desk.judge("ann", item.number, {"purpose": "cannot-tell", "support": "supported"})
    found = concluded(desk)
    assert found.status is Status.NOT_SHOWN
    assert found.estimate.denominator == 100
    assert found.estimate.interval.low == 0
    assert found.estimate.interval.high > 0.9


def test_a_sequential_plan_needs_a_question_and_a_tolerable_share(a_case):
    """Strata, clusters, or nothing to hold the share against: refused before anything is drawn."""
    for wrong in ({"tolerable": 0.0}, {"strata": "month"}, {"question": "none"}):
        with pytest.raises((UsageError, ReviewError)):
            drawn(a_case, reviewers=["ann"], **(LOOKS | wrong))
    assert not (a_case / "reviews" / "first").exists()
