"""Audits for tests that look at numbers alone: the outputs, which take as long as all the measures, are left out."""

import pytest

from answerable.auditing import answering
from answerable.report.outputs import OUTPUTS


@pytest.fixture(scope="module", autouse=True)
def numbers_alone(request):
    """Write empty outputs, also for what is shared within a module; one that looks at them says ``WHOLE_OUTPUTS = True``."""
    with pytest.MonkeyPatch.context() as patched:
        if not getattr(request.module, "WHOLE_OUTPUTS", False):
            patched.setattr(answering, "write_outputs", _write_nothing)
        yield


def _write_nothing(_, folder):
    for output in OUTPUTS:
        (folder / output).write_bytes(b"")
