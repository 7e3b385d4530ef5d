"""What rows of some kinds hold where any value would not do: answers that go together, scores that tell, sums that add up."""

from datetime import datetime, timedelta

FIRST_DAY = datetime.fromisoformat("2025-03-03T00:00")
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


def _both(name, when):
    return {name: when, f"{name}_local": when}


def forecast(row):
    """Plant ten areas a day, each twice: a day is missing after the twentieth, one has equal scores, some are late, long or contradict."""
    copy, row = row // 250, row % 250
    day, place = divmod(row, 10)
    period = FIRST_DAY + timedelta(days=day + (day > 20))
    return {
        "area": f"area {place if row % 50 else 1}",
        "score": 0.5 if day == 5 else (1 + row * 37 % 11 + (copy if day == 2 else 0)) / 13,
        "flag": "yes" if row % 4 == 0 and day > 9 else "no",
        "model": "model 1",
        "type": "burglary",
        **_both("period", period),
        **_both("period_end", period + timedelta(hours=36 if day == 7 else 24)),
        **_both("issued_at", period - timedelta(hours=6 if row % 12 or row > 30 else -6)),
    }


def outcome(row):
    """Plant outcomes in twelve areas and at points in and beyond a grid; one type appears in mid-series."""
    when = FIRST_DAY + timedelta(hours=3 * row - 30)
    return {
        "area": f"area {row % 12}",
        "latitude": row * 7 % 23 / 2 - 0.25,
        "longitude": row * 13 % 23 / 2 - 0.25,
        "number": row % 4,
        "type": "drug possession"
        if row % 7 == 3
        else "burglary"
        if row % 3
        else "robbery"
        if row > 300
        else "theft",
        "recorded_how": ("public", "police")[row % 2],
        **_both("occurred_at", when - timedelta(days=row % 5 == 4)),
    }


def boundary(row):
    """Plant a grid of ten by ten squares, each whole in one source; some reach into the next, and one is flat."""
    number, corner = 2 * (row // 10) + row % 2, row // 2 % 5
    width, height = 1.2 if number % 9 == 0 else 1.0, 0.0 if number == 50 else 1.0
    return {
        "area": f"area {number}",
        "polygon": 1,
        "ring": 1,
        "vertex": 1 + corner,
        "x": number % 10 + width * (corner in (1, 2)),
        "y": number // 10 + height * (corner in (2, 3)),
        "coordinates": "longitude/latitude",
    }


def area(row):
    """Plant five rows for each of a hundred areas; some sizes are zero, and some rows contradict each other."""
    column, line = row % 10, row % 100 // 10
    return {
        "area": f"area {row % 100}",
        "size_km2": float(row % 8),
        "population": row % 90,
        "households": 40,
        "grid_row": line,
        "grid_column": column if row % 100 < 90 else row,
        "latitude": line + 0.5,
        "longitude": column + 0.5,
    }


def composition(row):
    """Plant shares in per cent of five groups, each twice; in some areas they make more than the whole."""
    return {
        "area": f"area {row % 50}",
        "population_group": f"group {row // 100}",
        "people": 10 + row % 30,
        "share": 15.0 + row % 50 % 7 + 5 * (row % 50 < 10),
        "margin": 2.5,
        "margin_of": "share",
    }


def patrol(row):
    """Plant patrols of some hours, which come to one area after the other; every tenth ends before it begins."""
    start = FIRST_DAY + timedelta(hours=5 * row)
    return {
        "area": f"area {row // 12 % 12}",
        "sent_for": ("forecast", "call")[row % 2],
        **_both("started_at", start),
        **_both("ended_at", start + timedelta(hours=3 if row % 10 else -3)),
    }


PLANTERS = {
    "comparison": comparison, "count of scores": count_of_scores, "candidate": candidate, "request": request, "deployment": deployment,
    "forecast": forecast, "outcome": outcome, "boundary corner": boundary, "area": area, "share of a population": composition,
    "patrol": patrol,
}  # fmt: skip  # a table: what stands in one line belongs together
