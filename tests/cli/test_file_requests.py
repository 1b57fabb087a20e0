"""File requests through the installed program and a real GNOME Keyring: created, listed, answered, withdrawn."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ionapi_tui.domain.handover.file_request import FileRequest
from tests.cli.conftest import Cli
from tests.fixtures.encrypting import encrypt
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import as_bytes, client_credentials, sample_bytes

pytestmark = pytest.mark.keyring


def request_in(page: str) -> FileRequest:
    """Return the file request of a page, as the browser of the recipient knows it."""
    found = re.search(r'id="box-data">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    return FileRequest(data["request"], "", "", "", data["key"])


@pytest.fixture
def request_of_acme(cli: Cli, tmp_path: Path, in_private_keyring: PrivateKeyring) -> FileRequest:
    """The file request of a page that was just written."""
    ran = cli("guide", "--for", "Acme GmbH", "--output", str(tmp_path))
    assert ran.code == 0, ran.err
    request = request_in(Path(ran.out.strip()).read_text("utf-8"))
    assert f"(file request {request.short_id})" in " ".join(ran.err.split())
    return request


def test_a_page_makes_a_request_and_the_file_that_comes_back_is_imported(
    cli: Cli, downloads: Path, request_of_acme: FileRequest
) -> None:
    listed = cli("guide", "--requests")
    assert (listed.code, listed.err) == (0, "")
    assert re.fullmatch(rf"{request_of_acme.short_id}  \d{{4}}-\d\d-\d\d  Acme GmbH\n", listed.out)
    (one,) = cli("guide", "--requests", "--json").json
    assert (one["id"], one["customer"], one["state"]) == (request_of_acme.id, "Acme GmbH", "open")
    file = downloads / "Doc2Export.ionapi.enc"
    file.write_bytes(encrypt(sample_bytes(), request_of_acme))
    checked = cli("check", str(file), "--json")
    assert [finding["code"] for finding in checked.json["findings"]] == ["answers-request"]
    imported = cli("import", str(file), "--delete-file")
    assert (imported.code, imported.out) == (0, "acme-tst\n"), imported.err
    assert f"{request_of_acme.short_id} for Acme GmbH" in " ".join(imported.err.split())
    assert not file.exists()
    assert cli("guide", "--requests").out == ""
    assert cli("show", "acme-tst").code == 0
    file.write_bytes(encrypt(sample_bytes(), request_of_acme))
    again = cli("import", str(file), "--json")
    assert again.code == 3
    assert [finding["code"] for finding in again.json["findings"]] == ["encrypted-used"]


def test_it_may_come_through_a_pipe_and_in_a_folder(
    cli: Cli, downloads: Path, tmp_path: Path, request_of_acme: FileRequest
) -> None:
    piped = cli("check", "-", "--json", stdin=encrypt(as_bytes(client_credentials()), request_of_acme))
    assert piped.code == 3
    assert {finding["code"] for finding in piped.json["findings"]} == {"no-service-account", "answers-request"}
    (downloads / "a.ionapi.enc").write_bytes(encrypt(sample_bytes(tenant="GLOBEX_DEV"), request_of_acme))
    imported = cli("import", str(downloads))
    assert imported.code == 0, imported.err
    assert "globex-dev" in imported.out


def test_a_withdrawn_request_opens_nothing(cli: Cli, downloads: Path, request_of_acme: FileRequest) -> None:
    ran = cli("guide", "--withdraw", request_of_acme.short_id)
    assert (ran.code, ran.out) == (0, "")
    assert "Acme GmbH" in ran.err
    assert cli("guide", "--withdraw", request_of_acme.short_id).code == 4
    file = downloads / "a.ionapi.enc"
    file.write_bytes(encrypt(sample_bytes(), request_of_acme))
    ran = cli("import", str(file), "--json")
    assert ran.code == 3
    assert [finding["code"] for finding in ran.json["findings"]] == ["encrypted-withdrawn"]


def test_without_a_password_store_the_page_has_no_box_and_that_is_said(cli: Cli, tmp_path: Path) -> None:
    ran = cli("guide", "--for", "Acme", "--output", str(tmp_path))
    assert ran.code == 0
    assert "The page has no box to encrypt the file:" in " ".join(ran.err.split())
    assert "box-data" not in Path(ran.out.strip()).read_text("utf-8")
    assert cli("guide", "--requests").out == ""


def test_markdown_makes_no_request(cli: Cli, tmp_path: Path, in_private_keyring: PrivateKeyring) -> None:
    assert cli("guide", "--for", "Acme", "--format", "md", "--output", str(tmp_path)).code == 0
    assert cli("guide", "--requests").out == ""


def test_a_page_that_cannot_be_written_leaves_no_request(
    cli: Cli, tmp_path: Path, in_private_keyring: PrivateKeyring
) -> None:
    (tmp_path / "file").write_text("")
    assert cli("guide", "--for", "Acme", "--output", str(tmp_path / "file")).code == 1
    assert cli("guide", "--requests").out == ""


@pytest.mark.parametrize(
    "arguments",
    [["--requests", "--plain"], ["--requests", "--for", "X"], ["--withdraw", "1", "--requests"], ["--json"]],
    ids=" ".join,
)
def test_options_that_exclude_each_other_are_refused(cli: Cli, arguments: list[str]) -> None:
    ran = cli("guide", *arguments)
    assert ran.code == 2
    assert set(ran.json) == {"error"} if "--json" in arguments else ran.out == ""
