"""A profile has the same facts, called the same, in every front end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.domain.profile_facts import Fact, facts_of, stored_in_words
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


def test_a_practice_tenant_has_no_environment_of_infor() -> None:
    practice = replace(PROFILE, public={**PUBLIC, "iu": "http://127.0.0.1:8640"})
    assert next(facts_of(practice, "environment")).value == "PRACTICE"


def test_after_storing_a_missing_or_failed_verification_and_a_practice_tenant_are_named() -> None:
    assert list(stored_in_words(PROFILE))[1:] == ["It has not been verified yet."]
    works = replace(PROFILE, checked=Checked("2026-01-01T00:00:00Z", ok=True))
    assert len(list(stored_in_words(works))) == 1
    failed = replace(PROFILE, checked=Checked("2026-01-01T00:00:00Z", ok=False, headline="A role is missing."))
    assert "A role is missing." in " ".join(stored_in_words(failed))
    practice = replace(PROFILE, public={**PUBLIC, "iu": "http://127.0.0.1:8640"})
    assert "practice file" in " ".join(stored_in_words(practice, is_copy_left=True))
    assert "No copy" in " ".join(stored_in_words(PROFILE, is_copy_left=False))


def test_a_verification_says_how_long_ago_it_was() -> None:
    checked = Checked("2026-01-01T00:00:00+00:00", ok=True)
    assert checked.ago(datetime(2026, 1, 1, 0, 5, tzinfo=UTC)) == "5 minutes ago"
