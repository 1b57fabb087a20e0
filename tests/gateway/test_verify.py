from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.domain.findings.live_codes import LIVE_CODES
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.gateway.verify import CheckResult, Status, Verification, checks_for, verify
from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.gateway import recorded_cases, target_cases
from tests.gateway.live_cases import CASES, LiveCase
from tests.gateway.test_tokens import Shelf
from tests.samples import MARKER


async def walk(document: dict[str, Any] | Credentials, network: Network | None = None, **options: Any) -> Verification:
    credentials = document if isinstance(document, Credentials) else Credentials.from_document(document)
    return await verify(credentials, network=network or Network(total=30), **options)


def statuses(verification: Verification) -> dict[str, str]:
    return {result.id: result.status.value for result in verification.results}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
async def test_every_live_code_is_found_and_explained(case: LiveCase, tenant: PracticeTenant) -> None:
    # In a hurry only where that is what is tested.
    total = 2 if case.code is Code.TIMEOUT else 30
    network = Network(total=total, trusted_hosts=frozenset(case.trusted_hosts))
    with case.arranged(tenant) as document:
        verification = await walk(document, network)
    found = [finding for finding in verification.findings if finding.code is case.code]
    assert len(found) == 1, verification.findings
    finding = found[0]
    assert (finding.field, finding.step, finding.severity) == (case.field, case.step, case.severity)
    assert case.fix in finding.fix
    assert "{" not in finding.message + finding.fix
    result = next(result for result in verification.results if result.id == case.check)
    assert result.status is (Status.FAILED if case.severity is Severity.ERROR else Status.WARNED)
    assert finding in result.findings
    assert verification.ok is (case.severity is not Severity.ERROR)
    other = {finding.code for finding in verification.findings} - {case.code}
    assert other <= {Code.INSECURE_URL, Code.SCOPES_PRESENT}, "one cause, one finding"
    assert MARKER not in repr(verification) + json.dumps(verification.as_json())


def test_the_tables_have_every_live_code() -> None:
    recorded = {code for case in recorded_cases.CASES for code, _severity in case.findings}
    of_targets = {case.code for case in target_cases.CASES} | {Code.LN_NOT_CHECKED}
    assert {case.code for case in CASES} | recorded | of_targets == set(LIVE_CODES)


async def test_good_credentials_pass_with_one_token(tenant: PracticeTenant, good: Credentials) -> None:
    verification = await walk(good)
    assert verification.ok
    assert statuses(verification) == {check.id: "passed" for check in checks_for(None)}
    assert {finding.severity for finding in verification.findings} == {Severity.INFO}
    assert verification.headline == "", "a practice run without mistakes ends without warnings"
    assert " ".join(check.id for check in checks_for(None)) == "file reachable clock token refresh user roles idm ims"
    assert len(tenant.requests.token_requests) == 1
    assert "document type" in verification.not_proven


@pytest.mark.parametrize(
    ("variant", "codes"),
    [
        ("v1.1-scopes", []),
        ("on-premises", []),
        ("long-tenant", []),
        ("no-user", [Code.NO_USER]),
        ("no-refresh-token", [Code.NO_REFRESH_TOKEN]),
        ("missing-role", [Code.ROLE_MISSING, Code.IDM_FORBIDDEN]),
        ("disabled-account", [Code.INVALID_GRANT]),
        ("deleted-account", [Code.INVALID_GRANT]),
        ("deleted-app", [Code.INVALID_CLIENT]),
        ("no-idm", [Code.IDM_NOT_PROVISIONED]),
        ("no-service-account", [Code.NO_SERVICE_ACCOUNT]),
        ("web-app", [Code.WRONG_APP_TYPE]),
    ],
)
async def test_each_mistake_made_in_the_portal_leads_to_its_finding(
    variant: str, codes: list[Code], tenant: PracticeTenant
) -> None:
    verification = await walk(tenant.ionapi(variant))
    told = {Code.INSECURE_URL, Code.SCOPES_PRESENT}
    found = [finding.code for finding in verification.findings if finding.code not in told]
    assert found == codes


async def test_a_scope_that_the_service_account_lacks_is_named(tenant: PracticeTenant) -> None:
    verification = await walk(tenant.ionapi("missing-scope"))
    lacking = {
        (finding.field, finding.severity) for finding in verification.findings if finding.code == "scope-missing"
    }
    assert ("Infor-IDM", Severity.ERROR) in lacking
    assert ("INFOR-IFS", Severity.ERROR) not in lacking
    assert statuses(verification)["idm"] == "failed"


async def test_what_means_nothing_after_a_failure_is_skipped_with_the_reason(
    tenant: PracticeTenant, good: Credentials
) -> None:
    tenant.faults.on("invalid-client")
    verification = await walk(good)
    skipped = [result for result in verification.results if result.status is Status.SKIPPED]
    assert [result.id for result in skipped] == ["refresh", "user", "roles", "idm", "ims"]
    assert all("needs" in result.detail for result in skipped)
    assert len(tenant.requests.of(Surface.SUITES)) == 0


async def test_each_check_is_told_when_it_starts_and_when_it_ends(tenant: PracticeTenant, good: Credentials) -> None:
    told: list[CheckResult] = []
    verification = await walk(good, on_progress=told.append)
    # The clocks are compared last, with everything that the other checks brought, and listed in their place.
    checks = checks_for(None)
    order = [check.id for check in checks if check.id != "clock"] + ["clock"]
    assert [(result.id, result.status.is_final) for result in told] == [
        (check, final) for check in order for final in (False, True)
    ]
    assert {result.id: result for result in told[1::2]} == {result.id: result for result in verification.results}
    assert [result.id for result in verification.results] == [check.id for check in checks]
    # A clock of Windows may stand still for 16 milliseconds.
    assert sum(result.seconds for result in verification.results) > 0
    assert all(result.title for result in verification.results)


async def test_it_can_be_cancelled_at_any_check(tenant: PracticeTenant, good: Credentials) -> None:
    surfaces = {"reachable": "root", "token": "token", "user": "users", "idm": "idm", "ims": "ims"}
    for stop, surface in surfaces.items():
        tenant.faults.clear()
        tenant.faults.on("timeout", strikes=surface)
        reached = asyncio.Event()

        def tell(result: CheckResult, stop: str = stop, reached: asyncio.Event = reached) -> None:
            if result.id == stop:
                reached.set()

        walking = asyncio.create_task(walk(good, Network(total=600), on_progress=tell))
        await reached.wait()
        await asyncio.sleep(0)
        walking.cancel()
        # The server would take a minute.
        async with asyncio.timeout(30):
            with pytest.raises(asyncio.CancelledError):
                await walking


async def test_a_token_that_nobody_takes_is_revoked_also_when_it_is_cancelled(
    tenant: PracticeTenant, good: Credentials
) -> None:
    tenant.faults.on("timeout", strikes="idm")
    reached = asyncio.Event()
    walking = asyncio.create_task(
        walk(
            good,
            Network(total=600),
            on_progress=lambda result: reached.set() if result.id == "idm" else None,
            revoke_seconds=60,
        )
    )
    await reached.wait()
    walking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await walking
    assert len(tenant.requests.token_requests) == 1
    assert tenant.requests.of(Surface.REVOKE)


async def test_a_token_that_nobody_takes_is_revoked_when_a_signal_comes_between_two_requests(
    tenant: PracticeTenant, good: Credentials
) -> None:
    def end(result: CheckResult) -> None:
        # What a signal handler does when the program is not waiting.
        if result.id == "idm":
            raise SystemExit(143)

    with pytest.raises(SystemExit):
        await walk(good, Network(total=600), on_progress=end, revoke_seconds=60)
    assert tenant.requests.of(Surface.REVOKE)


async def test_all_checks_together_have_one_deadline(tenant: PracticeTenant, good: Credentials) -> None:
    tenant.faults.on("timeout", strikes="idm")
    verification = await walk(good, Network(total=600), deadline=5.0)
    assert statuses(verification)["idm"] == "failed"
    assert statuses(verification)["ims"] == "skipped"
    assert [finding.code for finding in verification.findings if finding.severity == "error"] == [Code.TIMEOUT]


@pytest.mark.parametrize("fault", ["slow", "huge-body", "cut-off", "timeout"])
@pytest.mark.parametrize("surface", ["root", "token", "users", "idm", "ims"])
async def test_no_server_can_hold_it_up(fault: str, surface: str, tenant: PracticeTenant, good: Credentials) -> None:
    tenant.faults.on(fault, strikes=surface)
    total = 30.0 if fault in {"huge-body", "cut-off"} else 3.0 if surface == "ims" else 0.5
    async with asyncio.timeout(60):
        verification = await walk(good, Network(total=total))
    if surface == "ims" or (fault == "huge-body" and surface == "idm"):
        # ION is not needed for exports to IDM; of IDM's long answer the beginning is enough.
        assert verification.ok
    else:
        assert not verification.ok


async def test_a_token_that_a_source_takes_over_is_kept_and_one_that_nobody_takes_is_given_back(
    tenant: PracticeTenant, good: Credentials
) -> None:
    shelf = Shelf()
    source = TokenSource(good, Network(total=30), cache=shelf)
    await walk(good, source=source)
    assert shelf.saved == 1
    assert not tenant.requests.of(Surface.REVOKE)
    source.token()
    assert len(tenant.requests.token_requests) == 1
    await walk(good, revoke_seconds=60)
    assert len(tenant.requests.of(Surface.REVOKE)) == 2


class Unwritable(Shelf):
    """A store that fails."""

    def save(self, text: object) -> None:
        raise StoreFailed("full")


async def test_a_store_that_fails_says_nothing_about_the_credentials(tenant: PracticeTenant, good: Credentials) -> None:
    assert (await walk(good, source=TokenSource(good, cache=Unwritable()))).ok


async def test_the_facts_about_the_token_are_told(tenant: PracticeTenant) -> None:
    facts = (await walk(tenant.ionapi("v1.1-scopes"))).facts
    told = {group.origin: dict(group.facts) for group in facts.groups()}
    assert list(told) == [
        "From Infor's responses",
        "From the access token (signature not checked)",
        "Compared on this computer",
    ]
    answered, claimed, compared = told.values()
    assert answered["Acting user"] == "Practice Service"
    assert answered["Relevant roles"] == "IDM-AdvancedUser, Infor-SuiteUser, MingleEnterprise"
    assert answered["Lifetime"] == "120 minutes"
    assert "Infor-IDM" in answered["Granted scopes"]
    assert claimed["Tenant"] == "PRACTICE_TST"
    assert compared["Tenant in the file"] == "PRACTICE_TST"
    assert facts.clock_difference is not None
    assert abs(facts.clock_difference) < 5


async def test_little_is_told_when_little_is_known(tenant: PracticeTenant, good: Credentials) -> None:
    tenant.faults.on("invalid-grant")
    (only,) = (await walk(good)).facts.groups()
    assert [label for label, _text in only.facts] == ["Tenant in the file", "This computer's clock"]


async def test_the_headline_is_the_worst_of_it(tenant: PracticeTenant, good: Credentials) -> None:
    tenant.faults.on("idm-not-provisioned")
    assert "not found in the tenant" in (await walk(good)).headline


async def test_what_infor_reports_comes_before_what_is_in_the_file(tenant: PracticeTenant, good: Credentials) -> None:
    tenant.faults.on("no-refresh-token")
    in_file = Finding(Code.CLIENT_PREFIX, "ci", {"label": "", "tenant": "", "separator": "", "reason": ""})
    verification = await walk(good, file_findings=(in_file,))
    live, other, *_notes = verification.findings
    assert (live.code, other.code) == (Code.NO_REFRESH_TOKEN, Code.CLIENT_PREFIX)
    assert verification.headline == live.message


async def test_the_shape_for_programs_is_the_documented_one(tenant: PracticeTenant, good: Credentials) -> None:
    tenant.faults.on("role-missing")
    document = json.loads(json.dumps((await walk(good)).as_json()))
    assert set(document) == {"ok", "checks", "findings", "export_target"}
    assert document["ok"] is False
    assert document["checks"][3] == {"id": "token", "status": "passed", "detail": "issued for 120 minutes"}
    assert document["findings"][0]["code"] == "role-missing"
    assert set(document["findings"][0]) == {"code", "severity", "field", "message", "fix", "step"}


async def test_nothing_is_sent_to_a_host_before_the_user_has_confirmed_it(tenant: PracticeTenant) -> None:
    document = tenant.ionapi() | {"iu": "https://inforos.acme.example:7443"}
    refused = await walk(document)
    assert statuses(refused)["file"] == "failed"
    assert [(one.code, one.field) for one in refused.findings if one.severity == "error"] == [("unknown-host", "iu")]
    confirmed = await walk(document, Network(total=30, trusted_hosts=frozenset({"inforos.acme.example"})))
    assert statuses(confirmed)["file"] != "failed"
    assert Code.UNKNOWN_HOST not in {finding.code for finding in confirmed.findings}
    assert not tenant.requests.token_requests


async def test_what_a_server_writes_reaches_nobody_raw(tenant: PracticeTenant, good: Credentials) -> None:
    for fault in ("escape-codes", "echo-secret"):
        tenant.faults.clear()
        tenant.faults.on(fault)
        verification = await walk(good)
        shown = json.dumps(verification.as_json(), ensure_ascii=False) + repr(verification)
        assert shown.isprintable()
        assert MARKER not in shown


async def test_a_token_that_cannot_be_given_back_says_nothing_about_the_credentials(
    tenant: PracticeTenant, good: Credentials
) -> None:
    tenant.faults.on("cut-off", strikes="revoke")
    assert (await walk(good)).ok
