"""The records that a licence-plate-reader programme leaves: searches, reads, hits, sharing, and what is published."""

from __future__ import annotations

from answerable.intake.kinds import Field, RecordKind, Role

__all__ = [
    "EVENT", "HIT", "HOTLIST", "KINDS", "PARTNER", "PORTAL", "READ", "SEARCH", "SHARE", "VERIFICATION", "VIDEO",
]  # fmt: skip  # a list of words

_PLATE = Field("plate", Role.IDENTIFIER, "The plate, as a pseudonym.", "licence plate", wildcards=True)
_AGENCY = Field("agency", Role.ORGANISATION, "The organisation whose camera it is.", "organisation")
_CAMERA = Field("camera", Role.PLACE, "The camera, by its name or number.", "camera")
_ISSUER = Field("issuer", Role.CATEGORY, "The state, or the format, of the plate.", "plate state")
_CONFIDENCE = Field(
    "confidence", Role.NUMBER, "How sure the reader was, as the system states it.", "confidence", unit="%", low=0, high=100,
    zero_is_blank=False,
)  # fmt: skip  # what belongs together stands together
_LONGITUDE = Field(
    "longitude", Role.NUMBER, "Degrees east, WGS 84.", "longitude", low=-180, high=180, zero_is_blank=False
)
_LATITUDE = Field(
    "latitude", Role.NUMBER, "Degrees north, WGS 84.", "latitude", low=-90, high=90, zero_is_blank=False
)


def _figure(name: str, meaning: str, label: str, *also_blank: str) -> Field:
    """Make a published figure: 0 is a figure, and portals have words for having none."""
    return Field(name, Role.COUNT, meaning, label, zero_is_blank=False, also_blank=also_blank)


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

READ = RecordKind(
    name="read",
    plural="reads",
    meaning="One plate that one camera read at one moment.",
    time="read_at",
    sealed=True,
    fields=(
        Field("id", Role.KEY, "The system's own number for the read.", "read ID"),
        _PLATE,
        _ISSUER,
        _CAMERA,
        Field("address", Role.PLACE, "Where the camera stands, as the export words it.", "camera's address"),
        Field("zip", Role.PLACE, "The postal area in which the camera stands.", "ZIP code"),
        _LONGITUDE,
        _LATITUDE,
        _AGENCY,
        Field("read_at", Role.TIME, "When the plate was read.", "read time"),
        _CONFIDENCE,
        Field("deleted_at", Role.TIME, "When the read was deleted, in a deletion log.", "deletion time"),
    ),
)

VERIFICATION = RecordKind(
    name="verification",
    plural="verifications",
    meaning="One read of a sample that a person held against the picture.",
    time="read_at",
    sealed=True,
    fields=(
        Field("id", Role.KEY, "The system's own number for the read.", "read ID"),
        Field(
            "comparison",
            Role.DIFFERENCE,
            "The plate as read beside the plate as verified; only the number of differing characters is kept.",
            "plate as read and as verified",
        ),
        _ISSUER,
        _CAMERA,
        _AGENCY,
        Field("read_at", Role.TIME, "When the plate was read.", "read time"),
        _CONFIDENCE,
    ),
)

HIT = RecordKind(
    name="hit",
    plural="hits",
    meaning="One alert that a read matched an entry of a hotlist.",
    time="alerted_at",
    sealed=True,
    fields=(
        Field("id", Role.KEY, "The system's own number for the alert.", "hit ID"),
        _PLATE,
        Field("hotlist", Role.CATEGORY, "The hotlist that was matched.", "hotlist"),
        _CAMERA,
        _AGENCY,
        Field("alerted_at", Role.TIME, "When the alert was given.", "alert time"),
        Field("read_at", Role.TIME, "When the plate was read.", "read time"),
        Field(
            "confirmed",
            Role.CATEGORY,
            "Whether a person confirmed the match.",
            "confirmation",
            zero_is_blank=False,
        ),
        Field("stop", Role.CATEGORY, "Whether a vehicle was stopped.", "stop", zero_is_blank=False),
        Field("outcome", Role.CATEGORY, "What came of it.", "outcome"),
    ),
)

HOTLIST = RecordKind(
    name="hotlist figure",
    plural="hotlists",
    words="hotlist figures",
    meaning="What one hotlist held and gave in one period, as its keeper reports it.",
    time="period",
    fields=(
        Field("hotlist", Role.CATEGORY, "The hotlist.", "hotlist"),
        Field("agency", Role.ORGANISATION, "The organisation that reports.", "organisation"),
        Field("period", Role.TIME, "The first day of the period.", "period"),
        _figure("entries", "Entries on the list.", "entries"),
        _figure("alerts", "Alerts that the list gave.", "alerts"),
        _figure("confirmed", "Alerts that a person confirmed.", "confirmed alerts"),
    ),
)

SHARE = RecordKind(
    name="sharing edge",
    plural="shares",
    words="sharing edges",
    meaning="One organisation that gives another access to its cameras.",
    fields=(
        Field("giver", Role.ORGANISATION, "The organisation that shares its cameras.", "giving organisation"),
        Field(
            "receiver", Role.ORGANISATION, "The organisation that may search them.", "receiving organisation"
        ),
        Field("giver_id", Role.CATEGORY, "The giving organisation's number.", "giving organisation's ID"),
        Field(
            "receiver_id",
            Role.CATEGORY,
            "The receiving organisation's number.",
            "receiving organisation's ID",
        ),
    ),
)

PARTNER = RecordKind(
    name="sharing partner",
    plural="partners",
    words="sharing partners",
    meaning="One organisation on the sharing list of the agency that the list is of.",
    fields=(
        Field("agency", Role.ORGANISATION, "The other organisation.", "organisation"),
        Field("shared_with_me", Role.CATEGORY, "The networks that it shares with the agency.", "networks shared with the agency"),
        Field("shared_by_me", Role.CATEGORY, "The networks that the agency shares with it.", "networks that the agency shares"),
    ),
)  # fmt: skip  # a table: what stands in one line belongs together

_NO_DATA = "data unavailable"
PORTAL = RecordKind(
    name="published figure",
    plural="portals",
    words="published figures",
    meaning="What one agency's public portal states of its programme at one moment.",
    time="accessed_at",
    fields=(
        Field("id", Role.KEY, "The portal's number in the collection.", "portal ID"),
        Field("agency", Role.ORGANISATION, "The agency whose portal it is.", "organisation"),
        Field("updated_at", Role.TIME, "When the portal was last updated.", "update time"),
        Field("accessed_at", Role.TIME, "When the portal was read.", "access time"),
        Field("retention", Role.NUMBER, "For how long reads are kept, in days.", "stated retention", unit="days", low=0, high=36_500, zero_is_blank=False),
        _figure("cameras", "Cameras that the agency owns.", "cameras owned"),
        Field("outside_agencies", Role.CATEGORY, "The organisations with access, or how many.", "organisations with access"),
        Field("hotlists", Role.CATEGORY, "The hotlists alerted on.", "hotlists alerted on"),
        _figure("reads", "Vehicles detected in the last 30 days.", "reads in 30 days", _NO_DATA),
        _figure("hits", "Hotlist hits in the last 30 days.", "hits in 30 days", _NO_DATA),
        _figure("searches", "Searches in the last 30 days.", "searches in 30 days", _NO_DATA),
        _figure("public_audit", "Whether the searches are published, 1 or 0.", "public search audit"),
    ),
)  # fmt: skip  # a table: what stands in one line belongs together

EVENT = RecordKind(
    name="system event",
    plural="events",
    words="system events",
    meaning="One change that a user made to the system: a hotlist entry, a share, a user, a role.",
    time="happened_at",
    sealed=True,
    fields=(
        Field("id", Role.KEY, "The system's own number for the event.", "event ID"),
        Field("user", Role.IDENTIFIER, "The user, as a pseudonym.", "user", recurs=True),
        Field("event_type", Role.CATEGORY, "What was done: create, update, delete.", "event type"),
        Field("entity_type", Role.CATEGORY, "What it was done to.", "entity type"),
        # The details of a hotlist entry hold a plate, those of a user a name: only whether there are any is kept open.
        Field("details", Role.IDENTIFIER, "What the system wrote of the entity, as a pseudonym.", "entity details"),
        Field("happened_at", Role.TIME, "When it was done.", "event time"),
    ),
)  # fmt: skip  # a table: what stands in one line belongs together

VIDEO = RecordKind(
    name="video use",
    plural="videos",
    words="uses of the video hub",
    meaning="One use of a video hub: a camera watched, a recording played or exported.",
    time="used_at",
    fields=(
        Field("user", Role.IDENTIFIER, "The user, as a pseudonym.", "user", recurs=True),
        Field("agency", Role.ORGANISATION, "The organisation whose user it was.", "organisation"),
        Field("object_type", Role.CATEGORY, "What was used: a camera, a recording.", "object type"),
        Field("operation", Role.CATEGORY, "What was done: view, play, export.", "operation"),
        Field("client", Role.CATEGORY, "The program that was used.", "client"),
        Field("object_agency", Role.ORGANISATION, "The organisation whose object it is.", "object's organisation"),
        Field("location", Role.PLACE, "Where the camera stands, as the export words it.", "location"),
        Field("used_at", Role.TIME, "When it was used.", "time of use"),
        Field("duration", Role.DURATION, "For how long, in seconds.", "duration", zero_is_blank=False),
        Field("incident", Role.IDENTIFIER, "The incident number given, as a pseudonym.", "incident number"),
        Field("notes", Role.FREE_TEXT, "What the user noted.", "notes", test_is_blank=False),
        _LONGITUDE,
        _LATITUDE,
    ),
)  # fmt: skip  # a table: what stands in one line belongs together

KINDS = (SEARCH, READ, VERIFICATION, HIT, HOTLIST, SHARE, PARTNER, PORTAL, EVENT, VIDEO)
"""Every record kind, in the order in which the report speaks of them."""
