"""A synthetic county's search logs, sharing, portals and other logs are what its truth says, counted anew from the files."""

import math
from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from answerable.programmes.plates.simulate import County, Log, write_programme
from plates.recounting import full_reads, raw_reads, seconds, table

LOGS = (
    Log(loss=0.1, miscounted=0.02),
    Log(loss=0.3, layout="search-audit-13", redacted=0.06, miscounted=0.03, shift=-90),
    Log(loss=0.5, layout="search-audit-10", overwritten=0.1),
)
COUNTY = County(reads=1_500, seed=11, searches=3_000, logs=LOGS, own=3, own_loss=0.1)
NETWORK, OWN = "network-audit", "organisation-audit"


def log(folder, producer, kind=NETWORK):
    """Read one log by the IDs of its searches."""
    rows = table(folder / "logs" / producer / f"{kind}.csv")
    found = {row["ID"]: row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A county whose logs drop and change much, and its truth."""
    folder = tmp_path_factory.mktemp("programme")
    return folder, write_programme(COUNTY, folder)


@pytest.fixture(scope="module")
def logs(made):
    """Its network logs, by producer and search ID."""
    folder, truth = made
    return {producer: log(folder, producer) for producer in truth.searches.logs}


def histories(logs, searches):
    """Count some searches by the logs that hold them."""
    return Counter("".join("01"[one in held] for held in logs.values()) for one in searches)


def near(count, among, share):
    """Say whether a count lies within 3.5 standard deviations of what a share gives."""
    return abs(count - among * share) < 3.5 * math.sqrt(among * share * (1 - share))


# --- searches -----------------------------------------------------------------------------------------------------


def test_each_log_drops_the_planted_share(made, logs):
    """Each log holds the searches that touched its network but for about the planted share, to the one it counts."""
    _, truth = made
    assert truth.searches.made == COUNTY.searches
    for (producer, planted), asked in zip(truth.searches.logs.items(), LOGS, strict=True):
        assert planted.held == len(logs[producer])
        assert (planted.touched, planted.lost) == (3_000, 3_000 - planted.held)
        assert near(planted.lost, planted.touched, asked.loss)


def test_capture_histories_are_counted(made, logs):
    """How many searches are in which of the logs is recounted by ID; those that no log shows are the rest."""
    _, truth = made
    seen = set().union(*logs.values())
    counted = histories(logs, seen)
    assert dict(counted) == {name: n for name, n in truth.searches.histories.items() if n and name != "000"}
    assert len(truth.searches.histories) == 8
    assert truth.searches.histories["000"] == truth.searches.unseen == 3_000 - len(seen) > 0
    assert near(truth.searches.unseen, 3_000, 0.1 * 0.3 * 0.5)
    assert not any(truth.searches.partial.values())


def test_logs_fail_independently_unless_asked(made, tmp_path):
    """By default one log's loss says nothing of another's; with full dependence the leakier one drops all that the other does."""
    _, truth = made
    joint = truth.searches.histories["000"] + truth.searches.histories["001"]
    assert near(joint, 3_000, 0.1 * 0.3)
    together = write_programme(replace(COUNTY, dependence=1.0), tmp_path).searches
    assert {name for name, count in together.histories.items() if count} == {"000", "100", "110", "111"}
    for planted, asked in zip(together.logs.values(), LOGS, strict=True):
        assert near(planted.lost, planted.touched, asked.loss)


def test_a_narrow_search_may_touch_few_networks(tmp_path):
    """Where narrow searches touch few networks, a log lacks them without having lost them, and they are counted apart."""
    truth = write_programme(replace(COUNTY, touched=0.3), tmp_path).searches
    assert 0 < truth.untouched < 3_000 * 0.7**3
    assert sum(truth.histories.values()) + sum(truth.partial.values()) + truth.untouched == 3_000
    assert all(
        near(one.lost, one.touched, log.loss) for one, log in zip(truth.logs.values(), LOGS, strict=True)
    )
    assert max(one.touched for one in truth.logs.values()) < 1_500
    held = {producer: log(tmp_path, producer) for producer in truth.logs}
    counted = histories(held, set().union(*held.values()))
    both = Counter(truth.histories) + Counter(truth.partial)
    del both["000"]
    assert counted == both
    assert truth.unseen == truth.histories["000"] + truth.partial["000"]


def test_contradictions_are_counted(made, logs):
    """The searches in two logs whose reason or number of networks differs are recounted by ID, and by what was done."""
    _, truth = made
    assert [(pair.first, pair.second) for pair in truth.searches.pairs] == list(combinations(logs, 2))
    for pair in truth.searches.pairs:
        one, other = logs[pair.first], logs[pair.second]
        both = one.keys() & other.keys()
        assert (pair.both, pair.only_first, pair.only_second) == (
            len(both),
            len(one.keys() - both),
            len(other.keys() - both),
        )
        said = [(one[each], other[each]) for each in both]
        redacted = overwritten = miscounted = either = 0
        mark = redaction(logs)
        for first, second in said:
            reasons = {first["Reason"], second["Reason"]}
            counts = {first["Total Networks Searched"], second["Total Networks Searched"]}
            redacted += len(reasons) == 2 and mark in reasons
            overwritten += len(reasons) == 2 and "Investigation" in reasons and mark not in reasons
            miscounted += len(counts) == 2
            either += len(reasons) == 2 or len(counts) == 2
        assert (pair.redacted, pair.overwritten, pair.miscounted, pair.contradicting) == (
            redacted,
            overwritten,
            miscounted,
            either,
        )
        assert pair.contradicting > 0


def redaction(logs):
    """Give the mark by which the second log redacts reasons: the one that it writes over most other texts."""
    first, second, _ = logs.values()
    marks = Counter(
        second[one]["Reason"]
        for one in first.keys() & second.keys()
        if first[one]["Reason"] != second[one]["Reason"]
    )
    ((mark, _),) = marks.most_common(1)
    return mark


def test_changes_are_counted_within_each_log(made, logs):
    """Redacted and overwritten reasons are as many in each log as the truth says, and near the planted share."""
    _, truth = made
    mark = redaction(logs)
    for (producer, planted), asked in zip(truth.searches.logs.items(), LOGS, strict=True):
        reasons = Counter(row["Reason"] for row in logs[producer].values())
        assert planted.redacted == reasons[mark]
        assert planted.overwritten == reasons["Investigation"]
        assert near(planted.redacted, planted.held, asked.redacted) or not asked.redacted
        assert near(planted.miscounted, planted.held, asked.miscounted) or not asked.miscounted
        assert bool(planted.redacted) == bool(asked.redacted)
        assert bool(planted.overwritten) == bool(asked.overwritten)


def test_a_clock_is_wrong_by_the_planted_seconds(made, logs):
    """Every time in the second log is 90 seconds behind the first log's, and no time in the third."""
    _, truth = made
    first, second, third = logs.values()

    def clock(row):
        hours, minutes, rest = row["Search Time"].split(", ")[1].split(":")
        return (int(hours) % 12 * 60 + int(minutes)) * 60 + int(rest[:2])

    for other, shift in ((second, -90), (third, 0)):
        apart = {(clock(other[one]) - clock(first[one])) % 43_200 for one in first.keys() & other.keys()}
        assert apart == {shift % 43_200}
    assert [pair.shift for pair in truth.searches.pairs] == [-90, 0, 90]


def test_own_logs_hold_the_producers_own_searches(made, logs):
    """An organisation audit holds the searches of the producer's own users, and agrees with its network audit as planted."""
    folder, truth = made
    names = {
        "alderbrook-ca-pd": "Alderbrook CA PD",
        "bellmere-ca-pd": "Bellmere CA PD",
        "cinderford-ca-pd": "Cinderford CA PD",
    }
    everywhere = set()
    for producer, planted in truth.searches.own.items():
        own = log(folder, producer, OWN)
        everywhere |= own.keys()
        assert {row["Org Name"] for row in own.values()} == {names[producer]}
        network = {one for one, row in logs[producer].items() if row["Org Name"] == names[producer]}
        assert planted.both == len(own.keys() & network)
        assert planted.only_own == len(own.keys() - network)
        assert planted.only_network == len(network - own.keys())
        assert planted.made == planted.both + planted.only_own + planted.only_network + planted.neither
        assert near(planted.only_network + planted.neither, planted.made, 0.1)
    assert truth.searches.in_no_log == 3_000 - len(everywhere.union(*logs.values()))


def test_a_log_without_ids_holds_the_same_searches(tmp_path):
    """A log whose layout has no search ID can be matched by time, organisation and type; it drops what it is said to."""
    kept = (Log(loss=0.0), Log(loss=0.2, layout="search-audit-11"))
    truth = write_programme(replace(COUNTY, logs=kept, own=0), tmp_path).searches
    first, second = (table(tmp_path / one.path) for one in truth.logs.values())
    assert "ID" not in second[0]

    def key(row):
        return row["Search Time"], row["Org Name"], row["Search Type"], row["Total Networks Searched"]

    keys = {key(row) for row in first}
    assert len(keys) == len(first) == 3_000
    assert {key(row) for row in second} <= keys
    assert len(second) == truth.logs["bellmere-ca-pd"].held
    assert truth.own == {}


def test_no_search_is_later_than_the_release(logs):
    """Searches fall on the county's days alone, from the first to the last."""
    times = [row["Search Time"] for held in logs.values() for row in held.values()]
    days = sorted({one[:10] for one in times})
    assert days[0] == "10/07/2024"
    # The last day ends at 08:00 UTC of the next.
    assert days[-1] == "11/18/2024"
    assert all(one.endswith("AM UTC") and int(one[12:14]) % 12 < 8 for one in times if one[:10] == days[-1])


# --- sharing ------------------------------------------------------------------------------------------------------


def edges(folder, path):
    """Read the edges of one list."""
    return [(row["src_agency"], row["external_agency"]) for row in table(folder / path)]


def test_sharing_is_counted_at_each_date(made):
    """Edges, givers, one-way, out-of-state and federal ones and two steps are recounted from each list."""
    folder, truth = made
    for snapshot, when in zip(truth.sharing.snapshots, truth.sharing.dates, strict=True):
        listed = edges(folder, snapshot.path)
        assert when in snapshot.path
        known = set(listed)
        assert len(known) == len(listed) == snapshot.edges
        givers = {giver for giver, _ in known}
        assert (snapshot.givers, snapshot.receivers) == (len(givers), len({to for _, to in known}))
        assert snapshot.mutual == sum((to, giver) in known for giver, to in known) / 2
        assert snapshot.one_way == sum(to in givers and (to, giver) not in known for giver, to in known)
        assert snapshot.federal == sum(to.endswith("[Federal]") for _, to in known) > 0
        assert snapshot.out_of_state == sum(not to.endswith(("CA PD", "]")) for _, to in known) > 0
        for giver, reached in snapshot.two_steps.items():
            near = {to for one, to in known if one == giver}
            far = near | {to for one, to in known if one in near}
            assert len(far - {giver}) == reached
        assert set(snapshot.two_steps) == givers


def test_sharing_changes_by_the_planted_edges(made):
    """Between the two lists as many edges come and go as were planted, and an agency keeps its number."""
    folder, truth = made
    then, now = (set(edges(folder, one.path)) for one in truth.sharing.snapshots)
    assert (len(now - then), len(then - now), len(now & then)) == (15, 10, truth.sharing.kept)
    assert (truth.sharing.added, truth.sharing.removed) == (15, 10)
    numbers = {}
    for snapshot in truth.sharing.snapshots:
        for row in table(folder / snapshot.path):
            numbers.setdefault(row["src_agency"], set()).add(row["src_agency_id"])
            numbers.setdefault(row["external_agency"], set()).add(row["external_agency_id"])
    assert all(len(each) == 1 for each in numbers.values())
    assert len(set.union(*numbers.values())) == len(numbers)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_one_way_pairs_are_planted(tmp_path, share):
    """With no one-way pairs all sharing at home is mutual, and with none but those no sharing is."""
    first, _ = write_programme(
        replace(COUNTY, one_way=share, reads=10, searches=10), tmp_path
    ).sharing.snapshots
    assert (first.mutual == 0) == (share == 1.0)
    assert (first.one_way == 0) == (share == 0.0)


# --- portals and other logs ---------------------------------------------------------------------------------------


def number(cell):
    """Read a figure of a portal, None where there is none."""
    plain = cell.removesuffix(" days")
    return int(plain) if plain.isdigit() else None


def test_portals_say_what_the_truth_says(made):
    """Each portal's figures are in the truth, and what is missing or unavailable is no figure."""
    folder, truth = made
    rows = table(folder / "portals" / "portals.csv")
    assert {row["agency"] for row in rows} == set(truth.portals.figures)
    assert len(rows) == truth.portals.rows == 24
    for row in rows:
        figure = truth.portals.figures[row["agency"]]
        assert figure.retention == number(row["data_retention_in_days"])
        assert figure.cameras == number(row["number_of_owned_cameras"])
        assert figure.reads == number(row["vehicles_detected_in_the_last_30_days"])
        assert figure.hits == number(row["hotlist_hits_in_the_last_30_days"])
        assert figure.searches == number(row["searches_in_the_last_30_days"])
        assert figure.public_audit == (row["public_search_audit"] == "1")
    both = [one for one in truth.portals.figures.values() if None not in (one.reads, one.hits)]
    assert truth.portals.both == len(both) < 24
    assert truth.portals.reads_of_both == sum(one.reads for one in both)
    assert truth.portals.hits_of_both == sum(one.hits for one in both)
    hidden = sum(row["hotlist_hits_in_the_last_30_days"] == "Data Unavailable" for row in rows)
    assert truth.portals.unavailable == hidden


def test_operators_publish_what_they_did(made, logs):
    """An operator's portal gives its reads and hits of 30 x 24 h and its cameras, and every portal the searches that were made.

    The last operator leaves the planted share of its searches out.
    """
    folder, truth = made
    end = truth.portals.updated
    start = end - 30 * 86_400
    assert end == truth.released - 86_400
    full, raw = full_reads(folder, truth.released), raw_reads(folder)
    reads = Counter(row["Agency"] for row in full if start < row["at"] <= end)
    reads["Dunmoor CA PD"] = sum(start < row["at"] <= end for row in raw)
    alerts = Counter(
        row["Agency"]
        for row in table(folder / "hits" / "hits.csv")
        if start < seconds(row["Alert Time"]) <= end
    )
    operators = {name: one for name, one in truth.portals.figures.items() if one.actual}
    assert set(operators) == set(reads) == set(truth.reads.agency)
    for name, figure in operators.items():
        assert (figure.reads, figure.hits, figure.retention) == (reads[name], alerts[name], 30)
        assert (figure.actual.reads, figure.actual.hits) == (reads[name], alerts[name])
        assert figure.cameras == figure.actual.cameras == 6
    *others, last = operators.values()
    assert all(one.searches == one.actual.searches > 0 for one in others)
    assert last.searches == last.actual.searches - round(0.2 * last.actual.searches) < last.actual.searches
    everybody = truth.portals.figures.items()
    for name, figure in everybody:
        made_lately = figure.actual.searches if figure.actual else figure.searches
        if made_lately is None:
            continue
        shown = {
            one
            for held in logs.values()
            for one, row in held.items()
            if row["Org Name"] == name and "10/19/2024" <= row["Search Time"][:10] < "11/17/2024"
        }
        assert 0.8 * made_lately < len(shown) <= made_lately


def test_system_events_are_counted(made):
    """Events are in the order of time, have an ID each, and are as many of each kind as the truth says."""
    folder, truth = made
    rows = table(folder / "events" / "system-events.csv")
    assert len(rows) == truth.events.rows == len({row["Event Id"] for row in rows})
    kinds = Counter(f"{row['Event Type']} {row['Entity Type']}" for row in rows)
    assert kinds == truth.events.kinds
    assert kinds["create share"] == COUNTY.added
    assert kinds["delete share"] == COUNTY.removed
    assert kinds["create hotlist entry"] > 50
    times = [row["Timestamp"][:19] for row in rows]
    assert all(first <= then for first, then in pairwise(times))
    assert all(len(row["Timestamp"]) == 24 for row in rows)


def test_video_use_is_counted(made):
    """The video hub's log holds the planted rows, seconds and incidents, with its own form of time and length."""
    folder, truth = made
    rows = table(folder / "videos" / "video-hub.csv")
    assert len(rows) == truth.videos.rows == COUNTY.videos
    lengths = [
        sum(int(part) * unit for part, unit in zip(row["duration"].split(":"), (3600, 60, 1), strict=True))
        for row in rows
    ]
    assert sum(lengths) == truth.videos.seconds
    assert sum(not row["incident_id"] for row in rows) == truth.videos.without_incident > 0
    assert Counter(row["operation"] for row in rows) == truth.videos.operations
    assert any(row["timestamp"].startswith("11/5/2024 ") for row in rows)
    cameras = {row["Camera"] for row in full_reads(folder, truth.released)} | {
        row["device"] for row in raw_reads(folder)
    }
    assert {row["object_name"] for row in rows} <= cameras
