"""The fixtures of the tests of cases."""

from cases import a_case, audited, town

__all__ = ["a_case", "audited", "town"]
