"""A file from the portal to a verified profile on another computer, encrypted on the way, as two people would do it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import run
from tests.fixtures.chromium import chromium
from tests.fixtures.leaks import leaking_files
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import MARKER

pytestmark = [pytest.mark.browser, pytest.mark.keyring]


def test_the_file_travels_encrypted_and_works_where_it_arrives(
    tmp_path: Path, in_private_keyring: PrivateKeyring
) -> None:
    mail = tmp_path / "mail"
    written = run("guide", "--for", "Acme GmbH", "--output", str(mail))
    assert written.code == 0, written.err
    with PracticeTenant(secret_marker=MARKER) as tenant, chromium() as browser:
        page = browser.new_page()
        page.goto(Path(written.out.strip()).as_uri())
        content = json.dumps(tenant.ionapi()).encode()
        page.set_input_files(
            "#box-file", {"name": "Doc2Export.ionapi", "mimeType": "application/json", "buffer": content}
        )
        expect(page.locator("#box-result.see")).to_be_visible()
        with page.expect_download() as download:
            page.click("#box-result a.button")
        sent = mail / download.value.suggested_filename
        download.value.save_as(sent)
        page.close()
        assert leaking_files(mail) == []
        imported = run("import", str(sent), "--name", "travelled", "--verify", "--json")
    assert imported.code == 0, imported.err
    assert imported.json["verification"]["ok"]
    assert "answers-request" in {finding["code"] for finding in imported.json["findings"]}
    assert run("guide", "--requests").out == ""
    assert run("check", str(sent), "--json").json["findings"][0]["code"] == "encrypted-used"
