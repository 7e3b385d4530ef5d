"""How many records no list shows: capture-recapture, as pure functions on small counts.

- `chapman`: two lists. The number missed, if the lists are independent, which two lists cannot test.
- `log_linear`: three to six lists, which may depend on each other in pairs. The number missed, and the models that it might
  as well have been made from.
- `chao`: two lists or more. A lower bound of the number missed, where some records are likelier to be listed than others.

Each gives a `Recapture`, which states its assumptions and the direction in which a failure of each moves the number, or a
`NotEstimable`, which says why there is none. Formulas and measured coverage are in docs/method/recapture.md.
"""

from __future__ import annotations

from answerable.recapture.bound import chao
from answerable.recapture.models import LogLinear, log_linear
from answerable.recapture.results import NotEstimable, Recapture
from answerable.recapture.selection import Model
from answerable.recapture.two_lists import chapman

__all__ = ["LogLinear", "Model", "NotEstimable", "Recapture", "chao", "chapman", "log_linear"]
