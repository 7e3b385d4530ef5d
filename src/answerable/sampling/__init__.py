"""The statistics of audit samples: pure functions on counts. Nothing here draws a record or knows what one holds.

How many to draw:

- `attribute`: the smallest sample that can show that a rate is below a tolerable one; `risk`, its p-value.
- `estimation`: the smallest sample that tells a rate to within a margin.
- `allocate`: a sample shared out over strata: in proportion, by Neyman's rule, equally, some strata whole.
- `sequential`: looks at a growing sample, with lines at which to stop and an error that is held exactly.

What was found:

- `simple`: a rate in a log, and the cases in it, from a sample of all of it.
- `stratified`: from a sample of each stratum, exactly.
- `clustered`: from whole clusters, such as all searches of the users that were drawn; `with_certain`: beside some that were all taken.
- `conclude`: after a sequential plan stopped.
- `doubtful`, `either`: where some records could not be judged.
- `most_consistent`: the largest rate that is still consistent with what was found, or with nothing found.
- `two_phase`: from samples of what a word list flagged and what it did not, with its precision and recall.
- `rogan_gladen`: a word list's share, corrected by sensitivity and specificity from elsewhere.

How far reviewers agree is in `answerable.agreement`. Formulas in words, sources and measured coverage are in
docs/method/sampling.md.
"""

from __future__ import annotations

from answerable.sampling.allocation import Allocation, allocate
from answerable.sampling.clusters import FEW_CLUSTERS, clustered, with_certain
from answerable.sampling.correction import Corrected, TwoPhase, rogan_gladen, two_phase
from answerable.sampling.doubt import Doubtful, Limit, doubtful, either, most_consistent, simple
from answerable.sampling.margins import Margin, estimation
from answerable.sampling.sequential import Characteristics, SequentialPlan, Spending, sequential
from answerable.sampling.sizes import Likelihood, Plan, attribute, risk
from answerable.sampling.stopped import Stopped, conclude
from answerable.sampling.strata import Whole, stratified

__all__ = [
    "FEW_CLUSTERS",
    "Allocation",
    "Characteristics",
    "Corrected",
    "Doubtful",
    "Likelihood",
    "Limit",
    "Margin",
    "Plan",
    "SequentialPlan",
    "Spending",
    "Stopped",
    "TwoPhase",
    "Whole",
    "allocate",
    "attribute",
    "clustered",
    "conclude",
    "doubtful",
    "either",
    "estimation",
    "most_consistent",
    "risk",
    "rogan_gladen",
    "sequential",
    "simple",
    "stratified",
    "two_phase",
    "with_certain",
]
