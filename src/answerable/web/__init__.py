"""The local web app: a case's findings, measures and sources to read, and the review desk, in a browser on this machine.

It needs the extra ``web``. Nothing of it is imported until it is asked for, so that the other commands need neither.
"""

from answerable.web.rolls import add_person, everyone, remove_person
from answerable.web.starting import Listening, Served, check_extra, serve

__all__ = ["Listening", "Served", "add_person", "check_extra", "everyone", "remove_person", "serve"]
