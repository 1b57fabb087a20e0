"""Infor's names for roles, scopes, app types and suites, as the practice tenant knows them."""

from __future__ import annotations

from enum import Enum, StrEnum

from ionapi_tui.base.language import N_


class Role(StrEnum):
    """A security role in its canonical spelling."""

    ION_DESK_ADMIN = "IONDeskAdmin"
    ION_API_ADMINISTRATOR = "IONAPI-Administrator"
    ION_API_USER = "IONAPI-User"
    ION_API_TRACING = "IONAPI-Tracing"
    IDM_ADMINISTRATOR = "IDM-Administrator"
    IDM_ADVANCED_USER = "IDM-AdvancedUser"
    IDM_USER = "IDM-User"
    IDM_SUPER_USER = "IDM-SuperUser"
    SUITE_USER = "Infor-SuiteUser"
    MINGLE_ENTERPRISE = "MingleEnterprise"
    PORTAL_USER = "PORTAL-User"
    USER_ADMIN = "UserAdmin"
    SYSTEM_ADMINISTRATOR = "Infor-SystemAdministrator"
    IFS_APPLICATION_ADMIN = "IFSApplicationAdmin"


MANAGES_APPS = frozenset({Role.ION_API_ADMINISTRATOR})
"""The only role that adds, changes and deletes authorized apps."""
SEES_APPS = MANAGES_APPS | {Role.ION_API_USER, Role.ION_API_TRACING}
"""Whoever sees an app may download its credentials."""
MANAGES_USERS = frozenset({Role.USER_ADMIN, Role.SYSTEM_ADMINISTRATOR, Role.IFS_APPLICATION_ADMIN})
"""The roles that create users, grant roles and manage service accounts."""
USES_IDM = frozenset({Role.IDM_USER, Role.IDM_ADVANCED_USER, Role.IDM_ADMINISTRATOR, Role.IDM_SUPER_USER})
"""``IDM-User`` opens IDM's interface; the other three include it."""


class AppType(StrEnum):
    """What an authorized app is, as the portal's Type field says it."""

    WEB = N_("Web")
    MOBILE_ANDROID = N_("Mobile - Android")
    MOBILE_IOS = N_("Mobile - IOS")
    MOBILE_WINDOWS = N_("Mobile - Windows")
    BACKEND = N_("Backend Service")


TYPE_CODES = {
    # Only 12 is confirmed; the other codes are unknown and stand for "another type".
    AppType.WEB: "1",
    AppType.MOBILE_ANDROID: "2",
    AppType.MOBILE_IOS: "3",
    AppType.MOBILE_WINDOWS: "4",
    AppType.BACKEND: "12",
}
"""``dt`` in the file."""


class GrantType(StrEnum):
    """How a backend service logs in, as the portal's Grant Type field says it."""

    PASSWORD = N_("Password Credentials")
    CLIENT_CREDENTIALS = N_("Client Credentials")


class Family(StrEnum):
    """Which of Infor's two authorization servers a tenant has."""

    CLOUD = "cloud"
    ON_PREMISES = "on-premises"


SCOPES = (
    "INFOR-IFS",
    "Infor-AuditMonitor",
    "Infor-IDM",
    "Infor-ION",
    "Infor-LN",
    "Infor-M3",
    "Infor-Mingle",
    "Infor-MinglePN",
)
"""The scopes of the practice tenant; upper and lower case count."""


class Suite(Enum):
    """A suite: its name in the address and the scope that opens it when scopes are enforced."""

    IFS = ("ifsservice", "INFOR-IFS")
    IDM = ("IDM", "Infor-IDM")
    ION = ("IONSERVICES", "Infor-ION")
    M3 = ("M3", "Infor-M3")
    MINGLE = ("Mingle", "Infor-Mingle")

    @property
    def path(self) -> str:
        """The segment behind the tenant."""
        return str(self.value[0])

    @property
    def scope(self) -> str:
        """The scope it needs (that users/me needs INFOR-IFS is inferred)."""
        return str(self.value[1])


SUITES = {suite.path: suite for suite in Suite}
"""The suites by their segment."""
