"""The records that a face-recognition programme leaves: scores, candidate lists, requests and decisions, live deployments."""

from __future__ import annotations

from answerable.intake.kinds import Field, RecordKind, Role

__all__ = ["CANDIDATE", "COMPARISON", "DEPLOYMENT", "GROUPS", "KINDS", "REQUEST", "SCORE_COUNT"]

GROUPS = {"sex": "sex", "age_group": "age group", "region": "region", "skin_tone": "skin tone"}
"""What people may be grouped by, with its words; each is recorded of both samples of a comparison, with ``_1`` and ``_2``."""

_NO_SCORE = ("nan", "failed", "failure", "fta", "no face", "no score")  # what stands where a sample gave none
_MATED = Field(
    "mated", Role.CATEGORY, "Whether both samples are of one person: yes or no.", "mated", zero_is_blank=False
)
_SYSTEM = Field("system", Role.CATEGORY, "The algorithm and its version.", "system")
_DATASET = Field(
    "dataset", Role.CATEGORY, "The set of samples, or the condition under which they were taken.", "dataset"
)
_GALLERY = Field("gallery_size", Role.COUNT, "How many people, or images, the gallery held.", "gallery size")
_THRESHOLD = Field(
    "threshold", Role.NUMBER, "The score from which on the system returned a candidate or an alert.", "threshold",
    zero_is_blank=False,
)  # fmt: skip  # what belongs together stands together


def _score(meaning: str) -> Field:
    return Field("score", Role.NUMBER, meaning, "score", zero_is_blank=False, also_blank=_NO_SCORE)


def _answer(name: str, meaning: str, label: str) -> Field:
    """Make a short answer: yes, no, 0 or 1."""
    return Field(name, Role.CATEGORY, meaning, label, zero_is_blank=False)


def _of_both(name: str) -> tuple[Field, ...]:
    label = GROUPS[name]
    return tuple(
        Field(
            f"{name}_{place}",
            Role.CATEGORY,
            f"The {label} of the {which} sample's person, as recorded.",
            f"{label} of the {which} sample",
            zero_is_blank=False,
        )
        for place, which in ((1, "first"), (2, "second"))
    )


def _of_probe() -> tuple[Field, ...]:
    return tuple(
        Field(
            name,
            Role.CATEGORY,
            f"The {label} of the person searched for, as recorded.",
            label,
            zero_is_blank=False,
        )
        for name, label in GROUPS.items()
    )


def _quality(place: int, which: str) -> Field:
    return Field(
        f"quality_{place}",
        Role.NUMBER,
        f"The quality of the {which} sample, as the system states it.",
        f"quality of the {which} sample",
        zero_is_blank=False,
    )


COMPARISON = RecordKind(
    name="comparison",
    plural="comparisons",
    meaning="One comparison of two samples, and the score that it gave; where a sample gave none, the score is blank.",
    named_by=("sample_1", "sample_2", "score"),
    fields=(
        Field("id", Role.KEY, "The test's own number for the comparison.", "comparison ID"),
        _score("How alike the two samples are by the system: the higher, the more alike."),
        _MATED,
        _answer("decision", "What the system decided: a match or not.", "decision"),
        Field(
            "threshold",
            Role.NUMBER,
            "The score from which on the system decides a match.",
            "threshold",
            zero_is_blank=False,
        ),
        Field(
            "subject_1",
            Role.IDENTIFIER,
            "The first sample's person, as a pseudonym.",
            "first subject",
            recurs=True,
            of="subject",
        ),
        Field(
            "subject_2",
            Role.IDENTIFIER,
            "The second sample's person, as a pseudonym.",
            "second subject",
            recurs=True,
            of="subject",
        ),
        Field(
            "sample_1",
            Role.IDENTIFIER,
            "The first sample, as a pseudonym.",
            "first sample",
            recurs=True,
            of="sample",
        ),
        Field(
            "sample_2",
            Role.IDENTIFIER,
            "The second sample, as a pseudonym.",
            "second sample",
            recurs=True,
            of="sample",
        ),
        *(field for name in GROUPS for field in _of_both(name)),
        _quality(1, "first"),
        _quality(2, "second"),
        _DATASET,
        _SYSTEM,
    ),
)

SCORE_COUNT = RecordKind(
    name="count of scores",
    plural="score_counts",
    words="counts of scores",
    meaning="One bar of a histogram of scores: how many comparisons had a score in it.",
    fields=(
        Field("low", Role.NUMBER, "The least score of the bar, which belongs to it.", "least score", zero_is_blank=False),
        Field(
            "high", Role.NUMBER, "The score at which the bar ends, which does not belong to it.", "end score",
            zero_is_blank=False,
        ),
        Field("number", Role.COUNT, "How many comparisons had a score in the bar.", "number of scores", zero_is_blank=False),
        _MATED,
        *(field for name in GROUPS for field in _of_both(name)),
        _DATASET,
        _SYSTEM,
    ),
)  # fmt: skip  # what belongs together stands together

CANDIDATE = RecordKind(
    name="candidate",
    plural="candidates",
    meaning="One line of the list that one search of a gallery gave; a search that gave none has one line without a rank.",
    fields=(
        Field("search", Role.IDENTIFIER, "The search, as a pseudonym.", "search", recurs=True),
        Field("probe", Role.IDENTIFIER, "The person searched for, as a pseudonym.", "probe's subject", recurs=True),
        Field("rank", Role.COUNT, "The candidate's place in the list, from 1.", "rank"),
        _score("The candidate's score: the higher, the more alike."),
        _answer("is_mate", "Whether the candidate is the person searched for: yes or no.", "candidate is the mate"),
        _answer("in_gallery", "Whether the person searched for is in the gallery: yes or no.", "mate in gallery"),
        _GALLERY,
        _THRESHOLD,
        *_of_probe(),
        Field("gallery", Role.CATEGORY, "The gallery that was searched.", "gallery"),
        _SYSTEM,
    ),
)  # fmt: skip  # what belongs together stands together

REQUEST = RecordKind(
    name="request",
    plural="requests",
    meaning="One request for a face search, what was decided on it, and what came of it.",
    time="requested_at",
    fields=(
        Field("id", Role.KEY, "The system's own number for the request.", "request ID"),
        Field("requested_at", Role.TIME, "When the search was asked for.", "request time"),
        Field("requester", Role.IDENTIFIER, "Who asked, as a pseudonym.", "requester", recurs=True, of="member of staff"),
        Field("agency", Role.ORGANISATION, "The organisation that asked.", "organisation"),
        Field("trained_at", Role.TIME, "When the requester was last trained.", "training date"),
        Field("supervisor", Role.IDENTIFIER, "Who approved the request, as a pseudonym.", "supervisor", recurs=True, of="member of staff"),
        Field("offense", Role.FREE_TEXT, "The offence for which the search was asked.", "offence"),
        Field("legal_basis", Role.FREE_TEXT, "The legal basis that was stated.", "legal basis"),
        Field("case_number", Role.IDENTIFIER, "The case number given, as a pseudonym.", "case number"),
        Field("probe_source", Role.CATEGORY, "Where the picture came from.", "source of the probe"),
        Field("probe_quality", Role.CATEGORY, "The picture's quality, as recorded.", "quality of the probe"),
        _answer("probe_edited", "Whether the picture was edited before the search.", "probe edited"),
        _SYSTEM,
        Field("databases", Role.FREE_TEXT, "The galleries that were searched.", "databases"),
        _GALLERY,
        _THRESHOLD,
        Field(
            "candidates", Role.COUNT, "How many candidates were returned.", "candidates returned", zero_is_blank=False
        ),
        Field(
            "reviewed", Role.COUNT, "How many of the candidates a person looked at.", "candidates reviewed",
            zero_is_blank=False,
        ),
        Field("top_score", Role.NUMBER, "The highest score returned.", "highest score", zero_is_blank=False),
        Field("reviewer_1", Role.IDENTIFIER, "The first reviewer, as a pseudonym.", "first reviewer", recurs=True, of="member of staff"),
        _answer("decision_1", "What the first reviewer decided: a possible match or none.", "first decision"),
        Field("decided_at_1", Role.TIME, "When the first reviewer decided.", "time of the first decision"),
        Field("reviewer_2", Role.IDENTIFIER, "The second reviewer, as a pseudonym.", "second reviewer", recurs=True, of="member of staff"),
        _answer("decision_2", "What the second reviewer decided: a possible match or none.", "second decision"),
        Field("decided_at_2", Role.TIME, "When the second reviewer decided.", "time of the second decision"),
        _answer("lead", "Whether a lead was issued.", "lead issued"),
        _answer("corroborated", "Whether independent evidence supported the lead before action.", "corroboration"),
        _answer("sole_basis", "Whether the search was the only basis of the action.", "sole basis"),
        _answer("disclosed", "Whether the use of the search was disclosed to the defence.", "disclosure"),
        Field("outcome", Role.CATEGORY, "What came of it: arrest, no match, wrong person ...", "outcome"),
        *_of_probe(),
        Field(
            "recorded_how", Role.CATEGORY, "How the person's sex, age or region came to be recorded.",
            "how demographics were recorded",
        ),
        _answer("denied", "Whether the request was denied.", "denied"),
        Field("denial_reason", Role.FREE_TEXT, "Why it was denied.", "reason for denial"),
    ),
)  # fmt: skip  # what belongs together stands together


def _figure(name: str, meaning: str, label: str) -> Field:
    return Field(name, Role.COUNT, meaning, label, zero_is_blank=False)


DEPLOYMENT = RecordKind(
    name="deployment",
    plural="deployments",
    meaning="One live deployment: cameras that compared every passing face with a watchlist, as the agency published it.",
    time="held_on",
    fields=(
        Field("id", Role.KEY, "The agency's own number for the deployment.", "deployment ID"),
        Field("held_on", Role.TIME, "When it was held.", "date"),
        Field("agency", Role.ORGANISATION, "The organisation that held it.", "organisation"),
        Field("location", Role.PLACE, "Where it was held, as published.", "location"),
        _figure("watchlist_size", "How many people were on the watchlist.", "watchlist size"),
        _THRESHOLD,
        _figure("faces_seen", "How many faces the cameras compared, or were estimated to.", "faces seen"),
        _figure("alerts", "How many alerts there were.", "alerts"),
        _figure("false_alerts", "How many alerts were of somebody else.", "false alerts"),
        _figure("true_alerts", "How many alerts were of the person on the list.", "true alerts"),
        _figure("false_alert_engagements", "How many people were spoken to after a false alert.", "engagements after a false alert"),
        _figure("true_alert_engagements", "How many people were spoken to after a true alert.", "engagements after a true alert"),
        _figure("arrests", "How many arrests followed.", "arrests"),
        Field(
            "published_rate", Role.CATEGORY, "The false-alert rate as published, with its digits.", "published false-alert rate",
            zero_is_blank=False,
        ),
    ),
)  # fmt: skip  # what belongs together stands together

KINDS = (COMPARISON, SCORE_COUNT, CANDIDATE, REQUEST, DEPLOYMENT)
"""Every record kind of face recognition."""
