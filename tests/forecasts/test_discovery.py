"""Whether discovery follows flags and patrols, by type: classed as the lists say, nothing found where there is nothing, and what is planted found."""

from types import SimpleNamespace

import numpy as np
import pytest

from answerable import audit
from answerable.estimate import NotMeasurable
from answerable.hindsight import following
from answerable.programmes.forecasts.measures import MEASURES, discovery
from answerable.programmes.forecasts.presence import DEPENDS, NOT_CLASSED, REPORTED
from answerable.programmes.forecasts.simulate import Jurisdiction, write_jurisdiction
from answerable.programmes.forecasts.simulate.writing import WHOLE
from answerable.programmes.forecasts.typed import Typed
from answerable.programmes.measure import Refusal
from forecasts.judging import day, forecast_rows, measured
from hindsight.drawing import error_of

TYPES = {"drug possession": DEPENDS, "DUI": DEPENDS, "burglary": REPORTED, "noise": NOT_CLASSED}
STATED = {"before": 8, "after": 8, "least": 50}


def town(generator, *, jump=0.0, areas=60, periods=60):
    """Draw events of four types with the same rates; those that depend on police rise by the jump from an area's first patrol on."""
    rates = generator.gamma(2, 1, (areas, 1)) * generator.gamma(20, 1 / 20, periods)
    since = np.zeros((areas, periods), bool)
    for area, time in enumerate(generator.integers(5, 55, areas // 2)):
        since[area, time:] = True
    lists = {name: [] for name in ("labels", "classes", "area", "period", "events")}
    for label, group in TYPES.items():
        drawn = generator.poisson(rates / 2 + jump / 2 * since * (group == DEPENDS))
        place, period = np.nonzero(drawn)
        for name, part in zip(
            lists,
            ([label] * len(place), [group] * len(place), place, period, drawn[place, period]),
            strict=True,
        ):
            lists[name].append(np.asarray(part))
    held = Typed(**{name: np.concatenate(parts) for name, parts in lists.items()}, shape=since.shape)
    return SimpleNamespace(patrolled=since, flags=since, types=held)


@pytest.mark.parametrize("deed", [discovery.FLAG, discovery.PATROL], ids=["flags", "patrols"])
def test_a_planted_rise_is_found_in_its_types_and_in_no_other(deed):
    """Two types rise by a half each: together by 1, each by its half, and the others by nothing."""
    found = discovery.by_type(deed)(town(np.random.default_rng(0), jump=1.0, areas=400), STATED, 0)
    assert found.interval.low < 1 < found.interval.high
    assert found.interval.low > 0
    parts = {part.label.split(" (")[0]: part for part in found.breakdowns["change, by type"]}
    assert set(parts) == set(TYPES)
    for label, group in TYPES.items():
        rise = 0.5 * (group == DEPENDS)
        assert parts[label].interval.low <= rise <= parts[label].interval.high
        assert (parts[label].interval.low > 0) is (group == DEPENDS)


def test_false_alarms_where_nothing_follows_patrols():
    """Where patrols bring nothing, the interval of the contrast leaves out 0 no more often than its level says."""
    generator = np.random.default_rng(3)
    out = []
    for seed in range(300):
        held = town(generator)
        counts = [
            held.types.counts(tuple(one for one in held.types.types() if one.group == group))
            for group in (DEPENDS, REPORTED)
        ]
        found = following(held.patrolled, *counts, replicates=200, seed=seed, deed="patrolled").interval
        out.append(not found.low <= 0 <= found.high)
    assert np.mean(out) <= 0.05 + 3 * error_of(0.05, 300)


def test_the_sentences_are_of_patrols():
    """What is said of flags elsewhere is said of patrols here."""
    found = discovery.by_type(discovery.PATROL)(town(np.random.default_rng(1)), STATED, 0)
    assert any("were never patrolled" in caveat for caveat in found.caveats)
    assert not any("flag" in caveat for caveat in found.caveats)
    assert "patrolled and not patrolled" in found.method


def test_events_are_counted_by_class():
    """The shares of the classes add up to all events, with their denominators."""
    held = town(np.random.default_rng(2))
    found = discovery.by_type(discovery.FLAG)(held, STATED, 0)
    parts = found.breakdowns["events, by what the word lists say of the type"]
    assert sum(part.numerator for part in parts) == parts[0].denominator == held.types.events.sum()
    assert [part.label for part in parts] == [
        "types that depend on police presence",
        "types that are mostly reported by others",
        "types that are not classed",
    ]


def test_rare_types_stand_together():
    """With a least number that no type of a class reaches, the class's types are one part."""
    found = discovery.by_type(discovery.FLAG)(town(np.random.default_rng(2)), STATED | {"least": 10**6}, 0)
    assert [part.label.split(" together")[0] for part in found.breakdowns["change, by type"]] == [
        "2 rarer types",
        "1 rarer type",
        "1 rarer type",
    ]


def test_without_a_type_that_depends_on_police_there_is_no_number():
    """What the lists know and do not know is counted in the refusal."""
    held = town(np.random.default_rng(2)).types
    kept = held.classes != DEPENDS
    left = Typed(
        held.labels[kept],
        held.classes[kept],
        held.area[kept],
        held.period[kept],
        held.events[kept],
        held.shape,
    )
    found = discovery.by_type(discovery.FLAG)(
        SimpleNamespace(flags=np.eye(60, dtype=bool), types=left), STATED, 0
    )
    assert isinstance(found, Refusal)
    assert found.reason.startswith("Of 2 recorded types none is on the word list")  # fmt: skip  # calls in one line


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("NARCOTICS", DEPENDS), ("POSSESS: CANNABIS 30GMS OR LESS", DEPENDS), ("Drug/Narcotic Violations", DEPENDS), ("DUI-alcohol", DEPENDS),
        ("Traffic_Stop", DEPENDS), ("Weapon Law Violations", DEPENDS), ("BURGLARY - RESIDENTIAL", REPORTED), ("Theft from vehicle", REPORTED),
        ("MOTOR VEHICLE THEFT", REPORTED), ("Larceny/Theft Offenses", REPORTED), ("Criminal damage to property", REPORTED),
        ("Simple assault", NOT_CLASSED), ("trespass", NOT_CLASSED), ("burglary and possession", NOT_CLASSED), ("advice", NOT_CLASSED),
    ],
)  # fmt: skip  # a table: what stands in one line belongs together
def test_types_are_classed_by_whole_words(planted, said, group):
    """A type is on a list by a word of its own; both lists, or neither, is not classed."""
    engine = planted({"outcome": [{"area": "a", "type": said}]})
    assert engine.rows("SELECT type_class FROM type_words") == [(group,)]


def test_an_area_patrolled_before_the_first_period_is_not_first_patrolled_in_it(tmp_path):
    """Its first patrol is known to lie before: it is left out, as is one whose window is cut, and the patrol in a period is found."""
    days = 40
    rows = [["occurred_at", "area", "type"]]
    for number in range(days):
        for place in range(12):
            many = 3 if place == 0 and number >= 20 else 1
            rows += [[f"{day(number)} 12:00:00", f"A{place}", "drug possession"]] * many
            rows.append([f"{day(number)} 13:00:00", f"A{place}", "burglary"])
    patrols = [["area", "started_at"], ["A0", f"{day(20)} 08:00:00"], ["A1", f"{day(-3)} 08:00:00"], ["A2", f"{day(2)} 08:00:00"], ["A0", f"{day(30)} 08:00:00"]]  # fmt: skip  # a table of patrols
    found = measured(
        tmp_path, forecasts=forecast_rows([[float(12 - n)] * days for n in range(12)]), outcomes=rows, patrols=patrols
    )["forecasts.discovery_after_patrol_by_type"]  # fmt: skip  # calls in one line
    assert found.value == pytest.approx(2)
    assert any(
        "1 areas are looked at, 2 others were patrolled too early or too late, 9 were never patrolled"
        in caveat
        for caveat in found.caveats
    )
    classes = {
        part.label: part.value for part in found.breakdowns["change, by what the word lists say of the type"]
    }
    assert classes["types that depend on police presence"] == pytest.approx(2)
    assert classes["types that are mostly reported by others"] == pytest.approx(0)  # fmt: skip  # calls in one line


def test_without_patrols_that_study_is_not_measurable(tmp_path):
    """The file of patrols is asked for."""
    found = measured(
        tmp_path, forecasts=forecast_rows([[2.0], [1.0]]), outcomes=[["occurred_at", "area"], [day(0), "A0"]]
    )
    missing = found["forecasts.discovery_after_patrol"]
    assert isinstance(missing, NotMeasurable)
    assert "patrols" in missing.ask_for  # fmt: skip  # calls in one line


def test_discovery_that_follows_patrols_is_found_in_a_town(tmp_path):
    """Possession rises after a first patrol where patrols find much; burglary, which the public reports, is in the other class."""
    planted = Jurisdiction(side=12, days=126, flagged=6, skill=0.3, feedback=2.0, elsewhere=0.005, seed=7)
    write_jurisdiction(planted, tmp_path / "records", WHOLE)
    found = audit([tmp_path / "records"], tmp_path / "case").measures
    for name in ("discovery_after_flag_by_type", "discovery_after_patrol_by_type", "discovery_after_patrol"):
        assert found[f"forecasts.{name}"].interval.low > 0
    assert {measure.name for measure in MEASURES} >= {"forecasts.discovery_after_patrol_by_type"}
