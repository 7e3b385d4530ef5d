"""The engines that tests run on, and what keeps a slow one from running a query twice."""

import math
from dataclasses import replace

import pytest

from answerable.engine import DuckDB
from answerable.engine.spark import Spark
from answerable.estimate import Estimate

ENGINES = [pytest.param(DuckDB, id="duckdb"), pytest.param(Spark, id="spark", marks=pytest.mark.spark)]


class Remembering:
    """An engine that gives the rows of a query it has run before, as long as what it reads stays as it is."""

    def __init__(self, engine):
        self.engine = engine
        self.known = {}

    def rows(self, sql):
        """Run a query, or give what it gave."""
        if sql not in self.known:
            self.known[sql] = self.engine.rows(sql)
        return self.known[sql]

    def __getattr__(self, name):
        return getattr(self.engine, name)


def differences(one, other):
    """Say in what two results differ: numbers beyond 1e-12 of each other, or anything else that is not the same.

    A whole number, and a quotient of whole numbers, has to be the same to the last digit.
    """
    if type(one) is not type(other):
        return [f"{type(one).__name__} and {type(other).__name__}"]
    if not isinstance(one, Estimate):
        return [] if one == other else ["not measurable for another reason"]
    found = (
        []
        if replace(one, value=0, breakdowns={}) == replace(other, value=0, breakdowns={})
        else ["the headline"]
    )
    found += [] if _same(one, other) else [f"the value: {one.value!r} and {other.value!r}"]
    if list(one.breakdowns) != list(other.breakdowns):
        return [*found, f"{list(one.breakdowns)} and {list(other.breakdowns)}"]
    for name, parts in one.breakdowns.items():
        others = other.breakdowns[name]
        if [replace(part, value=None) for part in parts] != [replace(part, value=None) for part in others]:
            found.append(f"the parts by {name}")
        elif not all(map(_same, parts, others)):
            found.append(f"the values by {name}")
    return found


def _same(one, other):
    """Tell whether two values are the same; one that is no quotient of its two numbers may differ by 1e-12 of it."""
    if one.value is None or other.value is None:
        return one.value is other.value
    whole = one.numerator is not None and one.denominator and one.value == one.numerator / one.denominator
    return (
        one.value == other.value
        if whole
        else math.isclose(one.value, other.value, rel_tol=1e-12, abs_tol=1e-15)
    )
