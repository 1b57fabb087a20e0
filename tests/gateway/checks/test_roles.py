from __future__ import annotations

from ionapi_tui.domain.findings import Severity
from ionapi_tui.gateway.checks.check import Status
from ionapi_tui.gateway.checks.roles import CHECK
from ionapi_tui.gateway.users import User
from tests.gateway.checks.walking import outcome_of


async def test_each_missing_role_is_a_finding_of_its_own() -> None:
    outcome, _run = await outcome_of(CHECK, b"", user=User("guid", "Service", ("Everyone",)))
    assert [(one.field, one.severity) for one in outcome.findings] == [
        ("IDM-AdvancedUser", Severity.ERROR),
        ("Infor-SuiteUser", Severity.WARNING),
        ("MingleEnterprise", Severity.WARNING),
    ]
    assert outcome.detail == "missing: IDM-AdvancedUser, Infor-SuiteUser, MingleEnterprise"


async def test_roles_that_are_not_listed_cannot_be_missed() -> None:
    outcome, _run = await outcome_of(CHECK, b"", user=User("guid", "Service", None))
    assert outcome.status is Status.SKIPPED
