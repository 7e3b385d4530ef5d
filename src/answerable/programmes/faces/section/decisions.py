"""How requests and decisions read in a report."""

from __future__ import annotations

from answerable.programmes.section import Chart, Section, sentence

__all__ = ["SECTIONS"]

SECTIONS: tuple[Section, ...] = (
    Section(
        id="requests",
        title="Requests",
        question="Who asked for face searches, and on what basis?",
        measures=(
            "requests.records",
            "requests.completeness",
            "requests.offence_stated",
            "requests.case_stated",
            "requests.trained_before",
            "requests.trained_within",
            "requests.approved_by_another",
            "requests.edited",
            "requests.denied",
            "requests.denials_explained",
        ),
        charts=(
            Chart(
                form="bars",
                measures=("requests.completeness",),
                breakdown="field",
                title=sentence,
                axis="share of requests in which the field holds a value, by field",
            ),
        ),
    ),
    Section(
        id="review",
        title="Review and leads",
        question="Who looked at the candidates, and what rested on them?",
        measures=(
            "requests.candidates_beyond",
            "requests.candidates_reviewed",
            "requests.two_reviewers",
            "requests.reviewed_by_requester",
            "requests.review_time",
            "requests.second_review_time",
            "requests.decided_backwards",
            "requests.reviewers_agreed",
            "requests.reviewers_kappa",
            "requests.leads",
            "requests.corroboration_recorded",
            "requests.corroborated",
            "requests.sole_basis",
            "requests.disclosed",
        ),
        notes=(
            "A face search gives a lead, not an identification: what is counted here is whether the log shows that it was so treated.",
        ),
    ),
    Section(
        id="outcomes",
        title="Outcomes",
        question="What came of the searches, and for whom?",
        measures=("requests.outcomes", "requests.wrong_person"),
    ),
)
"""The questions put to a log of requests."""
