"""Results on disk come back as they were."""

import json

from answerable.auditing.stored import read_results, write_results
from answerable.estimate import Estimate, Evidence, Finding, Interval, NotMeasurable, Part, Status


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


def test_a_finding_keeps_its_other_numbers(tmp_path):
    """What stands beside the leading number comes back as it was, a number or the reason why there is none."""
    made = Estimate(
        measure="reads.older_than", title="Older", kind="share", value=0.5, numerator=1, denominator=2, unit="share of reads",
        rule="", sql="SELECT 1", sentence="1 of 2.",
    )  # fmt: skip  # a table: what stands in one line belongs together
    absent = NotMeasurable(
        measure="hits.stops", title="Stops", reason="No.", ask_for="Ask.", absent=("hits",)
    )
    finding = Finding(
        pack="p", pack_title="P", clause="c", citation="1", asks="it", address="", confirmed="official",
        status=Status.NOT_SHOWN, sentence="1 of 2.", measure=made.measure, estimate=made,
        also=tuple(
            Evidence(measure=one.measure, status=Status.NOT_SHOWN, sentence="s", estimate=one, threshold="at most 0 reads")
            for one in (absent, made)
        ),
    )  # fmt: skip  # a table: what stands in one line belongs together
    path = tmp_path / "results.json"
    write_results(path, {}, (finding,))
    assert read_results(path)[1] == (finding,)
    older = json.loads(path.read_bytes())
    older["findings"][0].pop("also")
    path.write_text(json.dumps(older), "utf-8")
    assert read_results(path)[1][0].also == ()
