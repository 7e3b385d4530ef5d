"""What an organisation's name says of it: its state, and whether it is federal or inactive.

The names are the only evidence in a search log. A vendor writes them as ``Springfield OR PD``, ``CO - Craig PD``
or ``Oregon State Police``, and adds ``[Federal]`` or ``[Inactive]``. What a name does not say is NULL, which
measures report as "unknown" and never as "no".

The state is read by the first rule that fits:

1. a postal code alone in brackets: ``Glendora (CA) PD``;
2. a code before the kind of agency: ``Springfield OR PD``;
3. a code at the end, or before a remark in brackets: ``Elkhart PD IN``, ``Springfield MO PD (Raven)``;
4. a code at the start and set off by a dash, or before "State" or "Highway": ``OR - Ashland PD``;
5. a code anywhere else; one that is also a word or another abbreviation (IN, OR, ME, LA ...) only in the middle
   of the name and before a word that is not in capitals, so that neither ``LA County`` nor ``NOT IN USE`` counts;
6. CO, where no other code is there, because it also abbreviates "county";
7. the state's name as a state body writes it: ``Oregon State Police``, ``University of Kentucky``.

Square brackets are read as round ones. A code counts in capitals only. ``SD`` after another code is "sheriff's department", which rule 2 settles.
"""

from __future__ import annotations

from answerable.engine.dialect import literal

__all__ = ["agencies_sql"]

_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DC": "District of Columbia", "DE": "Delaware", "FL": "Florida", "GA": "Georgia",
    "GU": "Guam", "HI": "Hawaii", "IA": "Iowa", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "MA": "Massachusetts", "MD": "Maryland", "ME": "Maine", "MI": "Michigan",
    "MN": "Minnesota", "MO": "Missouri", "MS": "Mississippi", "MT": "Montana", "NC": "North Carolina",
    "ND": "North Dakota", "NE": "Nebraska", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NV": "Nevada", "NY": "New York", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
    "TX": "Texas", "UT": "Utah", "VA": "Virginia", "VI": "Virgin Islands", "VT": "Vermont", "WA": "Washington",
    "WI": "Wisconsin", "WV": "West Virginia", "WY": "Wyoming",
}  # fmt: skip  # a list of words

# Codes that are also words or other abbreviations when a name is written in capitals.
_AMBIGUOUS = (
    "AL", "DE", "HI", "ID", "IN", "LA", "MA", "MD", "ME", "MT", "NE", "OH", "OK", "OR", "PA", "UT", "VA", "VI",
)  # fmt: skip  # a list of words

# What stands after the state in an agency's name. SD is "sheriff's department" here.
_KINDS = (
    "PD|SO|SD|CSO|DPS|DA|DAO|SP|HP|MO|FD|DOC|DOJ|DTF|DTFC|ISD|RTCC|Police|POLICE|Sheriff|SHERIFF|Marshal|MARSHAL"
    "|Constable|CONSTABLE|Task Force|TASK FORCE|Campus|CAMPUS|University|UNIVERSITY"
)

# What follows a state's name when the body is the state's own, and what goes before it.
_STATE_BODY = (
    "State|Statewide|Highway|Department|Dept|Bureau|Division|Office|Attorney|Law Enforcement|LE|Drug|DPS|DOC"
    "|DOTD?|DNR|Parks|Wildlife|Fish|Game|Alcohol|Alcoholic|National Guard|HIDTA|Information|Intelligence"
    "|Financial|Gaming|Lottery|Capitol"
)
_STATE_OF = "State of|Commonwealth of|University of|Univ[.]? of|Attorney General of"

# Names of federal law-enforcement bodies. Acronyms count in capitals only: ICE is a body, Ice is a word.
_FEDERAL_ACRONYMS = (
    "FBI|DEA|ATF|BATFE|ICE|HSI|CBP|USBP|USMS|USPIS|USSS|NCIS|AFOSI|CGIS|USCG|USPP|USFS|USFWS|BLM|USCIS|FLETC"
    "|TVA|TSA|FAMS|IRS|TIGTA|GSA"
)
_FEDERAL_NAMES = (
    "Federal Bureau of|Drug Enforcement Administration|Bureau of Alcohol|Immigration and Customs"
    "|Immigration & Customs|Homeland Security Investigations|Customs and Border|Customs & Border|Border Patrol"
    "|Secret Service|Postal Inspect|Federal Protective Service|Federal Air Marshal|Federal Reserve"
    "|National Park Service|US Park Police|US Forest Service|Fish and Wildlife Service|Fish & Wildlife Service"
    "|Bureau of Land Management|Bureau of Indian Affairs|Bureau of Prisons|Naval Criminal Investigative"
    "|Air Force|US Army|US Navy|Marine Corps|US Coast Guard|US Capitol Police|US Attorney|Veterans Affairs"
    "|Tennessee Valley Authority|Transportation Security Administration|Department of War"
    "|Department of Defense|Diplomatic Security"
)
_US = "(U[.]?S[.]?|United States)"
_FEDERAL_AFTER_US = (
    "(Marshals?|Postal|Probation|Department|Dept|Park Police|Forest|Army|Navy|Air Force|Coast Guard|Capitol"
    "|Attorney|Customs|Border|Secret|Fish|Citizenship|Immigration|Treasury|- )"
)

_BEFORE = "(^|[^A-Za-z0-9'])"
_AFTER = "($|[^A-Za-z0-9'])"


def _codes(*without: str) -> str:
    return "|".join(code for code in _STATES if code not in without)


def _extract(pattern: str, group: int) -> str:
    """Extract one group, NULL where the pattern does not fit (both engines give '' there)."""
    return f"nullif(regexp_extract(name, {literal(pattern)}, {group}), '')"


def _code_rules() -> list[str]:
    """Give rules 1 to 6 as SQL expressions, in the order in which they are tried."""
    clear, ambiguous, sure = _codes("CO"), "|".join(_AMBIGUOUS), _codes("CO", *_AMBIGUOUS)
    in_capitals, colorado = literal("^[^a-z]*$"), _extract(f"{_BEFORE}(CO){_AFTER}", 2)
    return [
        _extract(f"[(] *({_codes()}) *[)]", 1),
        _extract(f"[^A-Za-z0-9']({clear})[ ,/-]+({_KINDS}){_AFTER}", 1),
        _extract(f"[^A-Za-z0-9']({clear})[^A-Za-z0-9]*([(].*)?$", 1),
        _extract(f"^({_codes()})( *[-:/] *| (State|STATE|Highway|HIGHWAY) )", 1),
        _extract(f"{_BEFORE}({sure}){_AFTER}", 2),
        _extract(f"[^A-Za-z0-9']({ambiguous})[^A-Za-z0-9']+([A-Z]?[a-z]|[0-9]|US )", 1),
        f"CASE WHEN NOT has_match(name, {in_capitals}) OR has_match(name, 'COUNTY') THEN {colorado} END",
    ]


def _name_rules() -> list[str]:
    """Give rule 7 as SQL expressions: the state's name, in the spelling of `_STATES`."""
    # The longer name first: "West Virginia" holds "Virginia".
    names = "|".join(sorted(_STATES.values(), key=len, reverse=True))
    return [
        _extract(f"(?i){_BEFORE}({names}),? ({_STATE_BODY}){_AFTER}", 2),
        _extract(f"(?i){_BEFORE}({_STATE_OF}) ({names}){_AFTER}", 3),
        _extract(f"(?i), ({names})$", 1),
    ]


def agencies_sql() -> str:
    """Give the SELECT that reads each distinct organisation of the views ``searches``, ``shares`` and ``partners`` once.

    Columns: ``agency``; ``home_state``, the two-letter postal code or NULL where the name does not say;
    ``is_federal`` and ``is_inactive``, TRUE or FALSE. An organisation that was not recorded is not in the result,
    so a left join from the searches leaves all three NULL for it.

    The federal list is of names, not of task-force members: a local officer's search on a federal agent's behalf
    is not visible in the organisation's name.
    """
    known = ", ".join(f"({literal(code)}, {literal(name.upper())})" for code, name in _STATES.items())
    by_code = ",\n      ".join(_code_rules())
    by_name = ",\n      ".join(_name_rules())
    federal_tag, inactive_tag = literal("(?i)[(] *federal *[)]"), literal("(?i)[(] *inactive *[)]")
    acronyms = literal(f"{_BEFORE}({_FEDERAL_ACRONYMS}){_AFTER}")
    names = literal(f"(?i){_BEFORE}({_FEDERAL_NAMES})")
    of_the_us = literal(f"(?i)(^|[^A-Za-z0-9.]){_US} {_FEDERAL_AFTER_US}")
    return f"""
WITH named AS (
  SELECT agency,
    coalesce(
      {by_code}
    ) AS code,
    upper(coalesce(
      {by_name}
    )) AS state_name,
    has_match(name, {federal_tag})
      OR has_match(name, {acronyms})
      OR has_match(name, {names})
      OR has_match(name, {of_the_us}) AS is_federal,
    has_match(name, {inactive_tag}) AS is_inactive
  FROM (
    SELECT agency, translate(agency, '[]', '()') AS name
    FROM (
      SELECT agency FROM searches WHERE agency IS NOT NULL
      UNION SELECT giver FROM shares WHERE giver IS NOT NULL
      UNION SELECT receiver FROM shares WHERE receiver IS NOT NULL
      UNION SELECT agency FROM partners WHERE agency IS NOT NULL
    ) AS distinct_agencies
  ) AS renamed
)
SELECT named.agency, coalesce(named.code, states.code) AS home_state, named.is_federal, named.is_inactive
FROM named LEFT JOIN (VALUES {known}) AS states (code, state_name) ON states.state_name = named.state_name
""".strip()
