"""The records that a licence-plate-reader programme leaves: for now, searches."""

from __future__ import annotations

from answerable.intake.kinds import Field, RecordKind, Role

__all__ = ["KINDS", "SEARCH"]

SEARCH = RecordKind(
    name="search",
    plural="searches",
    meaning="One query that a user ran against a plate-reader system.",
    time="searched_at",
    fields=(
        Field("id", Role.KEY, "The system's own number for the search.", "search ID"),
        Field("user_name", Role.IDENTIFIER, "The user's name, as a pseudonym.", "user name", recurs=True),
        Field(
            "user_id", Role.IDENTIFIER, "The user's account number, as a pseudonym.", "user ID", recurs=True
        ),
        Field("agency", Role.ORGANISATION, "The organisation whose user searched.", "organisation"),
        Field("networks", Role.COUNT, "How many camera networks the search covered.", "networks searched"),
        Field("devices", Role.COUNT, "How many cameras the search covered.", "devices searched"),
        Field("frame", Role.TIME_RANGE, "The period that the search looked back over.", "time frame"),
        Field(
            "plate",
            Role.IDENTIFIER,
            "The plate searched for, as a pseudonym.",
            "licence plate",
            wildcards=True,
        ),
        Field("reason", Role.FREE_TEXT, "The reason that the user gave.", "reason", test_is_blank=False),
        Field("case_number", Role.IDENTIFIER, "The case number given, as a pseudonym.", "case number"),
        Field("offense_type", Role.CATEGORY, "The type of offence chosen from a list.", "offence type"),
        Field("filters", Role.FREE_TEXT, "Vehicle filters that the user set.", "filters"),
        Field("searched_at", Role.TIME, "When the search was made.", "search time"),
        Field(
            "search_type", Role.CATEGORY, "The tool used: lookup, convoy, visual and so on.", "search type"
        ),
        Field("text_prompt", Role.FREE_TEXT, "A description typed in place of a plate.", "text prompt"),
        Field(
            "moderation", Role.CATEGORY, "What the system's own filter did: allow, warn, block.", "moderation"
        ),
    ),
)

KINDS = (SEARCH,)
