"""The aequitas contender of bench/exposure_groups.py: Group's predicted prevalence and Bias's disparity. It runs in its own environment."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time

import numpy as np
import pandas as pd
from aequitas.bias import Bias
from aequitas.group import Group


def main(path: str) -> None:
    """Print selection rates, their ratios to the largest group's, and the seconds that they took."""
    file = np.load(path)
    # aequitas wants a label; what was flagged stands for it, for no rate here is of it.
    frame = pd.DataFrame(
        {
            "score": file["flagged"],
            "label_value": file["flagged"],
            "group": file["group"].astype(str).astype(object),
        }
    )
    start = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):  # it prints what it does
        table, _ = Group().get_crosstabs(frame, attr_cols=["group"])
        found = Bias().get_disparity_major_group(
            table, original_df=frame, alpha=0.05, check_significance=False, mask_significance=False
        )
    seconds = time.process_time() - start
    found = found.assign(place=found["attribute_value"].astype(int)).sort_values("place")
    print(
        json.dumps(
            {
                "rates": found["pprev"].tolist(),
                "ratios": found["pprev_disparity"].tolist(),
                "seconds": seconds,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
