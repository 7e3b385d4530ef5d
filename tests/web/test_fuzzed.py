"""Every address with whatever its parts could be: refused, or answered, and never a fault of the app's own."""

import pytest

from answerable.auditing import verify
from web_apps import OWN
from web_fuzzed import request


@pytest.mark.parametrize("seed", range(4))
def test_no_request_is_a_fault(served, client, desk, seed):
    """Of some hundred requests none is answered with a fault, and the case is whole after them; bench/web_fuzz.py sends more."""
    for number in range(120):
        sent = request(seed, number)
        answer = client.request(sent.method, sent.target, content=sent.body, headers=OWN | sent.headers)
        assert answer.status_code < 500, (number, sent, answer.text[-700:])
        if number % 20 == 0:
            client.post("/add/leave")
    served.wait()
    assert verify(served.case) == []
    assert desk.judgements() is not None
