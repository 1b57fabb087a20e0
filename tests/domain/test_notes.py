"""Notes are short lines without keys, and a plan or a backup adds to them only what may be noted."""

from __future__ import annotations

import pytest

from ionapi_tui.base.errors import UsageError
from ionapi_tui.domain.notes import changed_notes, checked_notes, completed_notes, looks_secret, notes_from
from ionapi_tui.domain.profile import Checked, Notes, Profile
from ionapi_tui.domain.profile_facts import searchable
from tests.samples import random_secret, random_text, sample

OWN = Profile("1", "acme-tst", "s", "2026-01-01T00:00:00Z", notes=Notes("doc.service", "", "OPS-42"))


def test_each_secret_of_a_file_looks_like_one_and_what_people_write_does_not() -> None:
    document = sample()
    for key in ("cs", "saak", "sask", "ci"):
        assert looks_secret(f"see {document[key]}!"), key
    for text in ("ACME_TST_DOCBITS_SERVICE_USER", "ann.mueller-lüdenscheidt@subsidiary.acme.example", "", "OPS-42"):
        assert not looks_secret(text)


def test_a_text_that_looks_like_a_key_is_refused_without_repeating_it() -> None:
    secret = random_secret()
    with pytest.raises(UsageError) as error:
        checked_notes(ticket=secret)
    assert secret not in str(error.value)
    assert str(error.value).startswith("Ticket: ")


def test_only_what_is_named_changes() -> None:
    assert changed_notes(OWN, contact=" ann ") == Notes("doc.service", "ann", "OPS-42")
    assert changed_notes(OWN, ticket="", contact=None) == Notes("doc.service")


def test_a_plan_completes_what_is_missing_and_leaves_out_what_may_not_be_noted() -> None:
    assert completed_notes(OWN, "other", " ann@acme.example ") == Notes("doc.service", "ann@acme.example", "OPS-42")
    assert completed_notes(OWN, contact=random_text(86)) == OWN.notes


def test_notes_from_elsewhere_are_checked() -> None:
    assert notes_from(OWN.notes.as_json()) == OWN.notes
    assert notes_from({"ticket": 1, "contact": random_text(86), "service_user": "x\n"}) == Notes("x")
    assert notes_from(None) == notes_from([]) == Notes()


def test_a_profile_is_found_by_its_notes_and_its_verdict() -> None:
    profile = Profile("1", "acme-tst", "s", "c", {"ti": "ACME_TST", "cn": "App"}, Checked("t", False, "refused"))
    text = searchable(profile.with_choices_of(OWN))
    assert all(word in text for word in ("refused", "doc.service", "OPS-42"))
