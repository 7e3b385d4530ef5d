"""Error rates of biometric comparisons: pure functions on counts.

Intervals that know which people the comparisons share, differences between groups, and tests of them:

- `count_pairs`, `rate_intervals`, `without_subjects`: rates with their intervals.
- `replicates`: joint replicates of all rates by the vertex bootstrap.
- `compare`, `simultaneous`, `permutation_test`: ratios between groups, one by one and all together, and a test of any
  difference.
- `differentials`, `fairness_discrepancy`, `inequity`, `garbe`: measures of how far groups lie apart.
- `for_ratio`, `for_limit`, `rule_of_thirty`: how many people and comparisons it takes.

Formulas and measured coverage are in docs/method/groups-and-subjects.md.
"""

from __future__ import annotations

from answerable.biometrics.differentials import (
    Differential,
    GroupRates,
    differentials,
    gini,
    group_rates,
    groups_of,
)
from answerable.biometrics.enough import Needed, for_limit, for_ratio, rule_of_thirty
from answerable.biometrics.joined import fairness_discrepancy, garbe, inequity
from answerable.biometrics.pairs import Pairs, count_pairs
from answerable.biometrics.permutation import Permuted, gap, log_ratio, permutation_test
from answerable.biometrics.ratios import Ratios, compare
from answerable.biometrics.simultaneous import Simultaneous, Span, holm, simultaneous
from answerable.biometrics.subjects import Rates, RowRates, rate_intervals, without_subjects
from answerable.biometrics.vertex import Replicates, replicates

__all__ = [
    "Differential",
    "GroupRates",
    "Needed",
    "Pairs",
    "Permuted",
    "Rates",
    "Ratios",
    "Replicates",
    "RowRates",
    "Simultaneous",
    "Span",
    "compare",
    "count_pairs",
    "differentials",
    "fairness_discrepancy",
    "for_limit",
    "for_ratio",
    "gap",
    "garbe",
    "gini",
    "group_rates",
    "groups_of",
    "holm",
    "inequity",
    "log_ratio",
    "permutation_test",
    "rate_intervals",
    "replicates",
    "rule_of_thirty",
    "simultaneous",
    "without_subjects",
]
