"""Names of profiles are short, plain and free; a profile shows what it remembers."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_tui.base.errors import UsageError
from ionapi_tui.domain.profile import (
    NAME_LENGTH,
    Checked,
    Profile,
    check_name,
    environment_of,
    is_name,
    is_retired,
    profile_maker,
    propose_name,
    slug,
)
from tests.samples import sample


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ACME_TST", "acme-tst"),
        ("Bäckerei Süd", "backerei-sud"),
        ("  a  b  ", "a-b"),
        ("../../etc", "etc"),
        ("東京", ""),
        ("v1.1", "v1.1"),
    ],
)
def test_text_becomes_a_name(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text())
def test_a_slug_is_a_name_or_nothing(text: str) -> None:
    assert slug(text) == "" or is_name(slug(text))
    assert len(slug(text)) <= NAME_LENGTH


@pytest.mark.parametrize("text", ["", "A", "a b", "-a", "a.", "x" * 61, "a/b", "a\n"])
def test_what_may_not_be_a_name(text: str) -> None:
    assert not is_name(text)


def test_a_name_says_whether_the_credentials_were_replaced() -> None:
    assert [name for name in ("acme-old", "acme-old-12", "acme", "older", "acme-old-tst") if is_retired(name)] == [
        "acme-old",
        "acme-old-12",
    ]


def test_the_proposed_name_is_the_tenants_then_the_apps_then_numbered() -> None:
    taken: set[str] = set()
    for expected in ("acme-tst", "acme-tst-doc2export", "acme-tst-doc2export-2", "acme-tst-doc2export-3"):
        name = propose_name("ACME_TST", "Doc2Export", taken)
        assert name == expected
        taken.add(name)


@given(st.text(), st.text(), st.sets(st.text()))
def test_every_proposed_name_is_free_and_valid(tenant: str, app: str, taken: set[str]) -> None:
    name = propose_name(tenant, app, taken)
    assert is_name(name)
    assert name not in taken


def test_a_profile_shows_what_it_remembers() -> None:
    document = sample()
    public = {key: value for key, value in document.items() if key not in ("cs", "saak", "sask")}
    profile = Profile("1", "acme-tst", "keyring:x", "2026-01-02T03:04:05Z", public)
    assert profile.as_json(datetime(2026, 1, 12, 3, 4, 4, tzinfo=UTC)) == {
        "name": "acme-tst",
        "tenant": "ACME_TST",
        "environment": "TST",
        "app": "Doc2Export",
        "client_id": document["ci"],
        "gateway": document["iu"],
        "store": "keyring:x",
        "created": "2026-01-02T03:04:05Z",
        "age_days": 9,
        "export_target": None,
        "checked": None,
        "notes": {"service_user": None, "contact": None, "ticket": None},
    }


def test_a_checked_profile_tells_when_and_how() -> None:
    profile = Profile("1", "a", "s", "c", {}, Checked("2026-01-02T03:04:05Z", False, "x"))
    assert profile.as_json()["checked"] == {"at": "2026-01-02T03:04:05Z", "ok": False}


@pytest.mark.parametrize(
    ("tenant", "environment"),
    [("ACME_TST", "TST"), ("A_B_prd", "PRD"), ("infor", ""), ("X_AX2", "AX2"), ("TST", "TST")],
)
def test_the_environment_is_in_the_tenants_name(tenant: str, environment: str) -> None:
    assert environment_of(tenant) == environment


@pytest.mark.parametrize(
    ("tenant", "gateway", "production"),
    [
        ("ACME_PRD", "https://mingle-ionapi.eu1.inforcloudsuite.com", True),
        ("acme_prd", "https://infor.acme.example:7443", True),
        ("ACME_TST", "https://mingle-ionapi.eu1.inforcloudsuite.com", False),
        ("PRODUCTION", "https://mingle-ionapi.eu1.inforcloudsuite.com", False),
        ("PRACTICE_PRD", "https://localhost:8443", False),
    ],
)
def test_production_is_what_ends_in_prd_and_is_not_practice(tenant: str, gateway: str, production: bool) -> None:
    profile = Profile("0", "x", "keyring:Memory", "2026-01-01T00:00:00Z", {"ti": tenant, "iu": gateway})
    assert profile.is_production is production


def test_profiles_that_are_made_quickly_are_like_others() -> None:
    texts = ("1", "a", "s", "2026-01-02T03:04:05Z")
    few, all_fields = (*texts, {"ti": "ACME_TST"}, None), [f"value of {one.name}" for one in fields(Profile)]
    for values in few, texts, all_fields:
        made, usual = profile_maker()(*values), Profile(*values)
        assert type(made) is Profile
        assert (made, repr(made)) == (usual, repr(usual))
        assert replace(made, name="b") == replace(usual, name="b")
        with pytest.raises(FrozenInstanceError):
            made.name = "b"  # type: ignore[misc]
    assert profile_maker()(*texts).newer is not profile_maker()(*texts).newer


@pytest.mark.parametrize("name", ["", " "])
def test_a_name_that_is_not_there_is_asked_for(name: str) -> None:
    with pytest.raises(UsageError, match=r"^Enter a name\.$"):
        check_name(name)


@pytest.mark.parametrize("name", ["con", "nul.prd", "com1"])
def test_a_name_that_windows_takes_for_a_device_is_refused_everywhere(name: str) -> None:
    with pytest.raises(UsageError, match="Windows"):
        check_name(name)
    assert propose_name(name, "", ()) == f"profile-{name}"
