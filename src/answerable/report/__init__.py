"""What an audit hands over: the report as one page, and its numbers as JSON, CSV and a workbook."""

from answerable.report.contents import Audited, Contents
from answerable.report.outputs import OUTPUTS, write_outputs

__all__ = ["OUTPUTS", "Audited", "Contents", "write_outputs"]
