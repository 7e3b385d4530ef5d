"""What rows of some kinds hold where any value would not do: answers that go together, scores that tell, sums that add up."""

SEXES, REGIONS, AGES, TONES = (
    "FM",
    ("North", "South", "East"),
    ("18 to 39", "40 and over"),
    ("I to III", "IV to VI"),
)


def _person(number):
    return {
        "sex": SEXES[number % 2], "region": REGIONS[number % 3], "age_group": AGES[number // 2 % 2], "skin_tone": TONES[number // 3 % 2],
    }  # fmt: skip  # a table: what stands in one line belongs together


def comparison(row):
    """Plant comparisons of eleven people and their doubles, two of seven with themselves; mated scores are higher, but for some."""
    first, mated = row % 11, row % 7 < 2
    second = first if mated else (first + 1 + row // 11 % 10) % 11
    if row % 5 == 1 and not mated:
        second = first + 12  # somebody else of whom the same is recorded
    groups = {
        f"{name}_{side}": value
        for side, who in ((1, first), (2, second))
        for name, value in _person(who).items()
    }
    return groups | {
        "mated": "yes" if mated else "no",
        "decision": "match" if row % 4 == 0 else "no match",
        "score": 1.5 * mated + row * 37 % 101 / 50,
        "subject_1": 1 + first,
        "subject_2": 1 + second,
        "sample_1": 2 * row,
        "sample_2": 2 * row + 1,
        "system": "system 1",
    }


def count_of_scores(row):
    """Plant the bars of two histograms, of which that of mated comparisons lies higher."""
    bar, mated = row % 10, row // 10 % 2
    one, other = row // 20 % 4, (row // 20 + (0 if mated else row // 80)) % 4
    groups = {
        f"{name}_{side}": value
        for side, who in ((1, one), (2, other))
        for name, value in _person(who).items()
    }
    return groups | {
        "low": bar,
        "high": bar + 1,
        "number": 1 + (bar if mated else 9 - bar),
        "mated": str(mated),
        "system": "system 1",
    }


def candidate(row):
    """Plant lists of five candidates, half of them with the mate somewhere in them, some that are empty, and two that are not sound."""
    search, rank = divmod(row, 5)
    mated, empty = search % 2 == 0, search % 5 == 1
    found = {
        "search": 1 + search,
        "probe": 1 + search // 2,
        "in_gallery": "yes" if mated else "no",
        "gallery_size": (1_000, 10_000)[search // 2 % 2],
        "threshold": 3.0,
        "gallery": ("small", "large")[search // 2 % 2],
        "system": "system 1",
    } | _person(search)
    if empty:
        return found | {"rank": None, "score": None, "is_mate": None}
    is_mate = mated and rank == search % 3
    if search % 49 == 48:  # every candidate at the first rank, and the last below the threshold
        return found | {"rank": 1, "score": 6.5 - rank, "is_mate": "no"}
    return found | {"rank": 1 + rank, "score": 9.0 - rank, "is_mate": "yes" if is_mate else "no"}


def request(row):
    """Plant requests, of which some are denied, some give a lead, and one in eleven outcomes names a wrong person."""
    lead = row % 3 == 0
    return {
        "requester": 1 + row % 5,
        "supervisor": 1 + row % 4,
        "reviewer_1": 1 + row % 6,
        "reviewer_2": 1 + row % 7,
        "probe_edited": "yes" if row % 6 == 0 else "no",
        "candidates": 10 + row % 45,
        "reviewed": row % 10,
        "decision_1": "possible match" if lead else "no match",
        "decision_2": "no match" if row % 7 == 0 else "possible match" if lead else "no match",
        "lead": "yes" if lead else "no",
        "corroborated": "yes" if row % 2 else "no",
        "sole_basis": "no" if row % 2 else "yes",
        "disclosed": "yes" if row % 5 else "no",
        "outcome": "no match" if not lead else "wrong person" if row % 11 == 0 else "arrest made",
        "denied": "yes" if row % 10 == 1 else "no",
    } | _person(row)


def deployment(row):
    """Plant deployments whose alerts add up but for every twentieth, with the rate that they would publish."""
    false, seen = row % 4, 8_000 + 10 * (row % 50)
    return {
        "alerts": 10 + (row % 20 == 0),
        "false_alerts": false,
        "true_alerts": 10 - false,
        "false_alert_engagements": false // 2,
        "true_alert_engagements": 5,
        "arrests": 3,
        "faces_seen": seen,
        "published_rate": f"{100 * false / seen:.3f}%",
    }


PLANTERS = {
    "comparison": comparison, "count of scores": count_of_scores, "candidate": candidate, "request": request, "deployment": deployment,
}  # fmt: skip  # a table: what stands in one line belongs together
