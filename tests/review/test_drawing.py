"""Drawing: the same seed draws the same records, anyone can draw them again, and chance is fair."""

import hashlib
import json

import numpy as np
import pytest
from scipy import stats

from answerable.auditing.planning import sizes
from answerable.auditing.reviewing import frame_of
from answerable.errors import UsageError
from answerable.programmes.plates.records import SEARCH
from answerable.review.drawing import draw, ticket
from answerable.review.frame import OTHERS, WHOLE, Frame, _by_size
from answerable.review.saying import drawn as drawn_in_words
from review.conftest import SEED, drawn


def a_frame(strata=(60,), cluster=None):
    """Lay out a frame of one source, by the sizes of its strata."""
    size = sum(strata)
    return Frame(
        kind=SEARCH,
        source=np.ones(size, np.int64),
        position=np.arange(size),
        stratum=np.repeat(np.arange(len(strata)), strata),
        strata=tuple(f"stratum {at}" for at in range(len(strata))) if len(strata) > 1 else (WHOLE,),
        cluster=cluster,
    )


def test_anybody_who_holds_the_case_can_draw_it_again(a_case):
    """From the case's own file and the seed alone, with nothing but SHA-256, come the records of the sample."""
    desk = drawn(a_case, size=25)
    state = json.loads((a_case / "current" / "case.json").read_bytes())
    tickets = {
        (source["number"], place): hashlib.sha256(f"{SEED}:{source['sha256']}:{place}".encode()).hexdigest()
        for source in state["sources"]
        for place in range(source["kept"])
    }
    least = sorted(tickets, key=tickets.__getitem__)[:25]
    assert {(item.source, item.place) for item in desk.sample.items} == set(least)
    assert all(tickets[item.source, item.place] == item.ticket for item in desk.sample.items)


def test_the_same_seed_gives_the_same_bytes(a_case):
    """Two draws of one seed are one sample; another seed is another."""
    one, same = drawn(a_case, "one").sample, drawn(a_case, "same").sample
    assert one.items == same.items
    assert drawn(a_case, "other", seed="1").sample.items != one.items


def test_a_longer_sample_begins_with_the_shorter(a_case):
    """Drawing on by the same seed adds records and takes none away."""
    short, long = (
        {(item.source, item.place) for item in drawn(a_case, name, size).sample.items}
        for name, size in (("short", 20), ("long", 35))
    )
    assert short < long


def test_every_record_has_the_same_chance():
    """Over 4,000 seeds each of 60 records is drawn as often as chance says, and so is each pair."""
    frame = a_frame()
    times = np.zeros(60)
    pairs = np.zeros((60, 60))
    for seed in range(4_000):
        places = draw(frame, {1: "abc"}, str(seed), [6]).places
        times[places] += 1
        pairs[np.ix_(places, places)] += 1
    assert stats.chisquare(times).pvalue > 0.001
    upper = pairs[np.triu_indices(60, 1)]
    assert stats.chisquare(upper).pvalue > 0.001


def test_strata_are_drawn_apart_and_whole_where_asked():
    """Each stratum gives as many as are asked of it; one that is drawn whole gives all."""
    frame = a_frame((5, 40, 15))
    found = draw(frame, {1: "abc"}, "7", [5, 4, 0])
    assert np.bincount(frame.stratum[found.places], minlength=3).tolist() == [5, 4, 0]
    assert found.taken == (5, 4, 0)


def test_a_cluster_is_drawn_with_all_of_its_records():
    """A cluster has the ticket of its first record, and comes whole."""
    cluster = np.array([0, 1, 0, 2, 1, 2, 2, 3])
    frame = a_frame((8,), cluster)
    found = draw(frame, {1: "abc"}, "7", [2])
    firsts = {number: int(np.flatnonzero(cluster == number)[0]) for number in range(4)}
    chosen = sorted(range(4), key=lambda number: ticket("7", "abc", firsts[number]))[:2]
    assert sorted(found.places.tolist()) == np.flatnonzero(np.isin(cluster, chosen)).tolist()


def test_records_without_a_user_are_clusters_of_their_own(a_case):
    """A value that is not there joins no records together."""
    frame = frame_of(a_case, "searches", clusters="case_number")
    sizes_of = np.bincount(frame.cluster)
    assert len(frame.cluster) == len(frame)
    assert frame.cluster.max() + 1 == len(sizes_of) > 100


def test_large_clusters_are_all_taken(a_case):
    """Every user of more than 3 searches comes with all of them, and as many of the others as were asked for."""
    frame = frame_of(a_case, "searches", clusters="user_name", whole_above=3)
    own = np.bincount(frame.cluster)
    assert frame.strata == ("groups of more than 3 searches", OTHERS)
    assert frame.sizes == [own[own > 3].sum(), own[own <= 3].sum()]
    assert sizes(frame, 7) == ((own > 3).sum(), 7)
    sample = drawn(a_case, size=7, clusters="user_name", whole_above=3).sample
    assert sum(not item.stratum for item in sample.items) == own[own > 3].sum()
    assert sample.certain == sample.strata[0]


def test_where_no_cluster_is_large_all_are_left_to_chance(a_case):
    """A number that no user reaches leaves one stratum, and the conclusion's own sentence says that none is larger."""
    sample = drawn(a_case, size=7, clusters="user_name", whole_above=100_000).sample
    assert [stratum.label for stratum in sample.strata] == [OTHERS]
    assert sample.certain is None
    assert "No group holds more than 100,000 searches" in drawn_in_words(sample, SEARCH)


def test_where_every_cluster_is_large_nothing_is_left_to_chance():
    """No other group is left to draw from: a larger number is asked for."""
    with pytest.raises(UsageError, match="every group holds more than 1 search"):
        _by_size(np.array([0, 0, 1, 1]), 1, SEARCH)


def test_one_cluster_by_chance_is_too_few(a_case):
    """A single group shows no spread: it is refused before anything is drawn, and not when all is judged."""
    frame = frame_of(a_case, "searches", clusters="user_name", whole_above=3)
    with pytest.raises(UsageError, match="one group alone"):
        sizes(frame, 1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"strata": "searches.no_such"}, "there is no measure"),
        ({"strata": "plate"}, "cannot be parted by 'plate'"),
        ({"strata": "month", "clusters": "user_name"}, "not both"),
        ({"clusters": "nobody"}, "cannot be parted"),
        ({"whole_above": 50}, "no groups are drawn"),
    ],
)
def test_what_makes_no_frame_is_said(a_case, asked, said):
    """A field or a measure that is not there is named with what is."""
    with pytest.raises(UsageError, match=said):
        frame_of(a_case, "searches", **asked)


def test_no_sample_is_drawn_of_what_nobody_may_see(a_case):
    """Reads show the plates of people of whom nobody asked: no reviewer is shown one."""
    with pytest.raises(UsageError, match="no sample is drawn of 'reads'"):
        frame_of(a_case, "reads")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"seed": " "}, "the seed is empty"),
        ({"size": 10_000}, "are to be drawn"),
        ({"reviewers": ()}, "the reviewers are nobody"),
        ({"reviewers": ("ann", "Ann")}, "each once"),
        ({"reviewers": ("ann",), "twice": 3}, "there is one reviewer"),
        ({"twice": 41}, "judged twice, and 40 are drawn"),
        ({"name": "First Quarter"}, "the review's name is"),
    ],
)
def test_what_makes_no_sample_is_said_and_nothing_is_left(a_case, asked, said):
    """A request that makes no sense is refused with what would be right, and leaves no folder."""
    with pytest.raises(UsageError, match=said):
        drawn(a_case, **asked)
    assert not list((a_case / "reviews").glob("*"))


def test_a_sample_is_never_drawn_over(a_case):
    """A second draw under the same name is refused: what was judged would no longer be of it."""
    before = drawn(a_case).sample.encoded()
    with pytest.raises(UsageError, match="has a review 'first' already"):
        drawn(a_case, seed="2")
    assert (a_case / "reviews" / "first" / "sample.json").read_bytes() == before


def test_sizes_are_shared_out():
    """In proportion, evenly, or by name with the rest in proportion; every sum is what was asked for."""
    frame = a_frame((10, 60, 30))
    assert sizes(frame, 20) == (2, 12, 6)
    assert sizes(frame, 45, "equal") == (10, 18, 17)
    rates = {"stratum 0": 0.5, "stratum 1": 0.02, "stratum 2": 0.02}
    assert sum(sizes(frame, 20, "neyman", rates)) == 20
    assert sizes(frame, 20, "neyman", rates)[0] > 4
    with pytest.raises(UsageError, match="is expected of 'stratum 2'"):
        sizes(frame, 20, "neyman", {"stratum 0": 0.5, "stratum 1": 0.02})
    assert sizes(frame, 25, "stratum 0=all") == (10, 10, 5)
    with pytest.raises(UsageError, match="nothing would be drawn"):
        sizes(frame, 0)
    with pytest.raises(UsageError, match="--allocation has 'none=3'"):
        sizes(frame, 9, "none=3")


def test_the_order_of_items_tells_nothing_of_their_stratum():
    """Items are numbered by another hash than the one that draws: strata of unlike shares are mixed."""
    frame = a_frame((20, 2000))
    found = draw(frame, {1: "abc"}, "7", [20, 20])
    order = sorted(
        found.places.tolist(), key=lambda at: hashlib.sha256(f"order:7:1:{at}".encode()).hexdigest()
    )
    ranks = [number for number, at in enumerate(order) if at < 20]
    assert stats.mannwhitneyu(ranks, [number for number in range(40) if number not in ranks]).pvalue > 0.01
