"""Searches of a gallery: planted rates lie in their intervals, the model holds where it was put in, and leads are worth what they are."""

import csv

import pytest

from answerable import audit
from answerable.estimate import NotMeasurable
from answerable.programmes.faces.simulate import Gallery, write_searches

HEAD = ["search_id", "rank", "score", "is_mate", "in_gallery", "gallery_size"]


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    """Audit 3,000 searches of two galleries, and give what they are made of with the measures."""
    folder = tmp_path_factory.mktemp("gallery")
    gallery = Gallery(searches=3_000, seed=2)
    truth = write_searches(gallery, folder / "candidates.csv")
    return gallery, truth, audit([folder / "candidates.csv"], folder / "case").measures


def measured(folder, rows, head=HEAD):
    """Audit lists that a test wrote down."""
    with (folder / "candidates.csv").open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return audit([folder / "candidates.csv"], folder / "case").measures


def test_planted_rates_lie_in_their_intervals(searched):
    """The share of searches without a mate that return somebody, by the size of the gallery."""
    gallery, truth, found = searched
    fpir, fnir = found["candidates.fpir"], found["candidates.fnir"]
    assert (fpir.denominator, fnir.denominator) == (truth.non_mated, truth.mated)
    for part in fpir.breakdowns["gallery size"]:
        planted = gallery.fpir(int(part.label.replace(",", "")), gallery.threshold)
        assert part.interval.low <= planted <= part.interval.high
    anywhere = {part.label: part for part in fnir.breakdowns["rank"]}["50"]
    assert anywhere.interval.low <= gallery.mate_below(gallery.threshold) <= anywhere.interval.high


def test_growth_is_what_the_model_gives_where_it_holds(searched):
    """Scores are independent here, so that the largest gallery gives about what the smallest implies."""
    growth = searched[2]["candidates.growth"]
    assert 0.6 < growth.value < 1.7
    modelled = growth.breakdowns["model of independence, by gallery size"]
    observed = growth.breakdowns["observed, by gallery size"]
    assert modelled[0].value == pytest.approx(observed[0].value)
    assert modelled[0].interval is None


def test_the_worth_of_a_lead_is_bayes(searched):
    """The chance that a lead is wrong in the largest gallery falls with the share of searches whose person is in it."""
    found = searched[2]
    fpir, fnir = (
        {part.label: part.value for part in found[f"candidates.{name}"].breakdowns["gallery size"]}["10,000"]
        for name in ("fpir", "fnir")
    )
    wrong = found["candidates.wrong_lead"]
    instead = wrong.breakdowns["rates that it is made of"][2].value
    lost = 0.5 * fpir + 0.5 * fnir * instead
    assert wrong.value == pytest.approx(lost / (lost + 0.5 * (1 - fnir)))
    curve = [part.value for part in wrong.breakdowns["chance that a lead is wrong, by prevalence"]]
    assert curve == sorted(curve, reverse=True)
    assert "a model" in wrong.method


def test_a_mate_who_is_outranked_gives_a_wrong_lead(tmp_path):
    """Of 100 searches of each kind 2 return somebody, and 50 list somebody else first: those 50 are wrong leads, as the lists show."""
    rows = [[f"n{number}", 1, 5.0, "no", "no", 100] for number in range(2)]
    rows += [[f"n{number}", "", "", "", "no", 100] for number in range(2, 100)]
    for number in range(100):
        outranked = number < 50
        rows += [[f"m{number}", 1, 6.0, "no", "yes", 100]] if outranked else []
        rows += [[f"m{number}", 1 + outranked, 5.0, "yes", "yes", 100]]
    found = measured(tmp_path, rows)["candidates.wrong_lead"]
    assert found.value == pytest.approx((0.5 * 0.02 + 0.5 * 0.5) / (0.5 * 0.02 + 0.5))
    assert {
        part.label: (part.numerator, part.denominator)
        for part in found.breakdowns["rates that it is made of"]
    } == {
        "FPIR": (2, 100),
        "FNIR, rank 1": (50, 100),
        "missed mated searches that return somebody else": (50, 50),
    }
    said = " ".join(found.caveats)
    assert "yields a wrong lead with the stated probability" in said
    assert "not their first candidate, 50 of 50 (100\u202f%) return somebody else" in said
    assert "as often as a non-mated search does" not in said


def test_a_search_that_returned_nobody_counts(tmp_path):
    """It has one line without a rank, and is a search in both rates."""
    found = measured(
        tmp_path,
        [
            ["1", "", "", "", "no", 100],
            ["2", 1, 5.0, "no", "no", 100],
            ["3", "", "", "", "yes", 100],
            ["4", 1, 6.0, "no", "yes", 100],
            ["4", 2, 5.0, "yes", "yes", 100],
        ],
    )
    assert (found["candidates.fpir"].numerator, found["candidates.fpir"].denominator) == (1, 2)
    assert (found["candidates.fnir"].numerator, found["candidates.fnir"].denominator) == (2, 2)
    ranks = {part.label: part.numerator for part in found["candidates.fnir"].breakdowns["rank"]}
    assert ranks == {"1": 2, "2": 1, "5": 1, "10": 1, "20": 1, "50": 1}


def test_without_a_word_on_the_gallery_nothing_is_said(tmp_path):
    """Whether a person is in the gallery does not follow from a list that lacks them."""
    rows = [["1", 1, 5.0, "no", "", 100], ["2", 1, 6.0, "no", "", 100]]
    found = measured(tmp_path, rows)
    assert isinstance(found["candidates.fpir"], NotMeasurable)
    assert "not in the gallery" in found["candidates.fpir"].reason
    assert (
        "2 of 2 searches do not say whether the person is in the gallery" in found["candidates.fpir"].reason
    )


def test_searches_that_do_not_say_whether_the_person_is_there_are_counted(tmp_path):
    """One that leaves it blank is in neither rate, whatever its list holds, and each measure of searches says how many there are."""
    rows = [
        *([str(number), 1, 5.0, "no", "no", 100 * (1 + number % 2)] for number in range(1, 5)),
        *([f"nobody {size}", "", "", "", "no", size] for size in (100, 200)),
        *([f"mate {number}", 1, 5.0, "yes", "yes", 100] for number in range(3)),
        ["blank", 1, 6.0, "yes", "", 100],
        *(["blank and at odds", 1, score, "no", "", 100] for score in (6.0, 5.0)),
    ]
    found = measured(tmp_path, rows)
    said = "2 of 11 searches do not say whether the person is in the gallery, and are in neither rate."
    assert (found["candidates.fpir"].numerator, found["candidates.fpir"].denominator) == (4, 6)
    assert (found["candidates.fnir"].numerator, found["candidates.fnir"].denominator) == (0, 3)
    for name in ("fpir", "fnir", "fnir_at_fpir", "selectivity", "growth", "wrong_lead"):
        caveats = found[f"candidates.{name}"].caveats
        assert said in caveats, name
        assert not any("left out" in text for text in caveats), name


def test_growth_needs_two_sizes(tmp_path):
    """Searches of one gallery show no growth."""
    found = measured(tmp_path, [["1", 1, 5.0, "no", "no", 100], ["2", "", "", "", "no", 100]])
    assert "fewer than two sizes" in found["candidates.growth"].reason


MATED = [["4", 1, 6.0, "yes", "yes", 100, 3.0], ["4", 2, 5.0, "no", "yes", 100, 3.0]]
OTHER = [["5", 1, 6.0, "no", "no", 100, 3.0], ["6", "", "", "", "no", 100, 3.0]]


@pytest.mark.parametrize(
    ("rows", "way"),
    [
        (
            [[1, 6.0, "no", "yes", 3.0], [2, 5.0, "no", "no", 3.0]],
            "a line says that the mate is in the gallery, another that it is not",
        ),
        ([[1, 6.0, "yes", "no", 3.0]], "the mate is listed, and is said not to be in the gallery"),
        ([[1, 6.0, "no", "no", 3.0], [1, 5.0, "no", "no", 3.0]], "a rank comes twice, with two scores"),
        (
            [[1, 5.0, "no", "no", 3.0], [2, 6.0, "no", "no", 3.0]],
            "a candidate has a higher score than one at a better rank",
        ),
        (
            [[1, 6.0, "no", "no", 3.0], [2, 2.9, "no", "no", 3.0]],
            "a candidate is below the threshold of the list",
        ),
        ([[1, 6.0, "no", "no", 3.0], [2, 5.0, "no", "no", 4.0]], "lines state two thresholds"),
    ],
)
def test_each_contradiction_is_found_and_left_out(tmp_path, rows, way):
    """It is counted in its way alone, stands in neither rate, and both rates say that a search was left out."""
    written = [["1", *row[:4], 100, row[4]] for row in rows]
    found = measured(tmp_path, [*written, *MATED, *OTHER], [*HEAD, "threshold"])
    contradicting = found["candidates.contradicting"]
    assert (contradicting.numerator, contradicting.denominator) == (1, 4)
    assert [(part.label, part.numerator) for part in contradicting.breakdowns["way"]] == [(way, 1)]
    assert (found["candidates.fpir"].numerator, found["candidates.fpir"].denominator) == (1, 2)
    assert (found["candidates.fnir"].numerator, found["candidates.fnir"].denominator) == (0, 1)
    said = "1 of 4 searches contradicts itself and is left out: `candidates.contradicting` says how."
    assert all(said in found[f"candidates.{name}"].caveats for name in ("fpir", "fnir", "fnir_at_fpir"))


def test_two_people_in_one_search_and_lines_of_no_list_contradict(tmp_path):
    """Lines of one search that state two people; and one that leaves out which of two systems it is of."""
    head = [*HEAD, "probe_subject", "algorithm"]
    rows = [
        ["1", 1, 6.0, "no", "no", 100, "P1", "A"],
        ["1", 2, 5.0, "no", "no", 100, "P2", "A"],
        ["2", 1, 6.0, "no", "no", 100, "P3", "A"],
        ["2", 1, 6.5, "no", "no", 100, "P3", "B"],
        ["2", 2, 5.0, "no", "no", 100, "P3", ""],
    ]
    found = measured(tmp_path, rows, head)["candidates.contradicting"]
    assert (found.numerator, found.denominator) == (2, 4)
    assert [part.numerator for part in found.breakdowns["way"]] == [1, 1]
    assert "two people" in found.breakdowns["way"][0].label
    assert "which system or gallery" in found.breakdowns["way"][1].label


def test_a_blank_is_of_the_list_that_the_other_lines_name(tmp_path):
    """One search of two galleries is two searches; a line that leaves its size out, where there is one size, is of that one."""
    rows = [
        ["1", 1, 6.0, "no", "no", 100],
        ["1", 2, 5.0, "no", "no", ""],
        ["2", 1, 6.0, "no", "no", 100],
        ["2", 1, 7.0, "no", "no", 200],
    ]
    found = measured(tmp_path, rows)
    assert (found["candidates.contradicting"].numerator, found["candidates.contradicting"].denominator) == (
        0,
        3,
    )
    assert [(part.label, part.numerator) for part in found["candidates.fpir"].breakdowns["gallery size"]] == [
        ("100", 2),
        ("200", 1),
    ]


def test_a_mate_at_two_ranks_may_be_two_pictures(tmp_path):
    """A gallery may hold several pictures of one person: the best rank counts; equal scores may share a rank."""
    rows = [
        *MATED,
        ["1", 1, 6.0, "no", "yes", 100, 3.0],
        *(["1", rank, 7.0 - rank, "yes", "yes", 100, 3.0] for rank in (2, 3)),
        *(["2", 1, 6.0, mate, "yes", 100, 3.0] for mate in ("yes", "no")),
    ]
    found = measured(tmp_path, rows, [*HEAD, "threshold"])
    assert found["candidates.contradicting"].numerator == 0
    ranks = {part.label: part.numerator for part in found["candidates.fnir"].breakdowns["rank"]}
    assert (ranks["1"], ranks["2"], found["candidates.fnir"].denominator) == (1, 0, 3)


def test_what_is_said_of_several_pictures_is_what_is_counted(tmp_path):
    """One person at two ranks is not counted; at one rank with two scores they are: the caveat says both."""
    rows = [
        *(["1", rank, 7.0 - rank, "yes", "yes", 100] for rank in (1, 2)),
        *(["2", 1, 7.0 - number, "yes", "yes", 100] for number in (1, 2)),
    ]
    found = measured(tmp_path, rows)["candidates.contradicting"]
    assert (found.numerator, found.denominator) == (1, 2)
    said = " ".join(found.caveats)
    assert "several ranks: that is no contradiction, and is not counted" in said
    assert "One rank with two scores is counted" in said


def test_lists_that_all_contradict_themselves_give_no_rate(tmp_path):
    """Distances taken as scores rise down every list: nothing is made of them, and the advice names a layout."""
    rows = [["1", 1, 0.1, "no", "no", 100], ["1", 2, 0.3, "no", "no", 100]]
    refused = measured(tmp_path, rows)["candidates.fpir"]
    assert isinstance(refused, NotMeasurable)
    assert "contradicts itself" in refused.reason
    assert "distances" in refused.ask_for


def test_an_investigation_says_what_its_lists_cannot_show(tmp_path):
    """A rank beyond the longest list, and candidates of whom nothing is said, each have a sentence."""
    rows = [["1", 1, 6.0, "", "yes", 100], ["2", 1, 6.0, "yes", "yes", 100]]
    said = " ".join(measured(tmp_path, rows)["candidates.fnir"].caveats)
    assert "1 search lists no mate, and a candidate of whom it is not said" in said
