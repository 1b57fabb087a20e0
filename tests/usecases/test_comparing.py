"""Comparing two profiles: what differs, what one of them lacks, and what is not known."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ionapi_tui.base.errors import UsageError
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.usecases.comparing import NOTHING, Comparison, Row, candidates, compare
from ionapi_tui.usecases.verifying import verify_all
from tests.ui.machine import Machine


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """A machine of the test's own."""
    return Machine(own_home)


EU, US = "https://mingle-ionapi.eu1.inforcloudsuite.com", "https://mingle-ionapi.inforcloudsuite.com"


def profile(name: str = "acme-tst", checked: Checked | None = None, **public: object) -> Profile:
    """Return a profile of a tenant called like it."""
    own = {"ti": name.upper().replace("-", "_"), "iu": EU, "pu": EU, "ci": f"{name}~1"}
    return Profile(f"id-of-{name}", name, "keyring:Test", "2026-01-02T03:04:05Z", own | public, checked)


def row(comparison: Comparison, key: str) -> Row:
    """Return the one row with that key."""
    (found,) = (row for row in comparison.rows if row.key == key)
    return found


def test_two_profiles_of_one_shape_do_not_differ_though_tenant_and_client_id_do() -> None:
    comparison = compare(profile("acme-tst"), profile("acme-prd"))
    assert comparison.same
    assert row(comparison, "tenant").values == ("ACME_TST", "ACME_PRD")
    assert row(comparison, "client_id").same is None
    assert comparison.summary == "No differences found, apart from what identifies the two."


def test_two_profiles_of_one_app_differ_in_their_addresses_and_may_differ_in_their_keys() -> None:
    first, same = profile("a", ci="x~1"), profile("b", ci="x~1")
    assert compare(first, same).summary.endswith("Both are of the same app; their keys are not compared.")
    edited = profile("c", ci="x~1", pu=f"{EU}/OTHER_TST/as/")
    assert [one.key for one in compare(first, edited).differences] == ["server"]


def test_a_scope_that_one_of_them_lacks_is_a_difference() -> None:
    comparison = compare(profile("a", sc=["Infor-IDM", "Infor-ION"]), profile("b", sc=["Infor-IDM"]))
    assert [one.key for one in comparison.differences] == ["Infor-ION"]
    assert (row(comparison, "Infor-ION").words(0), row(comparison, "Infor-ION").words(1)) == ("yes", NOTHING)
    assert row(comparison, "Infor-IDM").same


def test_the_regions_are_those_of_infor_and_elsewhere_the_host() -> None:
    comparison = compare(profile("a"), profile("b", iu=US, pu="https://erp.example.com:7443/x"))
    assert row(comparison, "region-iu").values == ("eu1.inforcloudsuite.com", "inforcloudsuite.com")
    assert row(comparison, "region-pu").values == ("eu1.inforcloudsuite.com", "erp.example.com")
    assert len(comparison.differences) == 2


def test_the_last_outcomes_are_compared_and_never_is_no_difference() -> None:
    works = Checked("2026-01-03T00:00:00Z", True)
    fails = Checked("2026-01-04T00:00:00Z", False, "A role is missing.", "role-missing")
    unverified = compare(profile("a", works), profile("b"))
    assert unverified.same
    assert unverified.summary == "No differences found so far: b has never been verified."
    comparison = compare(profile("a", works), profile("b", fails))
    assert row(comparison, "verdict").values == ("works", "does not work")
    assert row(comparison, "worst").values == ("", "A role is missing.")
    assert row(comparison, "checked").values == ("2026-01-03 00:00 UTC", "2026-01-04 00:00 UTC")
    assert not comparison.same


def test_two_that_fail_for_other_reasons_differ_where_the_reasons_are_remembered() -> None:
    at = "2026-01-03T00:00:00Z"
    role, key = Checked(at, False, "A role is missing.", "role-missing"), Checked(at, False, "No.", "invalid-client")
    assert [one.key for one in compare(profile("a", role), profile("b", key)).differences] == ["worst"]
    forgotten = Checked(at, False, "No.")
    assert compare(profile("a", role), profile("b", forgotten)).same


def test_what_is_exported_to_is_compared() -> None:
    comparison = compare(profile("a").with_export_target(ExportTarget.ION), profile("b"))
    assert row(comparison, "export_target").codes == ("ion", "")


def test_a_profile_is_not_compared_with_itself() -> None:
    with pytest.raises(UsageError, match="cannot be compared with itself"):
        compare(profile("a"), profile("a"))


def test_hostile_text_is_made_visible() -> None:
    comparison = compare(profile("a", cn="\x1b[2J\u202e", sc=["\x9b31m"]), profile("b", iu="https://[broken"))
    assert row(comparison, "app").values[0] == "␛[2J‹202E›"
    assert all(str(cell or "").isprintable() for one in comparison.rows for cell in (one.label, *one.values))


def test_roles_and_checks_are_those_of_a_verification(tenant: PracticeTenant, machine: Machine) -> None:
    good = machine.store_document(tenant.ionapi(), "good")
    unverified = machine.store_document(tenant.ionapi("missing-role"), "bad")
    outcomes = asyncio.run(verify_all(machine.services().connections, [good, unverified]))
    found = {one.profile.id: one.verification for one in outcomes if one.verification}
    good, bad = machine.profiles.profile("good"), machine.profiles.profile("bad")
    comparison = compare(good, bad, found)
    assert row(comparison, "IDM-AdvancedUser").codes == ("yes", "")
    assert row(comparison, "roles").codes == ("passed", "failed")
    assert row(comparison, "verdict").codes == ("ok", "failed")
    assert comparison.verified == (True, True)
    half = compare(good, unverified, {good.id: found[good.id]})
    assert row(half, "IDM-AdvancedUser").words(1) == "not known"
    assert half.verified == (True, False)
    assert half.same, "what is not known of one of them is no difference"


def test_those_of_the_same_customer_are_offered_first() -> None:
    others = [profile(name) for name in ("aaa-tst", "acme-prd", "acme-tst", "zeta-prd", "acme-dev")]
    names = [one.name for one in candidates(profile("acme-tst"), others)]
    assert names == ["acme-dev", "acme-prd", "aaa-tst", "zeta-prd"]
