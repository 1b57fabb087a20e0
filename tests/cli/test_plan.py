"""``plan`` and ``start``: the tenants that need a file."""

from __future__ import annotations

import json
from pathlib import Path

import pexpect
import pytest

from ionapi_tui import cli as command_line
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.profile_store.progress import Progress
from ionapi_tui.usecases.services import Services
from tests.cli.conftest import SCRIPT, Cli, write_registry
from tests.fixtures.terminal import end_of
from tests.samples import as_bytes, random_secret, sample

ADDRESS = "https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_PRD"


def test_tenants_are_planned_listed_and_removed(cli: Cli) -> None:
    added = cli("plan", "add", "ACME_TST", f"{ADDRESS}/start", "--customer", "Acme", "--contact", "ann@acme.example")
    assert (added.code, added.out, added.err) == (0, "ACME_TST\nACME_PRD\n", "2 tenants were added.\n")
    assert cli("plan", "add", "acme_tst", "--json").json == {"added": [], "changed": []}
    changed = cli("plan", "add", "ACME_TST", "--service-user", "doc.service", "--json")
    assert changed.json == {"added": [], "changed": ["ACME_TST"]}
    rows = cli("plan", "list", "--json").json
    assert rows[1] == {
        "tenant": "ACME_PRD",
        "customer": "Acme",
        "contact": "ann@acme.example",
        "service_user": None,
        "portal": ADDRESS,
        "stage": "planned",
        "step": None,
        "profile": None,
    }
    listed = cli("plan", "list")
    assert [line.split()[0] for line in listed.out.splitlines()] == ["TENANT", "ACME_TST", "ACME_PRD"]
    assert cli("plan").out == listed.out
    removed = cli("plan", "remove", "acme_tst")
    assert (removed.code, removed.out) == (0, "ACME_TST\n")
    assert [row["tenant"] for row in cli("plan", "list", "--json").json] == ["ACME_PRD"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_from_a_file_as_a_spreadsheet_writes_it(cli: Cli, tmp_path: Path, encoding: str) -> None:
    table = tmp_path / "tenants.csv"
    table.write_text("Kunde;Tenant;Kontakt\r\nMüller AG;ACME_TST;Jürgen\r\n", encoding=encoding)
    assert cli("plan", "add", "--from", str(table)).code == 0
    assert cli("plan", "list", "--json").json[0]["customer"] == "Müller AG"


def test_a_list_is_read_from_standard_input(cli: Cli) -> None:
    assert cli("plan", "add", "--from", "-", stdin=b"ACME_TST\nGLOBEX_PRD\n").out == "ACME_TST\nGLOBEX_PRD\n"


@pytest.mark.keyring
@pytest.mark.usefixtures("in_private_keyring")
def test_a_file_that_is_imported_takes_on_the_line_of_its_tenant(cli: Cli, tmp_path: Path) -> None:
    cli("plan", "add", "ACME_TST", "--contact", "ann@acme.example", "--service-user", "doc.service")
    file = tmp_path / "Doc2Export.ionapi"
    file.write_bytes(as_bytes(sample()))
    assert cli("import", str(file)).code == 0
    beside = cli("import", str(file), "--name", "acme-too")
    assert (beside.code, beside.out) == (0, "acme-too\n")
    assert "The same app is also stored as acme-tst." in beside.err
    cli("remove", "acme-too", "--confirm", "acme-too")
    again = cli("plan", "add", "ACME_PRD", "ACME_DEV")
    assert "There is already" not in again.err
    cli("plan", "remove", "ACME_TST", "ACME_PRD", "ACME_DEV")
    back = cli("plan", "add", "ACME_TST", "--contact", "ann@acme.example")
    assert back.err == "1 tenant was added. There is already a profile for ACME_TST.\n"
    file.unlink()
    (row,) = cli("plan", "list", "--json").json
    assert (row["stage"], row["profile"]) == ("stored", "acme-tst")
    notes = cli("show", "acme-tst", "--json").json["notes"]
    assert notes == {"service_user": "doc.service", "contact": "ann@acme.example", "ticket": None}
    assert cli("plan", "list", "--stage", "waiting").err == "No planned tenant is at this stage.\n"


@pytest.mark.keyring
@pytest.mark.usefixtures("in_private_keyring")
def test_a_folder_of_files_takes_on_the_lines_of_its_tenants(cli: Cli, tmp_path: Path) -> None:
    cli("plan", "add", "ACME_TST", "GLOBEX_PRD", "OTHER_DEV")
    folder = tmp_path / "downloads"
    folder.mkdir()
    for tenant in ("ACME_TST", "GLOBEX_PRD"):
        (folder / f"{tenant}.ionapi").write_bytes(as_bytes(sample(tenant=tenant)))
    assert cli("import", str(folder), "--delete-file").code == 0
    assert [row["stage"] for row in cli("plan", "list", "--json").json] == ["stored", "stored", "planned"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["plan", "add"], 2, "Enter tenants, or a file with --from."),
        (["plan", "add", "ACME_TST", "--from", "x"], 2, "Enter tenants, or a file with --from."),
        (["plan", "add", "--from", "x", "--customer", "Acme"], 2, "the file says customer"),
        (["plan", "add", "--from", "not-there.csv"], 3, "cannot be read"),
        (["plan", "add", "hello"], 2, "neither a tenant, such as ACME_TST"),
        (["plan", "remove", "ACME_TST"], 4, "ACME_TST is not in the tenant plan."),
        (["start", "hello"], 2, "neither a tenant, such as ACME_TST"),
    ],
)
def test_what_cannot_be_done_says_why(cli: Cli, arguments: list[str], code: int, words: str) -> None:
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert words in " ".join(ran.err.split())


def test_nothing_secret_gets_into_the_plan(cli: Cli, own_home: Path) -> None:
    secret = random_secret()
    ran = cli("plan", "add", "ACME_TST", "--contact", secret)
    assert (ran.code, ran.out) == (2, "")
    assert secret not in ran.err
    assert not (own_home / "ionapi-tui" / "plan.json").exists()


def test_an_empty_plan_says_how_to_begin(cli: Cli) -> None:
    ran = cli("plan", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "ionapi-tui plan add TENANT" in ran.err
    assert cli("plan", "list", "--json").json == []


def test_start_opens_the_guide_of_a_tenant_where_it_was_left(cli: Cli, own_home: Path) -> None:
    first = cli("start", "acme_tst", "--plain", stdin=b"1\n1\n6\n7\n")
    assert first.code == 0
    assert "Prerequisites" in first.out
    progress = json.loads((own_home / "ionapi-tui" / "progress.json").read_bytes())
    assert [(one["tenant"], one["step"]) for one in progress["guides"]] == [("ACME_TST", "2")]
    again = cli("start", ADDRESS, "--plain", stdin=b"6\n8\n")
    assert "Prerequisites" in again.out
    back = cli("start", "ACME_TST", "--plain", stdin=b"6\n8\n")
    assert "Step 2 of 5" in back.out
    assert "Continue: ACME_PRD" in back.out
    rows = {row["tenant"]: row for row in cli("plan", "list", "--json").json}
    assert (rows["ACME_TST"]["stage"], rows["ACME_TST"]["step"]) == ("waiting", "2")
    assert rows["ACME_PRD"]["portal"] == ADDRESS


def test_where_a_guide_was_left_is_said_only_after_its_prerequisites(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = Services()
    services.plan.add([PlannedTenant("ACME_TST"), PlannedTenant("GLOBEX_TST")])
    services.progress.save(Progress(tenant="ACME_TST", step=flow.PREREQUISITES))
    services.progress.save(Progress(tenant="GLOBEX_TST", step="2"))
    assert command_line.run(["plan", "list"]) == 0
    shown = capsys.readouterr().out
    assert "Prerequisites" not in shown
    assert "waiting for the file (Step 2 of 5)" in shown


@pytest.mark.terminal
def test_a_terminal_shows_the_whole_stage_and_the_beginnings_of_customer_and_contact(own_home: Path) -> None:
    services = Services()
    services.plan.add([PlannedTenant("ACME_TST", "The Acme Corporation and Sons", "ann.of.acme@mail.acme.example")])
    services.progress.save(Progress(tenant="ACME_TST", step="5"))
    terminal = pexpect.spawn(SCRIPT, ["plan", "list"], encoding="utf-8", timeout=60, dimensions=(24, 80))
    assert end_of(terminal) == 0
    heading, line = str(terminal.before).splitlines()
    assert "  waiting for the file (Step 5 of 5)" in line
    assert "  The Acme" in line
    assert len(line) <= 80
    assert heading.split() == ["TENANT", "CUSTOMER", "CONTACT", "STAGE", "PROFILE"]


@pytest.mark.parametrize("is_known", [False, True])
def test_starting_says_that_a_tenant_was_added(own_home: Path, cli: Cli, is_known: bool) -> None:
    if is_known:
        Services().plan.add([PlannedTenant("ACME_TST")])
    ran = cli("start", "acme_tst", "--plain")
    assert ("ACME_TST was added to the tenant plan." in ran.out) is not is_known
    assert [one.tenant for one in Services().plan.load()] == ["ACME_TST"]
    assert cli("start", "not a tenant").code == 2


def test_starting_a_tenant_that_is_probably_misspelt_plans_nothing(own_home: Path, cli: Cli) -> None:
    Services().plan.add([PlannedTenant("ACME_TST")])
    write_registry(own_home, "globex-prd", ti="GLOBEX_PRD")
    ran = cli("start", "acme_tts", "--plain")
    assert (ran.code, ran.out) == (2, "")
    sentence = "There is no planned tenant ACME_TTS. Did you mean ACME_TST? To plan it: ionapi-tui plan add ACME_TTS"
    assert sentence in " ".join(ran.err.split())
    assert "Did you mean GLOBEX_PRD?" in " ".join(cli("start", "GLOBX_PRD", "--plain").err.split())
    assert [one.tenant for one in Services().plan.load()] == ["ACME_TST"]
    assert cli("start", "ACME_PRD", "--plain").code == 0, "the other environments of a customer are no mistake"
    assert cli("plan", "add", "ACME_TTS").code == 0
    assert cli("start", "ACME_TTS", "--plain").code == 0
    address = ADDRESS.replace("ACME_PRD", "ACMEE_TST")
    assert cli("start", address, "--plain").code == 0, "an address from the browser is not typed"
