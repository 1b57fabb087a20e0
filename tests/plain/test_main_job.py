"""The whole main job, line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ionapi_tui.domain.guide import flow
from ionapi_tui.practice.server import PracticeTenant
from tests.fixtures.encrypting import encrypt
from tests.fixtures.vaults import KeePassXC, new_passphrase
from tests.plain.transcript import converse
from tests.samples import MARKER, REMOVED, as_bytes, client_credentials, sample, sample_bytes
from tests.ui.machine import LABEL, Machine


def test_from_the_prerequisites_to_a_verified_profile(machine: Machine) -> None:
    with PracticeTenant(secret_marker=MARKER) as tenant:
        machine.download(content=json.dumps(tenant.ionapi()).encode())
        steps = ("1",) * 5
        said = converse(machine, "1", "1", *steps, "1", "", "1", "1", "5", "6")
    assert said.has(
        f"Secrets go into {LABEL}.",
        "1. Start the guide: 5 steps, 15 minutes",
        "Prerequisites",
        "- ION API Admin (in Infor's list: IONAPI-Administrator)",
        "Step 1 of 5: Open Authorized Apps",
        "2. Select “Authorized Apps” in the menu on the left.",
        "You should see: An empty form",
        "Step 5 of 5: Download the file",
        "Import the file",
        "1. Doc2Export.ionapi: just now",
        "Tenant: PRACTICE_TST",
        "This file can be stored.",
        "Stored as practice-tst, read back and compared.",
        "Verifying practice-tst: 9 checks",
        "5. Service user: passed",
        "9. Clock: passed",
        "practice-tst works.",
        "The downloaded file still holds the secrets in plain text.",
        "Next steps",
        "This is a practice file: DocBits cannot use it.",
    )
    assert "It has not been verified yet." not in said.text
    checked = machine.profiles.profile("practice-tst").checked
    assert checked is not None
    assert checked.ok


def test_the_place_and_the_ticks_are_those_of_the_app(machine: Machine) -> None:
    converse(machine, "1", "1", "1", "2", "6", "7")
    progress = machine.services().progress.load()
    assert progress.step == "3"
    assert {"1", "admin-user/IONDeskAdmin"} <= progress.done
    assert "2" not in progress.done
    said = converse(machine, "1", "3", "3", "6", "7")
    assert said.has(
        "1. Continue the guide without a tenant: Step 3 of 5",
        "Step 2 of 5",
        "Step 1 of 5",
        "You have ticked this step.",
    )


def test_roles_are_ticked_one_by_one(machine: Machine) -> None:
    said = converse(machine, "2", "1", "2", "3", "3", "3", "5", "6", page=flow.PREREQUISITES)
    assert said.has(
        "Does this user have the role ION Desk Admin (in Infor's list: IONDeskAdmin)?", "5 roles are not ticked yet"
    )
    assert machine.services().progress.load().done == {"admin-user/IONDeskAdmin"}


def test_a_request_for_the_roles_can_be_copied_from_the_transcript(machine: Machine) -> None:
    said = converse(machine, "4", page=flow.PREREQUISITES)
    assert "- Infor-SuiteUser: the basic role of every user of the portal." in said.lines
    assert said.has("Please tell me the names of the users when it is done.")


def test_no_role_is_requested_that_is_ticked_already(machine: Machine) -> None:
    converse(machine, "1", page=flow.PREREQUISITES)
    said = converse(machine, "4", page=flow.PREREQUISITES).lines
    assert said.count("All roles are ticked.") > 1
    assert not any(line.startswith("Hello") for line in said)


def test_screenshots_are_opened_or_their_paths_said(machine: Machine) -> None:
    assert converse(machine, "4", page="1").has("2 screenshots are opening outside.")
    assert [address.rpartition("/")[2] for address in machine.opened] == [
        "image_1_ion_api.png",
        "image_2_authorized_apps.png",
    ]
    machine.opens = False
    assert any(line.endswith("image_2_authorized_apps.png") for line in converse(machine, "4", page="1").lines)


def test_a_bad_file_says_why_and_leads_back_to_the_step(machine: Machine) -> None:
    machine.download(content=as_bytes(client_credentials()))
    said = converse(machine, "1", "1", page=flow.IMPORT)
    assert said.has(
        "Error: The file has no service account",
        "What to do: Press Download Credentials again",
        "In the guide: Step 4 of 5",
        "This file cannot be used. Nothing was stored.",
        "1. Go back to: Step 4 of 5, Add the service account",
        "Step 4 of 5: Add the service account",
    )
    assert machine.profiles.profiles() == ()


def test_pasted_content_is_stored_and_never_shown(machine: Machine) -> None:
    document = sample()
    said = converse(machine, "3", "", "2", "1", "2", page=flow.IMPORT, hidden=json.dumps(document))
    assert said.has("Pasted content", "Stored as acme-tst", "Stored: acme-tst, client ID")
    assert machine.secrets_of("acme-tst") == document


def test_content_typed_where_a_path_is_wanted_is_not_shown(machine: Machine) -> None:
    said = converse(machine, "2", json.dumps(sample()), page=flow.IMPORT)
    assert said.has("> …", "That looks like the content of a file.")


def test_a_path_may_be_typed(machine: Machine) -> None:
    path = machine.elsewhere("Elsewhere.ionapi")
    assert converse(machine, "2", str(path), "mine", page=flow.IMPORT).has("Elsewhere.ionapi", "Stored as mine")
    missing = Path("/nowhere.ionapi")
    assert converse(machine, "2", str(missing), page=flow.IMPORT).has(f"Error: There is no file {missing}")


def test_the_file_is_deleted_only_when_that_is_wished(machine: Machine) -> None:
    kept = machine.download("Kept.ionapi")
    converse(machine, "1", "", "2", "1", page=flow.IMPORT)
    assert kept.exists()
    kept.unlink()
    gone = machine.download("Gone.ionapi", tenant="ACME_DEV")
    assert converse(machine, "1", "", "2", "2", page=flow.IMPORT).has("The downloaded file is deleted.")
    assert not gone.exists()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_is_deleted_with_the_file_it_leads_to(machine: Machine) -> None:
    file = machine.elsewhere("Elsewhere.ionapi")
    link = machine.downloads / "link.ionapi"
    link.symlink_to(file)
    assert converse(machine, "1", "", "2", "2", page=flow.IMPORT).has("The downloaded file is deleted.")
    assert not file.exists()
    assert not link.is_symlink()


def test_a_name_that_cannot_be_one_is_asked_for_again(machine: Machine) -> None:
    machine.download()
    said = converse(machine, "1", "Not A Name", "1", "mine", page=flow.IMPORT)
    assert said.has("Error: Not A Name cannot be the name of a profile.", "Stored as mine")


def test_the_same_app_is_replaced_or_kept_beside(machine: Machine) -> None:
    document = sample()
    machine.download(content=json.dumps(document).encode())
    converse(machine, "1", "", page=flow.IMPORT)
    said = converse(machine, "1", "", page=flow.IMPORT)
    assert said.has(
        "This app is already stored as acme-tst (tenant ACME_TST). Under this name, the profile gets the new keys.",
        "Stored as acme-tst",
    )
    converse(machine, "1", "second", page=flow.IMPORT)
    assert [profile.name for profile in machine.profiles.profiles()] == ["acme-tst", "second"]
    assert converse(machine, "1", "-", page=flow.IMPORT).has("Nothing was stored.")


def test_keys_of_a_profile_are_replaced_only_by_verified_ones_and_kept_unless_that_is_refused(
    tenant: PracticeTenant, machine: Machine
) -> None:
    old, new = tenant.ionapi(), tenant.ionapi()
    machine.store_document(old, "acme")
    machine.download(content=as_bytes(new))
    asked = "acme has other keys, which may be in use. They are kept as another profile."
    said = converse(machine, "1", "", "3", "-", page=flow.IMPORT)
    assert said.has(asked, "3. Enter another name for the new ones", "Nothing was stored.")
    assert machine.secrets_of("acme") == old
    said = converse(machine, "1", "", "1", "2", page=flow.IMPORT)
    assert said.has(
        asked,
        "Verifying Doc2Export.ionapi: 9 checks",
        "Doc2Export.ionapi works.",
        "The old credentials are kept as acme-old.",
        "Stored as acme, read back and compared.",
    )
    assert "Verify now?" not in said.text
    assert machine.secrets_of("acme") == new
    assert machine.secrets_of("acme-old") == old
    strange = {key: sample()[key] for key in ("saak", "sask")}
    machine.download(content=as_bytes(new | strange))
    said = converse(machine, "1", "acme", "1", "-", page=flow.IMPORT)
    assert said.has(asked, "Doc2Export.ionapi does not work.", "acme still has its old keys.", "Nothing was stored.")
    assert machine.secrets_of("acme") == new
    said = converse(machine, "1", "acme", "2", "2", "2", page=flow.IMPORT)
    assert said.has(asked, "The old credentials are kept as acme-old-2.", "Stored as acme, read back", "Verify now?")
    assert machine.secrets_of("acme") == new | strange
    assert machine.secrets_of("acme-old-2") == new


def test_without_a_store_nothing_is_stored_and_the_reason_is_said(machine: Machine) -> None:
    machine.keyring = None
    machine.download()
    said = converse(machine, "1", "", page=flow.IMPORT)
    assert said.has("No password store on this computer: Nothing here keeps a secret.", "Error: ")
    assert machine.profiles.profiles() == ()


@pytest.mark.posix("Windows has its store")
def test_without_a_store_a_vault_is_made_there_and_the_file_is_stored_in_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    document, passphrase, other = sample(), new_passphrase(), new_passphrase()
    machine.download(content=json.dumps(document).encode())
    services = machine.services(choose_store=None)
    entered = ["short", passphrase.reveal(), other.reveal(), passphrase.reveal(), passphrase.reveal()]
    said = converse(machine, "1", "1", "", "2", "1", "5", "6", page=flow.IMPORT, services=services, entered=entered)
    assert said.has(
        "No password store was found on this computer.",
        "Where should the secrets be stored?",
        "1. In a new vault on this computer",
        "Choose a passphrase of at least 8 characters for KeePass vault vault.kdbx",
        "at least 8 characters",
        "The passphrases do not match.",
        "The passphrase is strong",
        "New secrets are stored in KeePass vault vault.kdbx.",
        "Stored as acme-tst, read back and compared.",
    )
    assert passphrase.reveal() not in said.text
    tool = KeePassXC(machine.paths.home / "vault.kdbx", passphrase)
    kept = json.loads(tool.password("ionapi-tui/acme-tst"))
    assert {key: kept[key] for key in ("cs", "saak", "sask")} == {key: document[key] for key in ("cs", "saak", "sask")}


@pytest.mark.posix("Windows has its store")
def test_no_vault_is_made_without_a_passphrase_and_the_file_can_be_verified_or_left(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    with PracticeTenant(secret_marker=MARKER) as tenant:
        machine.download(content=json.dumps(tenant.ionapi()).encode())
        services = machine.services(choose_store=None)
        said = converse(machine, "1", "1", "2", "3", page=flow.IMPORT, services=services, entered=[""])
    assert said.has("New passphrase (press Enter to go back):", "Where should", "works.", "Nothing was stored.")
    assert not (machine.paths.home / "vault.kdbx").exists()


def test_after_storing_enter_alone_verifies(machine: Machine) -> None:
    with PracticeTenant(secret_marker=MARKER) as tenant:
        machine.download(content=json.dumps(tenant.ionapi()).encode())
        said = converse(machine, "1", "", "", "1", page=flow.IMPORT)
    assert said.has("Verify now?", "1. Yes, verify", "2. Not now", "practice-tst works.")


def test_the_end_of_the_input_is_a_clean_end(machine: Machine) -> None:
    said = converse(machine)
    assert said.code == 0
    assert said.lines[-1] == "The input has ended. Your progress in the guide is saved."


FORBIDDEN = pytest.param("Evil\x1b]52;c;AAAA\x07.ionapi", marks=pytest.mark.posix("Windows allows no such name"))


@pytest.mark.parametrize("hostile", [FORBIDDEN, "\u202eLive.ionapi", "[@click=app.quit]x.ionapi"])
def test_hostile_names_of_files_are_drawn_harmless(machine: Machine, hostile: str) -> None:
    machine.download(hostile, content=sample_bytes(cn="App\x1b[2J", ev=REMOVED))
    converse(machine, "1", page=flow.IMPORT)


def test_a_file_from_a_hand_over_page_is_stored_and_not_offered_for_deletion(machine: Machine) -> None:
    converse(machine, "5", "Acme GmbH", "", "", "", page=flow.PREREQUISITES)
    (request,) = machine.profiles.file_requests.open()
    assert request.customer == "Acme GmbH"
    machine.download("Doc2Export.ionapi.enc", encrypt(sample_bytes(), request))
    said = converse(machine, "1", "", "2", "5", "6", page=flow.IMPORT)
    assert said.has(
        "1. Doc2Export.ionapi.enc: just now", request.short_id, "Stored as acme-tst, read back and compared."
    )
    assert not any("downloaded file still holds" in line for line in said.lines)
    assert machine.profiles.file_requests.open() == ()


def test_a_path_answers_the_question_for_a_file(machine: Machine) -> None:
    machine.download("here.ionapi")
    elsewhere = machine.downloads / "older" / "elsewhere.ionapi"
    elsewhere.parent.mkdir(mode=0o700)
    elsewhere.write_bytes(sample_bytes(tenant="OTHER_TST"))
    elsewhere.chmod(0o600)
    said = converse(machine, '{"ti": "ACME_TST"}', "99", "what?", f"'{elsewhere}'", "-", page=flow.IMPORT)
    assert said.has("Which file?", "Choose “Paste the content” for it.", str(elsewhere), "OTHER_TST")
    assert said.text.count("Enter one of the numbers shown.") == 2


@pytest.mark.posix("Windows has its store")
def test_a_weak_passphrase_is_used_only_if_that_is_wished(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    services, strong = machine.services(choose_store=None), new_passphrase().reveal()
    machine.download()
    entered = ["password1", "password1", strong, strong]
    said = converse(machine, "1", "1", "", "", "2", "1", "5", "6", page=flow.IMPORT, services=services, entered=entered)
    assert said.has(
        "The passphrase is weak", "Use it anyway?", "1. Choose another one", "2. Use it", "The passphrase is strong"
    )
    assert "may ask for its password" not in said.text
