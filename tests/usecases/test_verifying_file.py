"""A file is verified as a profile is, and nothing of it is kept anywhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.inspection import Inspection, inspect
from ionapi_tui.files.reading import inspect_file
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from ionapi_tui.usecases.services import Services
from ionapi_tui.usecases.verifying import document_of, of_file, unconfirmed_hosts, verify_file, with_hosts
from tests.samples import MARKER, as_bytes, client_credentials

ELSEWHERE = {"iu": "https://inforos.invalid:7443"}


@pytest.fixture
def tenant() -> Iterator[PracticeTenant]:
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        yield tenant


def inspected(document: dict[str, Any]) -> Inspection:
    return inspect(as_bytes(document))


async def test_it_works_without_a_store_a_registry_or_a_cache(tenant: PracticeTenant, tmp_path: Path) -> None:
    def refuse() -> NoReturn:
        raise AssertionError("a password store was looked for")

    home = tmp_path / "files-of-the-program"
    services = Services(Paths(home), choose_store=refuse, network=lambda: Network(total=30))
    inspection = inspected(tenant.ionapi())
    verification = await verify_file(inspection, of_file(inspection, "a.ionapi"), services.network, deadline=60)
    assert verification.ok
    assert not home.exists()
    assert "profiles" not in vars(services)
    assert "stores" not in vars(services)
    assert len(tenant.requests.token_requests) == 1
    # The refresh token and the access token.
    assert len(tenant.requests.of(Surface.REVOKE)) == 2


async def test_its_findings_are_those_of_the_file_itself(tenant: PracticeTenant, own_home: Path) -> None:
    file = own_home / "downloads" / "OneDrive" / "a.ionapi"
    file.parent.mkdir(parents=True)
    # Twice the same key, as no stored profile has it.
    file.write_text(json.dumps(tenant.ionapi()).replace('{"ti"', '{"v": "1.0", "ti"', 1))
    file.chmod(0o600)
    inspection = inspect_file(file)
    verification = await verify_file(inspection, of_file(inspection), Network(total=30), deadline=60)
    (result, *_others) = verification.results
    assert result.id == "file"
    assert {Code.DUPLICATE_KEY, Code.EXPOSED_FILE} <= {finding.code for finding in result.findings}
    assert verification.findings[0] in result.findings
    assert verification.ok


async def test_nothing_is_sent_before_its_hosts_are_confirmed(tenant: PracticeTenant) -> None:
    inspection = inspected(tenant.ionapi() | ELSEWHERE)
    profile = of_file(inspection)
    assert unconfirmed_hosts(profile) == ("inforos.invalid",)
    refused = await verify_file(inspection, profile, Network(total=30))
    assert [one.code for one in refused.findings if one.severity == "error"] == [Code.UNKNOWN_HOST]
    assert not len(tenant.requests)
    with pytest.raises(UsageError, match=r"inforos\.invalid"):
        with_hosts(profile, ["other.invalid"])
    confirmed = with_hosts(profile, ["InforOS.invalid"])
    assert unconfirmed_hosts(confirmed) == ()
    verification = await verify_file(inspection, confirmed, Network(total=30))
    found = {one.code for one in verification.findings}
    assert Code.DNS in found
    assert Code.UNKNOWN_HOST not in found


async def test_the_token_is_revoked_when_somebody_leaves_in_the_middle(tenant: PracticeTenant) -> None:
    tenant.faults.on("timeout", strikes="idm")
    inspection, reached = inspected(tenant.ionapi()), asyncio.Event()
    verifying = asyncio.create_task(
        verify_file(
            inspection,
            of_file(inspection),
            Network(total=600),
            lambda result: reached.set() if result.id == "idm" else None,
            deadline=600,
        )
    )
    await reached.wait()
    verifying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await verifying
    assert tenant.requests.of(Surface.REVOKE)


async def test_it_is_verified_for_the_export_that_was_asked_for(tenant: PracticeTenant) -> None:
    inspection = inspected(tenant.ionapi())
    profile = of_file(inspection, "a.ionapi", ExportTarget.LN)
    verification = await verify_file(inspection, profile, Network(total=30), deadline=60)
    assert verification.results[-1].id == "ln"
    assert document_of(profile, verification)["export_target"] == "ln"


def test_a_file_that_cannot_be_used_has_the_same_shape_for_programs() -> None:
    inspection = inspected(client_credentials())
    document = document_of(of_file(inspection, "", ExportTarget.ION), None, inspection.findings)
    assert (document["name"], document["ok"], document["checks"]) == (None, False, [])
    assert document["export_target"] == "ion"
    assert "no-service-account" in {finding["code"] for finding in document["findings"]}
