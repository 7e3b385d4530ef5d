"""Synthetic towns and counties: records of a plate-reader programme in which a known truth is planted.

    truth = write_town(Town(rows=10_000, no_reason=0.02), Path("logs"))
    truth["searches.no_reason"]      # (numerator, denominator)

    truth = write_programme(County(reads=50_000, misread=0.02), Path("programme"))
    truth.hits.all.confirmed

A town has search logs; a county has everything that its programme leaves. Nothing in the files is anybody's: names,
plates, case numbers, organisations and places are invented and look it.
"""

from answerable.programmes.plates.simulate.county import County, Log
from answerable.programmes.plates.simulate.exports import EXPORTS
from answerable.programmes.plates.simulate.faults import CUT, FAULTS
from answerable.programmes.plates.simulate.mishaps import MISHAPS
from answerable.programmes.plates.simulate.programme import ProgrammeTruth, write_programme
from answerable.programmes.plates.simulate.town import Follower, Town
from answerable.programmes.plates.simulate.truth import Truth
from answerable.programmes.plates.simulate.vocabulary import CANARIES, REASON_CANARY
from answerable.programmes.plates.simulate.writing import write_town

__all__ = [
    "CANARIES",
    "CUT",
    "EXPORTS",
    "FAULTS",
    "MISHAPS",
    "REASON_CANARY",
    "County",
    "Follower",
    "Log",
    "ProgrammeTruth",
    "Town",
    "Truth",
    "write_programme",
    "write_town",
]
