"""A policy pack of the user's own is kept in the case, so that its report can be made again from the case alone."""

import pytest

from answerable import auditing
from answerable.errors import CaseError
from cases import ZONE, hashes, months
from policy.making import PACK


@pytest.fixture
def judged(tmp_path, town):
    """A case that was judged by a pack of its own, which is gone."""
    pack = tmp_path / "riverton.yaml"
    pack.write_text(PACK, encoding="utf-8")
    case = tmp_path / "case"
    auditing.audit(months(town)[:1], case, policy=["us-ca", pack], timezone=ZONE)
    pack.unlink()
    return case


def test_a_report_is_made_again_without_the_packs_file(judged):
    """The same findings come of the copy in the case."""
    before = hashes(judged)
    case = auditing.rebuild(judged)
    assert hashes(judged) == before
    assert [finding.pack for finding in case.findings if finding.pack == "riverton"]
    assert case.settings.policies == ("us-ca", "policies/riverton.yaml")


def test_the_kept_pack_is_the_users_own_byte_for_byte(judged):
    """What was judged by can be shown."""
    assert (judged / "current" / "policies" / "riverton.yaml").read_text(encoding="utf-8") == PACK


def test_a_pack_edited_in_the_case_is_damage(judged):
    """A rule that was changed after the audit is found before anything is judged by it."""
    path = judged / "current" / "policies" / "riverton.yaml"
    path.write_text(PACK.replace("threshold: 0", "threshold: 1000"), encoding="utf-8")
    assert any("riverton.yaml" in str(one) for one in auditing.open_case(judged).verify())
    with pytest.raises(CaseError, match=r"policies/riverton\.yaml"):
        auditing.rebuild(judged)


def test_other_rules_leave_the_old_pack_behind(judged):
    """A report by other rules keeps no pack that it was not made by."""
    auditing.rebuild(judged, policy=["good-practice"])
    assert not (judged / "current" / "policies").exists()
