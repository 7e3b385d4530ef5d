"""How far raters agree: pure functions on a table of their decisions.

- `percent_agreement`: how often two raters of an item put it into the same category.
- `cohens_kappa`: agreement of two raters beyond what their own shares of decisions would give by chance.
- `fleiss_kappa`: the same of any number of raters, who need not be the same for each item.
- `gwets_ac1`: agreement of any number of raters with a chance that stays small where nearly all items are of one
  category, as in most audits; kappa is then low however often they agree.

Of several raters it is told how many put each item into each category; `tallied` counts that from the decisions themselves.
Decisions may be missing: an item with one takes part in the shares of the categories, and not in agreement. Formulas and
measured coverage are in docs/method/sampling.md.
"""

from __future__ import annotations

from answerable.agreement.coefficients import (
    AC1,
    FLEISS,
    PERCENT,
    Agreement,
    fleiss_kappa,
    gwets_ac1,
    percent_agreement,
)
from answerable.agreement.kappa import FEW, KAPPA, cohens_kappa
from answerable.agreement.tallies import tallied

__all__ = [
    "AC1",
    "FEW",
    "FLEISS",
    "KAPPA",
    "PERCENT",
    "Agreement",
    "cohens_kappa",
    "fleiss_kappa",
    "gwets_ac1",
    "percent_agreement",
    "tallied",
]
