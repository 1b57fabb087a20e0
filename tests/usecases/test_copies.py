"""Which downloaded files still contain the secrets of a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.usecases.copies import copies, stored_and_others
from ionapi_tui.usecases.lending import lend
from tests.samples import sample, sample_bytes
from tests.ui.machine import Machine


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """A machine of the test's own, with an empty Downloads folder."""
    machine = Machine(own_home)
    machine.downloads.mkdir()
    return machine


def test_every_file_of_the_app_is_found_whatever_its_name_and_no_other(machine: Machine) -> None:
    document = sample(tenant="ACME_TST")
    profile, other = machine.store_document(document, "acme-tst"), machine.store("GLOBEX_TST")
    first = machine.download("Doc2Export.ionapi", **document)
    second = machine.download("renamed (1).ionapi", **document)
    machine.download("other.ionapi", tenant="UMBRELLA_TST")
    (machine.downloads / "broken.ionapi").write_text("{")
    found = copies(machine.services(), [profile, other])
    assert set(found) == {profile.id}
    assert set(found[profile.id]) == {first, second}


def test_a_file_elsewhere_is_found_when_it_is_known(machine: Machine, tmp_path: Path) -> None:
    document = sample(tenant="ACME_TST")
    profile = machine.store_document(document, "acme-tst")
    path = tmp_path / "from-a-mail.ionapi"
    path.write_bytes(sample_bytes(**document))
    assert copies(machine.services(), [profile]) == {}
    assert copies(machine.services(), [profile], [path]) == {profile.id: (path,)}
    path.unlink()
    assert copies(machine.services(), [profile], [path]) == {}


def test_a_file_on_loan_does_not_count(machine: Machine) -> None:
    profile = machine.store("ACME_TST")
    services = machine.services()
    with lend(services, profile, machine.downloads) as lent:
        assert lent.path.exists()
        assert copies(services, [profile]) == {}


def test_without_a_downloads_folder_there_is_none(machine: Machine) -> None:
    machine.downloads.rmdir()
    assert copies(machine.services(), [machine.store()]) == {}


@pytest.mark.parametrize("changed", ["saak", "cs", "iu"])
def test_only_a_file_with_exactly_the_stored_credentials_is_a_copy(machine: Machine, changed: str) -> None:
    document = sample()
    profile = machine.store_document(document, "acme-tst")
    same = machine.download("same.ionapi", **document)
    other = machine.download("other.ionapi", **(document | {changed: sample(region="us1")[changed]}))
    files = copies(machine.services(), [profile])[profile.id]
    assert stored_and_others(machine.services(), profile, sorted(files)) == ((same,), (other,))
