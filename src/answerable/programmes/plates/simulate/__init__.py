"""Synthetic towns: licence-plate search logs in which a known truth is planted.

    truth = write_town(Town(rows=10_000, no_reason=0.02), Path("logs"))
    truth["searches.no_reason"]      # (numerator, denominator)

Nothing in the files is anybody's: names, plates, case numbers and organisations are invented and look it.
"""

from answerable.programmes.plates.simulate.exports import EXPORTS
from answerable.programmes.plates.simulate.faults import CUT, FAULTS
from answerable.programmes.plates.simulate.town import Follower, Town
from answerable.programmes.plates.simulate.truth import Truth
from answerable.programmes.plates.simulate.vocabulary import CANARIES, REASON_CANARY
from answerable.programmes.plates.simulate.writing import write_town

__all__ = ["CANARIES", "CUT", "EXPORTS", "FAULTS", "REASON_CANARY", "Follower", "Town", "Truth", "write_town"]
