"""A tenant counts as refreshed when several of its profiles worked until one moment and are refused since."""

from __future__ import annotations

from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.profile import CHECKS_KEPT, Checked, Profile
from ionapi_tui.domain.refreshed import finding_about, refreshed

CLOUD = "https://mingle-ionapi.eu1.inforcloudsuite.com"


def profile(name: str, tenant: str, history: str, gateway: str = CLOUD, code: str = "invalid-client") -> Profile:
    """Return a profile that was verified every day: ``+`` it worked, ``x`` it was refused, ``-`` not verified."""
    made = Profile(name, name, "s", "2026-01-01T00:00:00Z", {"ti": tenant, "iu": gateway})
    for day, outcome in enumerate(history, 1):
        if outcome != "-":
            is_ok = outcome == "+"
            made = made.with_check(Checked(f"2026-02-{day:02}T00:00:00Z", is_ok, "", "" if is_ok else code))
    return made


def names(*profiles: Profile) -> list[list[str]]:
    return [[one.name for one in found.profiles] for found in refreshed(profiles)]


def test_profiles_of_one_tenant_that_stop_working_together() -> None:
    a, b = profile("a", "ACME_TST", "++x"), profile("b", "ACME_TST", "-+xx", code="invalid-grant")
    assert names(b, a) == [["a", "b"]]
    finding = finding_about(a, (a, b))
    assert finding is not None
    assert finding.message.startswith("The tenant ACME_TST was probably refreshed: 2 profiles")
    assert finding_about(profile("c", "ACME_TST", "+"), (a, b)) is None
    assert finding_about(profile("c", "ACME_TST", ""), (a, b)) is None
    assert finding_about(a, (a,)) is None


def test_five_profiles_are_named_and_all_of_them_and_their_tenants_counted() -> None:
    tenants = ("ACME_TST", "ACME_EU_TST", "ACME_TST", "ACME_TST", "ACME_TST", "ACME_TST")
    many = [profile(name, tenant, "+x") for name, tenant in zip("abcdef", tenants, strict=True)]
    (found,) = refreshed(many)
    values = {"tenant": "ACME_TST, ACME_EU_TST", "count": "6", "names": "a, b, c, d, e, …"}
    assert found.finding == Finding(Code.TENANT_REFRESHED, None, values)
    (found,) = refreshed(many[:5])
    assert found.finding.values["names"] == "a, b, c, d, e"


def test_tenants_of_one_environment_of_a_customer_belong_together_and_others_do_not() -> None:
    tst, eu, dev = (profile(name, name, "+x") for name in ("ACME_TST", "ACME_EU_TST", "ACME_DEV"))
    globex = profile("GLOBEX_TST", "GLOBEX_TST", "+x")
    assert names(tst, eu, dev, globex) == [["ACME_EU_TST", "ACME_TST"]]
    unknown = (profile(name, name, "+x") for name in ("ACME_FINANCE_EUROPE", "ACME_FINANCE_AMERICA"))
    assert names(*unknown) == [], "what follows the customer's name is no environment"
    on_premises = [profile(host, "infor", "+x", f"https://{host}:7443") for host in ("inforos.acme", "inforos.globex")]
    assert names(*on_premises) == []


def test_what_stopped_at_different_times_or_never_worked_or_is_refused_otherwise_does_not_count() -> None:
    known = profile("a", "ACME_TST", "+++x")
    assert names(known, profile("b", "ACME_TST", "+x-x")) == []
    assert names(known, profile("b", "ACME_TST", "++x")) == []
    assert names(known, profile("b", "ACME_TST", "--xx")) == []
    assert names(known, profile("b", "ACME_TST", "+++x", code="timeout")) == []
    assert names(known, profile("b", "ACME_TST", "")) == []
    assert names(known) == []


def test_a_profile_of_the_same_tenant_that_works_since_contradicts() -> None:
    refused = profile("a", "ACME_TST", "+x"), profile("b", "ACME_TST", "+x")
    assert names(*refused, profile("c", "ACME_TST", "++")) == []
    assert names(*refused, profile("c", "ACME_TST", "+-")) == [["a", "b"]]
    assert names(*refused, profile("c", "ACME_EU_TST", "++")) == [["a", "b"]]


def test_it_is_still_known_when_the_profiles_were_refused_more_often_than_is_remembered() -> None:
    history = "+" + "x" * (CHECKS_KEPT + 4)
    a, b = profile("a", "ACME_TST", history), profile("b", "ACME_TST", history)
    assert len(a.earlier) == CHECKS_KEPT
    assert names(a, b) == [["a", "b"]]
