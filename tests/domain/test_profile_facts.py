"""A profile has the same facts, called the same, in every front end."""

from __future__ import annotations

from datetime import UTC, datetime

from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.domain.profile_facts import Fact, facts_of
from tests.samples import sample

PUBLIC = {key: value for key, value in sample(sc=["Infor-IDM"]).items() if key not in ("cs", "saak", "sask")}
PROFILE = Profile("0", "acme-tst", "keyring:Memory", "2026-01-01T00:00:00Z", PUBLIC)


def test_the_facts_come_in_the_order_asked_for_under_the_names_of_the_fields() -> None:
    facts = list(facts_of(PROFILE, "name", "tenant", "environment", "app", "server", "scopes", "store"))
    assert [fact.label for fact in facts] == [
        *("Name", "Tenant", "Environment", "Authorized app", "Authorization server", "Scopes", "Secrets kept in")
    ]
    assert [fact.value for fact in facts][:3] == ["acme-tst", PROFILE.tenant, "TST"]
    assert facts[-1].short_label == "Secrets in"
    assert facts[0].short_label == facts[0].label


def test_what_is_not_known_is_empty_and_what_was_worded_is_taken() -> None:
    assert [fact.value for fact in facts_of(PROFILE, "checked", "headline", "hosts")] == ["", "", ""]
    assert list(facts_of(PROFILE, "checked", checked="never")) == [Fact("checked", "never")]


def test_a_verification_says_how_long_ago_it_was() -> None:
    checked = Checked("2026-01-01T00:00:00+00:00", ok=True)
    assert checked.ago(datetime(2026, 1, 1, 0, 5, tzinfo=UTC)) == "5 minutes ago"
