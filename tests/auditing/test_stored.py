"""Results on disk come back as they were."""

import json

from answerable.auditing.stored import read_results, write_results
from answerable.estimate import Estimate, Interval, NotMeasurable, Part


def test_parts_keep_their_intervals(tmp_path):
    """A part with an interval and one without are read back as the same values."""
    bounds = Interval(0.0153, 0.1988, 0.95, "Wilson score interval")
    made = Estimate(
        measure="hits.confirmed", title="Hits", kind="share", value=3 / 41, numerator=3, denominator=41, unit="share of hits",
        rule="", sql="SELECT 1", sentence="3 of 41.", interval=bounds,
        breakdowns={"days": (Part("30", 3 / 41, 3, 41, bounds), Part("60", None, 0, 0))},
    )  # fmt: skip  # a table: what stands in one line belongs together
    absent = NotMeasurable(measure="hits.stops", title="Stops", reason="No.", ask_for="Ask.")
    path = tmp_path / "results.json"
    write_results(path, {made.measure: made, absent.measure: absent}, ())
    read, findings = read_results(path)
    assert read == {made.measure: made, absent.measure: absent}
    assert findings == ()


def test_results_from_before_parts_had_intervals_are_read(tmp_path):
    """A case that an earlier version made can still be opened: its parts have no interval."""
    path = tmp_path / "results.json"
    made = Estimate(
        measure="x", title="X", kind="count", value=1, numerator=1, denominator=None, unit="x", rule="", sql="", sentence="",
        breakdowns={"month": (Part("2025-01", 1, 1, None),)},
    )  # fmt: skip  # a table: what stands in one line belongs together
    write_results(path, {"x": made}, ())
    older = json.loads(path.read_bytes())
    assert older["measured"]["x"]["breakdowns"]["month"][0].pop("interval") is None
    path.write_text(json.dumps(older), "utf-8")
    assert read_results(path)[0] == {"x": made}
