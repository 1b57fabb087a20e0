"""What could become of each file of a folder."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.inspection import inspect
from ionapi_tui.domain.profile import Profile
from ionapi_tui.usecases.folder_import import Candidate, Verdict, survey
from tests.samples import as_bytes, client_credentials, sample


def surveyed(files: dict[str, dict[str, object]], *stored: Profile) -> dict[str, Candidate]:
    contents = {Path(name): as_bytes(document) for name, document in files.items()}
    found = survey(contents, lambda path: inspect(contents[path]), stored)
    return {candidate.path.name: candidate for candidate in found}


def profile_of(document: dict[str, object], name: str) -> Profile:
    return Profile("1", name, "keyring:Test", "2026-01-02T03:04:05Z", Credentials.from_document(document).public)


def test_good_files_get_different_names_and_broken_ones_none() -> None:
    found = surveyed({"a": sample(), "b": sample(app="Other"), "c": sample(), "d": client_credentials()})
    assert [(one.verdict, one.name) for one in found.values()] == [
        (Verdict.GOOD, "acme-tst"),
        (Verdict.GOOD, "acme-tst-other"),
        (Verdict.GOOD, "acme-tst-doc2export"),
        (Verdict.BROKEN, ""),
    ]


def test_of_two_files_of_one_app_the_newer_one_counts() -> None:
    document = sample()
    found = surveyed({"newer": document, "older": document | {"saak": sample()["saak"]}})
    assert [(one.verdict, one.other) for one in found.values()] == [(Verdict.GOOD, ""), (Verdict.TWICE, "newer")]


def test_an_app_that_is_stored_is_named_and_its_name_not_given_away() -> None:
    document = sample()
    found = surveyed({"same": document, "new": sample()}, profile_of(document, "acme-tst"))
    assert (found["same"].verdict, found["same"].other, found["same"].name) == (Verdict.STORED, "acme-tst", "")
    assert (found["new"].verdict, found["new"].name) == (Verdict.GOOD, "acme-tst-doc2export")


def test_names_of_profiles_that_hold_the_same_app_are_taken_all_of_them() -> None:
    document = sample()
    found = surveyed({"new": sample()}, profile_of(document, "acme-tst"), profile_of(document, "acme-tst-old"))
    assert found["new"].name == "acme-tst-doc2export"
