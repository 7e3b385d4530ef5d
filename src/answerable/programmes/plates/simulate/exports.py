"""The exports that a synthetic town can be written as: columns, forms of time and quoting, as vendors write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["EXPORTS", "Export", "export"]


@dataclass(frozen=True, slots=True)
class Export:
    """One shape of export.

    Attributes:
        name: The name of its layout file.
        columns: Header name -> what stands in the column: a field's name, or a part of a time.
        clock: ``vendor`` writes ``01/25/2024, 01:27:03 PM UTC``, ``iso`` ``2024-01-25T13:27:03.123Z``,
            ``plain`` the local ``2024-01-25 05:27:03.123`` and ``apart`` the same in two columns without
            milliseconds.
        quoted: True where every cell is quoted, and not only those that need it.
        end: What ends a line.
    """

    name: str
    columns: dict[str, str]
    clock: Literal["vendor", "iso", "plain", "apart"] = "vendor"
    quoted: bool = False
    end: str = "\n"

    @property
    def fields(self) -> frozenset[str]:
        """The fields of a search that the export carries."""
        parts = {
            "frame_start": "frame",
            "frame_end": "frame",
            "search_date": "searched_at",
            "search_time": "searched_at",
        }
        return frozenset(parts.get(part, part) for part in self.columns.values())

    @property
    def milliseconds(self) -> bool:
        """Say whether times are written to the millisecond."""
        return self.clock in ("iso", "plain")


_AUDIT = {
    "ID": "id",
    "Name": "user_name",
    "Org Name": "agency",
    "Total Networks Searched": "networks",
    "Total Devices Searched": "devices",
    "Time Frame": "frame",
    "License Plate": "plate",
    "Reason": "reason",
    "Case #": "case_number",
    "Filters": "filters",
    "Search Time": "searched_at",
    "Search Type": "search_type",
    "Text Prompt": "text_prompt",
    "Moderation": "moderation",
}


def _audit_without(*names: str) -> dict[str, str]:
    return {name: part for name, part in _AUDIT.items() if name not in names}


EXPORTS = {
    one.name: one
    for one in (
        Export("search-audit-14", _AUDIT),
        Export("search-audit-13", _audit_without("Total Devices Searched")),
        Export("search-audit-11", _audit_without("ID", "Text Prompt", "Moderation")),
        Export(
            "search-audit-10", _audit_without("Total Devices Searched", "Time Frame", "Text Prompt", "Moderation")
        ),
        Export(
            "search-audit-pdf",
            {
                "ID": "id", "Org_Name": "agency", "Total_Networks_Searched": "networks",
                "Total_Devices_Searched": "devices", "Time_Frame_Start": "frame_start", "Time_Frame_End": "frame_end",
                "Reason": "reason", "Search_Time": "searched_at", "Search_Type": "search_type",
                "Moderation": "moderation",
            },
        ),
        Export(
            "portal-camera-count",
            {"id": "id", "userId": "user_id", "searchDate": "searched_at", "cameraCount": "devices", "reason": "reason"},
            clock="plain",
            quoted=True,
        ),
        Export(
            "portal-network-count",
            {
                "id": "id", "userId": "user_id", "searchDate": "searched_at", "networkCount": "networks",
                "reason": "reason", "caseNumber": "case_number", "offenseType": "offense_type",
            },
            clock="iso",
        ),
        Export(
            "network-count-5",
            {
                "ID": "id", "userID": "user_id", "networkCount": "networks", "Search Time": "searched_at",
                "Reason": "reason",
            },
            clock="iso",
            quoted=True,
        ),
        Export(
            "released-five",
            {
                "Org Name": "agency", "Total Networks Searched": "networks", "Time Frame": "frame",
                "Search Time": "searched_at", "Search Type": "search_type",
            },
        ),
        Export(
            "split-date",
            {
                "Name": "user_name", "Org Name": "agency", "Total Networks Searched": "networks",
                "License Plate": "plate", "Reason": "reason", "Case #": "case_number", "Search Date": "search_date",
                "Search Time": "search_time", "Search Type": "search_type",
            },
            clock="apart",
        ),
        Export("reason-and-time", {"Reason": "reason", "DateTime": "searched_at"}, clock="plain", end="\r\n"),
    )
}  # fmt: skip  # a table: what stands in one line belongs together
"""Every export, by name: the layouts 1 to 9 and 14 of released search logs, the ninth in two forms."""


def export(name: str) -> Export:
    """Find an export by name.

    Raises:
        ValueError: There is none of that name.
    """
    if name not in EXPORTS:
        raise ValueError(f"there is no layout {name!r}; there are {', '.join(EXPORTS)}")
    return EXPORTS[name]
