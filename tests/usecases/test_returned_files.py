"""What comes back from a hand-over page: opened, matched to its file request, stored, and then never opened again."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.paths import Paths, assets
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.domain.guide import load
from ionapi_tui.domain.handover.file_request import FileRequest, State
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.domain.inspection import Inspection, inspect_pasted
from ionapi_tui.files.downloads import find
from ionapi_tui.gateway.facts import VerifiedFacts
from ionapi_tui.gateway.verify import Verification
from ionapi_tui.secret_stores.choose import StoreChoice
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.usecases.handing_over import hand_over, sentence_about
from ionapi_tui.usecases.importing import Verdict, Wishes, import_file, import_folder, plan_folder
from ionapi_tui.usecases.rotation import Rotation
from ionapi_tui.usecases.services import Services
from tests.fixtures.encrypting import encrypt, encrypt_for
from tests.fixtures.fake_keyring import FakeKeyring, TroubledKeyring
from tests.fixtures.leaks import leaking_files
from tests.samples import as_bytes, client_credentials, sample, sample_bytes


@pytest.fixture
def keyring() -> TroubledKeyring:
    return TroubledKeyring()


@pytest.fixture
def services(tmp_path: Path, keyring: FakeKeyring) -> Services:
    """The program on a machine with one password store."""
    return services_over(tmp_path / "home", keyring)


def services_over(home: Path, keyring: FakeKeyring) -> Services:
    store = KeyringStore(keyring, "keyring:SecretService", "the store of tests")
    return Services(Paths(home, home / "downloads"), store_timeout=None, choose_store=lambda: StoreChoice(store, ""))


def requested(services: Services, customer: str = "Acme GmbH") -> FileRequest:
    return services.profiles.file_requests.create(customer)


def codes(inspection: Inspection) -> list[Code]:
    return [finding.code for finding in inspection.findings]


def only(inspection: Inspection) -> tuple[Code, str]:
    """Return the one finding about a file that was not opened."""
    (finding,) = inspection.findings
    assert inspection.credentials is None
    assert not inspection.request
    assert finding.severity is Severity.ERROR
    return finding.code, finding.message


def test_a_file_says_which_request_it_answers_and_is_stored_like_any_other(services: Services, tmp_path: Path) -> None:
    request = requested(services)
    path = tmp_path / "Doc2Export.ionapi.enc"
    document = sample()
    path.write_bytes(encrypt(as_bytes(document), request))
    inspection = services.inspect_file(path)
    assert inspection.ok
    (finding,) = inspection.findings
    assert finding.code is Code.ANSWERS_REQUEST
    assert request.short_id in finding.message
    assert "Acme GmbH" in finding.message
    outcome = import_file(services.profiles, str(path), inspection, Wishes())
    assert outcome.profile is not None
    stored = services.profiles.credentials(outcome.profile)
    assert json.loads(stored.to_document().reveal()) == document


def test_once_the_profile_is_stored_the_key_is_gone(services: Services, keyring: FakeKeyring) -> None:
    request = requested(services)
    raw = encrypt(sample_bytes(), request)
    inspection = services.inspect_content(raw)
    assert services.profiles.file_requests.open() == (request,), "looking at a file does not close its request"
    profile = import_file(services.profiles, "-", inspection, Wishes()).profile
    assert profile is not None
    assert [service for service, _user in keyring.kept] == [f"ionapi-tui:{profile.id}"]
    assert services.profiles.file_requests.open() == ()
    code, message = only(services.inspect_content(raw))
    assert code is Code.ENCRYPTED_USED
    assert "Acme GmbH" in message
    assert services.now().strftime("%Y-%m-%d") in message


def test_another_file_from_a_page_that_was_used_is_refused_too(services: Services) -> None:
    request = requested(services)
    import_file(services.profiles, "-", services.inspect_content(encrypt(sample_bytes(), request)), Wishes())
    again = services.inspect_content(encrypt(sample_bytes(tenant="ACME_PRD"), request))
    assert only(again)[0] is Code.ENCRYPTED_USED


def test_the_key_stays_when_nothing_was_stored(services: Services) -> None:
    request = requested(services)
    broken = services.inspect_content(encrypt(as_bytes(client_credentials()), request))
    assert codes(broken) == [Code.NO_SERVICE_ACCOUNT, Code.ANSWERS_REQUEST]
    import_file(services.profiles, "-", broken, Wishes())
    good = services.inspect_content(encrypt(sample_bytes(), request))
    other = services.inspect_content(as_bytes(sample(tenant="OTHER_TST"))).credentials
    services.profiles.add(other, "taken")  # type: ignore[arg-type]
    taken = import_file(services.profiles, "-", good, Wishes(name="taken"))
    assert taken.error is not None
    assert services.profiles.file_requests.open() == (request,)


def test_a_withdrawn_request_opens_nothing(services: Services) -> None:
    request = requested(services)
    services.profiles.file_requests.withdraw(request.id)
    code, message = only(services.inspect_content(encrypt(sample_bytes(), request)))
    assert code is Code.ENCRYPTED_WITHDRAWN
    assert "was withdrawn on" in message


def test_a_file_for_another_computer_names_the_request(services: Services, tmp_path: Path) -> None:
    elsewhere = requested(services_over(tmp_path / "elsewhere", FakeKeyring()))
    requested(services)
    code, message = only(services.inspect_content(encrypt(sample_bytes(), elsewhere)))
    assert code is Code.ENCRYPTED_FOREIGN
    assert elsewhere.short_id in message


def test_a_hostile_id_is_shown_safely(services: Services) -> None:
    request = requested(services)
    raw = encrypt_for(sample_bytes(), request.public, kid="\x1b]52;c;AAAA\x07" * 9)
    code, message = only(services.inspect_content(raw))
    assert code is Code.ENCRYPTED_FOREIGN
    assert "\x1b" not in message


def test_a_file_under_the_id_of_another_request_is_not_opened(services: Services) -> None:
    one, other = requested(services), requested(services, "Globex")
    raw = encrypt_for(sample_bytes(), one.public, kid=other.id)
    assert only(services.inspect_content(raw))[0] is Code.ENCRYPTED_CHANGED


def test_cut_changed_and_wrong_files_have_their_own_words(services: Services) -> None:
    request = requested(services)
    raw = encrypt(sample_bytes(), request)
    at = len(raw) - 40
    changed = raw[:at] + (b"A" if raw[at : at + 1] != b"A" else b"B") + raw[at + 1 :]
    wrong = encrypt(sample_bytes(), request, enc="A128GCM")
    found = [only(services.inspect_content(one)) for one in (raw[:-30], changed, wrong)]
    assert [code for code, _message in found] == [Code.ENCRYPTED_CUT, Code.ENCRYPTED_CHANGED, Code.ENCRYPTED_WRONG]
    assert len({message for _code, message in found}) == 3
    assert services.profiles.file_requests.open() == (request,)


def test_a_store_that_lost_the_key_is_said(services: Services, keyring: FakeKeyring) -> None:
    request = requested(services)
    keyring.kept.clear()
    assert only(services.inspect_content(encrypt(sample_bytes(), request)))[0] is Code.ENCRYPTED_NO_KEY


def test_a_locked_store_is_a_finding_with_the_reason(services: Services, keyring: TroubledKeyring) -> None:
    from keyring.errors import KeyringLocked

    request = requested(services)

    def locked() -> None:
        raise KeyringLocked("locked")

    keyring.troubles = {"get": locked}
    code, message = only(services.inspect_content(encrypt(sample_bytes(), request)))
    assert code is Code.ENCRYPTED_NOT_OPENED
    assert "is locked. Unlock it and try again." in message


def test_a_key_that_cannot_be_deleted_does_not_undo_the_import(services: Services, keyring: TroubledKeyring) -> None:
    from keyring.errors import KeyringLocked

    request = requested(services)

    def locked() -> None:
        raise KeyringLocked("locked")

    inspection = services.inspect_content(encrypt(sample_bytes(), request))
    keyring.troubles = {"delete": locked}
    assert import_file(services.profiles, "-", inspection, Wishes()).profile is not None
    keyring.troubles = {}
    assert only(services.inspect_content(encrypt(sample_bytes(), request)))[0] is Code.ENCRYPTED_USED
    services.profiles.recover()
    assert len(keyring.kept) == 1


@pytest.mark.parametrize("name", ["a.ionapi.enc", "a.ionapi", "a.ionapi (1).enc", "anything.txt"])
def test_an_encrypted_file_is_known_by_its_content(services: Services, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(encrypt(sample_bytes(), requested(services)))
    assert services.inspect_file(path).ok


def test_a_plain_file_in_the_name_of_an_encrypted_one_is_a_plain_file(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "a.ionapi.enc"
    path.write_bytes(sample_bytes())
    path.chmod(0o600)
    inspection = services.inspect_file(path)
    assert (inspection.ok, inspection.request) == (True, "")
    path.unlink()


def test_who_can_read_an_encrypted_file_does_not_matter(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    path = folder / "a.ionapi.enc"
    path.write_bytes(encrypt(sample_bytes(), requested(services)))
    path.chmod(0o644)
    assert codes(services.inspect_file(path)) == [Code.ANSWERS_REQUEST]


def test_pasted_text_is_opened(services: Services) -> None:
    request = requested(services)
    pasted = Secret(encrypt(sample_bytes(), request).decode())
    assert inspect_pasted(pasted, services.inspect_content).request == request.id


def test_a_folder_of_encrypted_and_plain_files_is_imported_whole(services: Services) -> None:
    folder = services.paths.downloads
    folder.mkdir(parents=True)
    acme, globex = requested(services), requested(services, "Globex")
    (folder / "Acme.ionapi.enc").write_bytes(encrypt(sample_bytes(), acme))
    (folder / "Globex.ionapi (1).enc").write_bytes(encrypt(sample_bytes(tenant="GLOBEX_DEV"), globex))
    (folder / "Plain.ionapi").write_bytes(sample_bytes(tenant="INITECH_TST"))
    (folder / "notes.enc").write_bytes(b"x")
    assert len(find(folder)) == 3
    candidates = plan_folder(services, folder)
    assert [candidate.verdict for candidate in candidates] == [Verdict.GOOD] * 3
    outcomes = list(import_folder(services.profiles, candidates, Wishes()))
    assert {one.profile.name for one in outcomes if one.profile} == {"acme-tst", "globex-dev", "initech-tst"}
    assert [one.state for one in services.profiles.file_requests.all()] == [State.ANSWERED] * 2
    (folder / "Plain.ionapi").unlink()


def test_new_credentials_for_a_profile_close_the_request(services: Services) -> None:
    services.profiles.add(services.inspect_content(sample_bytes()).credentials, "acme")  # type: ignore[arg-type]
    request = requested(services)
    inspection = services.inspect_content(encrypt(sample_bytes(), request))
    assert inspection.credentials is not None
    rotation = Rotation(services.profiles, lambda: services.connections, services.profiles.profile("acme"))
    rotation.switch(inspection.credentials, Verification((), (), VerifiedFacts("ACME_TST")), inspection.request)
    assert services.profiles.file_requests.open() == ()


def test_nothing_decrypted_touches_the_disk(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "a.ionapi.enc"
    path.write_bytes(encrypt(sample_bytes(), requested(services)))
    import_file(services.profiles, str(path), services.inspect_file(path), Wishes())
    assert not leaking_files(tmp_path)


def test_without_the_library_the_page_has_no_box_and_the_extra_is_named(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = encrypt(sample_bytes(), requested(services))
    monkeypatch.setitem(sys.modules, "cryptography", None)
    requests = services.profiles.file_requests
    handed_over = hand_over(requests, Customer("Acme"), load(assets(), "en"), tmp_path)
    assert handed_over.request is None
    assert "box-data" not in handed_over.path.read_text("utf-8")
    assert "pip install 'ionapi-tui[handover]'" in sentence_about(handed_over)
    code, message = only(services.inspect_content(raw))
    assert code is Code.ENCRYPTED_NOT_OPENED
    assert "pip install 'ionapi-tui[handover]'" in message
    assert len(requests.open()) == 1


def test_the_requests_of_a_customer_say_which_tenant_each_is_for(tmp_path: Path) -> None:
    requests = services_over(tmp_path / "home", FakeKeyring()).profiles.file_requests
    for tenant in ("ACME_TST", "ACME_PRD"):
        hand_over(requests, Customer("Acme", tenant), load(assets(), "en"), tmp_path)
    assert [one.customer for one in requests.open()] == ["Acme (ACME_TST)", "Acme (ACME_PRD)"]
    assert sorted(path.name for path in tmp_path.glob("*.html")) == [
        "ion-api-file-acme-acme-prd.html",
        "ion-api-file-acme-acme-tst.html",
    ]
