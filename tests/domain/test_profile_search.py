"""Words find the profiles that contain all of them, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.domain.profile_facts import searchable
from ionapi_tui.domain.profile_search import Finder


def profile(name: str, tenant: str, app: str = "Doc2Export", **changes: object) -> Profile:
    public = {"ti": tenant, "cn": app, "iu": "https://mingle-ionapi.eu1.inforcloudsuite.com"}
    made = Profile(id=name, name=name, store="keyring:Test", created="2026-01-01T00:00:00Z", public=public)
    return replace(made, **changes)  # type: ignore[arg-type]


PROFILES = (
    profile("acme-prd", "ACME_PRD", checked=Checked("2026-01-01T00:00:00Z", ok=True)),
    profile(
        "piedpiper-tst", "PIEDPIPER_TST", checked=Checked("2026-01-01T00:00:00Z", ok=False, headline="role missing")
    ),
    profile("other", "ACME_TST", "DocBits"),
    profile("run", "HERE_PRD", public={"ti": "HERE_PRD", "cn": "x", "iu": "http://127.0.0.1:5000"}),
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("", ["acme-prd", "piedpiper-tst", "other", "run"]),
        ("prd", ["acme-prd", "run"]),
        ("ACME", ["acme-prd", "other"]),
        ("tst acme", ["other"]),
        ("acme tst", ["other"]),
        ("docbits", ["other"]),
        ("role", ["piedpiper-tst"]),
        ("missing pied", ["piedpiper-tst"]),
        ("does not work", ["piedpiper-tst"]),
        ("works", ["acme-prd"]),
        ("not checked", ["other", "run"]),
        ("practice", ["run"]),
        ("atst", []),
    ],
)
def test_words_find_in_any_order_what_contains_them_all(wanted: str, names: list[str]) -> None:
    assert [one.name for one in Finder(PROFILES, searchable).find(wanted)] == names
