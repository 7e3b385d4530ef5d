"""How a face-recognition programme reads in a report: the questions in an auditor's order, and their charts."""

from __future__ import annotations

from answerable.programmes.faces.section import decisions, live, record, scores

__all__ = ["SECTIONS"]

SECTIONS = (*scores.SECTIONS, *decisions.SECTIONS, *live.SECTIONS, *record.SECTIONS)
"""The questions of the report. Every measure of the programme belongs to exactly one."""
