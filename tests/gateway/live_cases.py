"""Every live code with a way to bring it about at the practice tenant, and what the user has to be told.

The function, the command and the screen are tested against this one table.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ionapi_tui.domain.findings import Code, Severity, Step
from ionapi_tui.practice.listener import TlsVariant
from ionapi_tui.practice.server import PracticeTenant
from tests.samples import MARKER


@dataclass(frozen=True)
class LiveCase:
    """One thing that is wrong in the world, and the finding it has to lead to."""

    code: Code
    check: str
    """The check that finds it."""
    field: str | None
    step: Step | None
    fix: str
    """Words that the fix has to contain."""
    severity: Severity = Severity.ERROR
    fault: str | None = None
    """What to switch on, where that is not the code itself."""
    switched: bool = True
    """Whether a fault is switched on at all."""
    changes: dict[str, Any] = dataclasses.field(default_factory=dict)
    """What is different in the file."""
    trusted_hosts: tuple[str, ...] = ()
    other_gateway: bool = False
    """Whether the file names the gateway differently than the token does."""
    tls: TlsVariant | None = None
    """A practice tenant of its own, with this certificate."""

    @contextmanager
    def arranged(self, tenant: PracticeTenant) -> Iterator[dict[str, Any]]:
        """Bring it about at ``tenant``, or at one of its own, and give the document of a file for it."""
        if self.tls is not None:
            with PracticeTenant(tls=self.tls, secret_marker=MARKER) as other:
                yield other.ionapi() | self.changes
            return
        document = tenant.ionapi() | self.changes
        if self.other_gateway:
            document["iu"] = document["iu"].replace("127.0.0.1", "localhost")
        if self.switched:
            tenant.faults.on(self.fault or self.code)
        yield document
        tenant.faults.clear()


_NOWHERE = {"iu": "https://nowhere.invalid", "pu": "https://nowhere.invalid/PRACTICE_TST/as/"}
_SILENT_PORT = {"iu": "http://127.0.0.1:1", "pu": "http://127.0.0.1:1/PRACTICE_TST/as/"}

CASES: tuple[LiveCase, ...] = (
    LiveCase(
        Code.DNS, "reachable", "iu", None, "VPN", switched=False, changes=_NOWHERE, trusted_hosts=("nowhere.invalid",)
    ),
    LiveCase(
        Code.REFUSED,
        "reachable",
        "iu",
        None,
        "as soon as it runs at the same address",
        switched=False,
        changes=_SILENT_PORT,
    ),
    LiveCase(Code.TIMEOUT, "reachable", "iu", None, "firewall"),
    LiveCase(Code.TLS, "reachable", "iu", None, "trust store", tls=TlsVariant.UNKNOWN_ISSUER),
    LiveCase(Code.PROXY, "reachable", "iu", None, "HTTPS_PROXY"),
    LiveCase(Code.NOT_A_GATEWAY, "reachable", "iu", Step.SAVE_FILE, "sign in"),
    LiveCase(Code.REDIRECTED, "token", "pu", Step.SAVE_FILE, "download the file again"),
    LiveCase(Code.CLOCK_SKEW, "clock", None, None, "automatic time", Severity.WARNING),
    LiveCase(Code.INVALID_CLIENT, "token", "ci", Step.DOWNLOAD, "look for the client ID"),
    LiveCase(Code.INVALID_GRANT, "token", "saak", Step.SERVICE_ACCOUNT, "disabled"),
    LiveCase(Code.UNAUTHORIZED_CLIENT, "token", "dt", Step.NEW_APP, "Backend Service"),
    LiveCase(Code.INVALID_SCOPE, "token", "sc", Step.NEW_APP, "Scopes", changes={"sc": ["Infor-IDM"]}),
    LiveCase(Code.WRONG_TENANT, "token", "saak", Step.SAVE_FILE, "two downloads", fault="foreign-account"),
    LiveCase(Code.RATE_LIMITED, "token", "pu", None, "Wait", fault="rate-limited:retry-after=none"),
    LiveCase(Code.SERVER_ERROR, "token", "pu", None, "Try again"),
    LiveCase(Code.BAD_ANSWER, "token", "pu", Step.SAVE_FILE, "newly downloaded file"),
    LiveCase(Code.NO_REFRESH_TOKEN, "refresh", None, Step.NEW_APP, "Issue Refresh Tokens", Severity.WARNING),
    LiveCase(Code.NO_USER, "user", "saak", Step.SERVICE_ACCOUNT, "user box"),
    LiveCase(
        Code.WRONG_GATEWAY,
        "token",
        "iu",
        Step.SAVE_FILE,
        "newly downloaded file",
        Severity.WARNING,
        switched=False,
        other_gateway=True,
    ),
    LiveCase(Code.USER_INACTIVE, "user", "saak", Step.SERVICE_ACCOUNT, "activates the user", Severity.WARNING),
    LiveCase(
        Code.USER_FORBIDDEN, "user", "saak", Step.PREREQUISITES, "roles listed in the prerequisites", Severity.WARNING
    ),
    LiveCase(Code.TOKEN_REJECTED, "user", "ti", Step.SAVE_FILE, "refreshed"),
    LiveCase(Code.ROLE_MISSING, "roles", "IDM-AdvancedUser", Step.PREREQUISITES, "Security Roles"),
    LiveCase(Code.SCOPE_MISSING, "idm", "Infor-IDM", Step.SERVICE_ACCOUNT, "Scopes are enforced"),
    LiveCase(Code.IDM_FORBIDDEN, "idm", "IDM-AdvancedUser", Step.PREREQUISITES, "IDM-AdvancedUser"),
    LiveCase(Code.IDM_NOT_PROVISIONED, "idm", "ti", None, "Available APIs"),
    LiveCase(Code.IMS_UNREACHABLE, "ims", "ci", None, "connection point", Severity.WARNING),
    LiveCase(Code.IMS_CLIENT_UNKNOWN, "ims", "ci", None, "Connection Points", Severity.WARNING),
)
