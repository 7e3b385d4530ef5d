"""How comparison scores read in a report."""

from __future__ import annotations

from answerable.programmes.faces.records import GROUPS
from answerable.programmes.section import Chart, Section, sentence

__all__ = ["SECTIONS"]

_LABELS = {"sex": "sex", "age_group": "age group", "region": "region", "skin_tone": "skin tone"}

SECTIONS: tuple[Section, ...] = (
    Section(
        id="verification",
        title="Error rates",
        question="How often was the algorithm wrong?",
        measures=(
            "comparisons.records",
            "comparisons.failures_to_acquire",
            "comparisons.at_fault",
            "comparisons.both_ways",
            "comparisons.fnmr_at_fmr",
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
        notes=(
            "A comparison is a match if its score is at least the threshold. FMR: non-mated comparisons that match; FNMR: mated ones that do "
            "not; both among comparisons with a score. FAR and FRR count failures to acquire too.",
        ),
    ),
    Section(
        id="groups",
        title="Error rates by group",
        question="For whom was it wrong more often?",
        measures=tuple(
            f"comparisons.{name}_by_{group}"
            for group in GROUPS
            for name in ("fnmr", "fnmr_apart", "fmr", "fmr_apart")
        ),
        charts=tuple(
            Chart(
                form="bars",
                measures=(f"comparisons.fmr_by_{group}",),
                breakdown="pair of groups",
                title=sentence,
                axis=f"false match rate by both people's {_LABELS[group]}, with 95 % intervals",
            )
            for group in GROUPS
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
        measures=(
            "candidates.records",
            "candidates.not_judged",
            "candidates.fpir",
            "candidates.fnir",
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
                form="bars",
                measures=("candidates.wrong_lead",),
                breakdown="chance that a lead is wrong, by prevalence",
                title=sentence,
                axis="chance that a lead is wrong, by the share of searches whose person is in the gallery: a model",
            ),
        ),
        notes=(
            "A search gives a list and says nothing of whether the person is in the gallery. What a lead is worth depends on how many of the "
            "searches are of people who are: the model shows how much.",
        ),
    ),
)
"""The questions put to comparison scores and candidate lists."""
