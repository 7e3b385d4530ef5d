"""How a plate-reader programme reads in a report: the questions in an auditor's order, and their charts."""

from __future__ import annotations

from answerable.programmes.plates.section import logs, others, reads, searches, sharing

__all__ = ["SECTIONS"]

SECTIONS = (*searches.SECTIONS, *logs.SECTIONS, *reads.SECTIONS, *sharing.SECTIONS, *others.SECTIONS)
"""The questions of the report. Every measure of the programme belongs to exactly one."""
