"""How comparison scores read in a report."""

from __future__ import annotations

from answerable.programmes.faces.records import GROUPS
from answerable.programmes.faces.section.titles import (
    apart,
    groups_by_pair,
    growing,
    trade_off,
    transferred,
    wrong_leads,
)
from answerable.programmes.section import Chart, Reference, Section, sentence

__all__ = ["SECTIONS"]


_OF_EACH = ("fnmr", "fnmr_apart", "fmr", "fmr_apart", "errors_joined")


def _det(records: str, *over_people: str) -> Chart:
    """Draw the trade-off of both errors, with the threshold of the target on it; over people where they are recorded."""
    return Chart(
        form="det",
        measures=(f"{records}.equal_error_rate", f"{records}.fnmr_at_fmr", *over_people),
        instead=over_people,
        breakdown="DET curve",
        title=trade_off,
        across="false match rate",
        axis="false non-match rate",
        target="fmr",
    )


def _of_groups(group: str, records: str = "comparisons") -> tuple[Chart, ...]:
    """Draw the rates of all pairs of groups, how far groups lie apart, and what a threshold of one does on another."""
    label = GROUPS[group]
    transfers = (
        Chart(
            form="dots",
            measures=(f"comparisons.transfer_by_{group}",),
            breakdown="times the target",
            title=transferred,
            axis=f"false match rate within one {label} at the threshold of another (chosen on → used on), divided by the target, with 95 % intervals",
            references=(Reference(1, "the target"),),
        ),
    )
    return (
        Chart(
            form="matrix",
            measures=(f"{records}.fmr_by_{group}",),
            breakdown="pair of groups",
            title=groups_by_pair,
            axis=f"false match rate by both people's {label}; the table by pair of groups has the 95 % interval of each",
        ),
        Chart(
            form="dots",
            measures=(f"{records}.fnmr_apart_by_{group}", f"{records}.fmr_apart_by_{group}"),
            breakdown="ratio to the geometric mean",
            title=apart,
            axis=f"rate of each {label} divided by the geometric mean of all, with 95 % intervals that hold together",
            references=(Reference(1, "as the geometric mean of all"),),
        ),
        *(transfers if records == "comparisons" else ()),
    )


SECTIONS: tuple[Section, ...] = (
    Section(
        id="verification",
        title="Error rates",
        question="How often was the algorithm wrong?",
        answers=(
            "comparisons.fnmr_over_people",
            "comparisons.fnmr_at_fmr",
            "score_counts.fnmr_at_fmr",
            "comparisons.fnmr_as_decided",
        ),
        measures=(
            "comparisons.records",
            "comparisons.failures_to_acquire",
            "comparisons.at_fault",
            "comparisons.both_ways",
            "comparisons.fnmr_at_fmr",
            "comparisons.fnmr_over_people",
            "comparisons.fmr_over_people",
            "comparisons.fnmr_as_decided",
            "comparisons.fmr_as_decided",
            "comparisons.decided_otherwise",
            "comparisons.fnmr_by_dataset",
            "comparisons.fmr_by_dataset",
            "comparisons.transfer_by_dataset",
            "comparisons.fnmr_by_quality",
            "comparisons.equal_error_rate",
            "comparisons.auc",
            "comparisons.min_dcf",
            "comparisons.cllr",
            "score_counts.records",
            "score_counts.fnmr_at_fmr",
            "score_counts.equal_error_rate",
            "score_counts.auc",
            "score_counts.min_dcf",
            "score_counts.cllr",
        ),
        charts=(_det("comparisons", "comparisons.fnmr_over_people"), _det("score_counts")),
        notes=(
            "A comparison is a match if its score is at least the threshold. FMR: non-mated comparisons that match; FNMR: mated ones that do "
            "not; both among comparisons with a score. FAR and FRR count failures to acquire too.",
        ),
    ),
    Section(
        id="groups",
        title="Error rates by group",
        question="For whom was it wrong more often?",
        measures=(
            "comparisons.fmr_alike",
            *(
                f"comparisons.{name}_by_{group}"
                for group in (*GROUPS, "joint_group")
                for name in (*_OF_EACH, *(("transfer",) if group in GROUPS else ()))
            ),
            *(f"score_counts.{name}_by_{group}" for group in GROUPS for name in _OF_EACH),
        ),
        charts=tuple(
            chart
            for records in ("comparisons", "score_counts")
            for group in GROUPS
            for chart in _of_groups(group, records)
        ),
        notes=(
            "People of one sex, age group and region are harder to tell apart for a system than people drawn at random: a rate over all pairs "
            "flatters it.",
        ),
    ),
    Section(
        id="galleries",
        title="Searches of a gallery",
        question="How often does a search return somebody else, and how often does it miss?",
        answers=("candidates.fnir_at_fpir", "candidates.fpir", "candidates.fnir"),
        measures=(
            "candidates.records",
            "candidates.not_judged",
            "candidates.contradicting",
            "candidates.fpir",
            "candidates.fnir",
            "candidates.fnir_at_fpir",
            "candidates.selectivity",
            "candidates.growth",
            "candidates.wrong_lead",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("candidates.fpir",),
                breakdown="gallery size",
                title=sentence,
                axis="share of searches of people not in the gallery that return somebody, by gallery size, with 95 % intervals",
            ),
            Chart(
                form="det",
                measures=("candidates.fnir_at_fpir",),
                breakdown="DET curve",
                title=sentence,
                across="false positive identification rate",
                axis="false negative identification rate",
                target="fpir",
            ),
            Chart(
                form="dots",
                measures=("candidates.growth",),
                breakdown="observed divided by the model",
                title=growing,
                axis=(
                    "observed share of searches that return somebody, divided by what each model gives for it from the smallest gallery, by gallery size, with "
                    "95 % intervals"
                ),
                references=(Reference(1, "as the model gives"),),
            ),
            Chart(
                form="curve",
                measures=("candidates.wrong_lead",),
                breakdown="chance that a lead is wrong, by prevalence",
                title=wrong_leads,
                axis="chance that a lead is wrong, by a model",
                across="share of searches whose person is in the gallery",
                marks=(0.01, 0.1, 0.9, 0.5),
                shares=True,
                label="{at} in gallery: {value} wrong",
            ),
        ),
        notes=(
            "A search gives a list and says nothing of whether the person is in the gallery. What a lead is worth depends on how many of the "
            "searches are of people who are: the model shows how much.",
        ),
    ),
)
"""The questions put to comparison scores and candidate lists."""
