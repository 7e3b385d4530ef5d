"""An app that serves a case, and a browser that was let in."""

import pytest

from cases import a_case, audited, town
from review.conftest import drawn
from web_apps import Served

__all__ = ["a_case", "audited", "town"]


@pytest.fixture
def served(a_case):
    """A case of one's own, served."""
    made = Served(a_case)
    with made.hall:
        yield made


@pytest.fixture
def client(served):
    """A browser that was let in."""
    return served.client()


@pytest.fixture
def desk(served):
    """A review of twelve items: ann and ben judge, four items both of them."""
    return drawn(served.case, size=12, twice=4)
