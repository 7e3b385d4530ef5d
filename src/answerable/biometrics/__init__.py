"""Error rates of comparison scores, as pure functions on arrays and counts.

- `tally`, `binned`, `counted`, `from_bins`: scores, counted exactly or in bins, with failures to acquire.
- `rates_at`, `threshold_for`, `transfer`: FMR, FNMR, FAR, FRR and FTA at thresholds; the threshold for a wanted FMR,
  here and elsewhere.
- `curve`, `thinned`, `auc`, `equal_error`: DET and ROC, the area under it, and the equal error rate under each rule.
- `dcf`, `min_dcf`, `cllr`, `min_cllr`: detection cost, and the cost of log-likelihood ratios.
- `rule_of_three`, `rule_of_thirty`: how many comparisons a rate needs.
- `galleries`, `leads`, `wrong_candidates`: models of one-to-many search, which are no measurements.

Definitions, what is refused and measured speed are in docs/method/error-rates.md.
"""

from __future__ import annotations

from answerable.biometrics import galleries
from answerable.biometrics.bounds import Bounds, Rate
from answerable.biometrics.calibration import cllr, min_cllr
from answerable.biometrics.costs import Costs, dcf, min_dcf
from answerable.biometrics.curves import Curve, curve, thinned
from answerable.biometrics.equal_error import EqualError, equal_error
from answerable.biometrics.rates import OperatingPoint, Rates, rates_at, threshold_for
from answerable.biometrics.sample_size import rule_of_thirty, rule_of_three
from answerable.biometrics.scores import Scores, binned, counted, from_bins, scored
from answerable.biometrics.tallies import PolarityError, Tally, auc, tally
from answerable.biometrics.transfers import Transfer, transfer
from answerable.biometrics.wrong_leads import leads, wrong_candidates

__all__ = [
    "Bounds",
    "Costs",
    "Curve",
    "EqualError",
    "OperatingPoint",
    "PolarityError",
    "Rate",
    "Rates",
    "Scores",
    "Tally",
    "Transfer",
    "auc",
    "binned",
    "cllr",
    "counted",
    "curve",
    "dcf",
    "equal_error",
    "from_bins",
    "galleries",
    "leads",
    "min_cllr",
    "min_dcf",
    "rates_at",
    "rule_of_thirty",
    "rule_of_three",
    "scored",
    "tally",
    "thinned",
    "threshold_for",
    "transfer",
    "wrong_candidates",
]
