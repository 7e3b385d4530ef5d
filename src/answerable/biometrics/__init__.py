"""Error rates of comparison scores, their doubt, and how far groups of people lie apart: pure functions on arrays and counts.

Scores:

- `tally`, `binned`, `counted`, `from_bins`: scores, counted exactly or in bins, with failures to acquire.
- `rates_at`, `threshold_for`, `transfer`: FMR, FNMR, FAR, FRR and FTA at thresholds; the threshold for a wanted FMR,
  here and elsewhere.
- `rates_by_group`: FMR and FNMR of each group at each threshold, in one pass.
- `curve`, `thinned`, `auc`, `equal_error`: DET and ROC, the area under it, and the equal error rate under each rule.
- `dcf`, `min_dcf`, `cllr`, `min_cllr`: detection cost, and the cost of log-likelihood ratios.
- `rule_of_three`, `rule_of_thirty`: how many comparisons a rate needs.
- `galleries`, `probe_spread`, `leads`, `wrong_candidates`: models of one-to-many search, which are no measurements.

People:

- `count_pairs`, `rate_intervals`, `without_subjects`: rates with intervals that know which people the comparisons share.
- `replicates`: joint replicates of all rates by the vertex bootstrap.
- `compare`, `simultaneous`, `permutation_test`: ratios between groups, one by one and all together, and a test of any difference.
- `differentials`, `fairness_discrepancy`, `inequity`, `garbe`: measures of how far groups lie apart.
- `for_ratio`, `for_limit`: how many people and comparisons it takes.

Definitions, what is refused, measured coverage and speed are in docs/method/error-rates.md and docs/method/groups-and-subjects.md.
"""

from __future__ import annotations

from answerable.biometrics import galleries, probe_spread
from answerable.biometrics.bounds import Bounds, Rate
from answerable.biometrics.by_group import RatesByGroup, rates_by_group
from answerable.biometrics.calibration import cllr, min_cllr
from answerable.biometrics.costs import Costs, dcf, min_dcf
from answerable.biometrics.curves import Curve, curve, thinned
from answerable.biometrics.differentials import (
    Differential,
    GroupRates,
    differentials,
    gini,
    group_rates,
    groups_of,
)
from answerable.biometrics.enough import Needed, for_limit, for_ratio
from answerable.biometrics.equal_error import EqualError, equal_error
from answerable.biometrics.joined import fairness_discrepancy, garbe, inequity
from answerable.biometrics.pairs import Pairs, count_pairs
from answerable.biometrics.permutation import Permuted, gap, log_ratio, permutation_test
from answerable.biometrics.rates import OperatingPoint, Rates, rates_at, threshold_for
from answerable.biometrics.ratios import Ratios, compare
from answerable.biometrics.sample_size import rule_of_thirty, rule_of_three
from answerable.biometrics.scores import Scores, binned, counted, from_bins, scored
from answerable.biometrics.simultaneous import Simultaneous, Span, holm, simultaneous
from answerable.biometrics.subjects import RowRates, rate_intervals, without_subjects
from answerable.biometrics.tallies import PolarityError, Tally, auc, tally
from answerable.biometrics.transfers import Transfer, transfer
from answerable.biometrics.vertex import Replicates, replicates
from answerable.biometrics.wrong_leads import Leads, leads, wrong_candidates

__all__ = [
    "Bounds",
    "Costs",
    "Curve",
    "Differential",
    "EqualError",
    "GroupRates",
    "Leads",
    "Needed",
    "OperatingPoint",
    "Pairs",
    "Permuted",
    "PolarityError",
    "Rate",
    "Rates",
    "RatesByGroup",
    "Ratios",
    "Replicates",
    "RowRates",
    "Scores",
    "Simultaneous",
    "Span",
    "Tally",
    "Transfer",
    "auc",
    "binned",
    "cllr",
    "compare",
    "count_pairs",
    "counted",
    "curve",
    "dcf",
    "differentials",
    "equal_error",
    "fairness_discrepancy",
    "for_limit",
    "for_ratio",
    "from_bins",
    "galleries",
    "gap",
    "garbe",
    "gini",
    "group_rates",
    "groups_of",
    "holm",
    "inequity",
    "leads",
    "log_ratio",
    "min_cllr",
    "min_dcf",
    "permutation_test",
    "probe_spread",
    "rate_intervals",
    "rates_at",
    "rates_by_group",
    "replicates",
    "rule_of_thirty",
    "rule_of_three",
    "scored",
    "simultaneous",
    "tally",
    "thinned",
    "threshold_for",
    "transfer",
    "without_subjects",
    "wrong_candidates",
]
