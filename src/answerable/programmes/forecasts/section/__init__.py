"""How predictive deployment reads in a report: the questions in an auditor's order, and their charts."""

from __future__ import annotations

from answerable.programmes.forecasts.section import judged, record

__all__ = ["SECTIONS"]

SECTIONS = (*judged.SECTIONS, *record.SECTIONS)
"""The questions of the report. Every measure of the programme belongs to exactly one."""
