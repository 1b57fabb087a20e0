"""The tenants and users of a new practice tenant: a user for every part of the guide."""

from __future__ import annotations

from ionapi_tui.practice.names import Family, Role
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.people import Tenant

ADMINISTRATOR = "practice.admin"
SERVICE_USER = "practice.service"
SERVICE_USER_WITHOUT_IDM = "practice.service.noidm"
SERVICE_USERS = frozenset({SERVICE_USER, SERVICE_USER_WITHOUT_IDM})
"""Users for programs, who cannot sign in to a real portal."""
VIEWER = "practice.viewer"
CLERK = "practice.clerk"
USER_MANAGER = "practice.security"

_USERS = (
    (
        ADMINISTRATOR,
        "Practice Administrator",
        (Role.ION_DESK_ADMIN, Role.ION_API_ADMINISTRATOR, Role.IDM_ADMINISTRATOR, Role.SUITE_USER),
    ),
    (SERVICE_USER, "Practice Service", (Role.IDM_ADVANCED_USER, Role.SUITE_USER, Role.MINGLE_ENTERPRISE)),
    (SERVICE_USER_WITHOUT_IDM, "Practice Service-Without-IDM", (Role.SUITE_USER, Role.MINGLE_ENTERPRISE)),
    (VIEWER, "Practice Viewer", (Role.ION_API_USER, Role.SUITE_USER)),
    (CLERK, "Practice Clerk", (Role.SUITE_USER,)),
    (USER_MANAGER, "Practice Security", (Role.USER_ADMIN, Role.SUITE_USER)),
)

LONG_TENANT = "PRACTICE9LONG4ID_TST"
"""A tenant named in the newer way: sixteen characters and the environment."""
TENANT_WITHOUT_IDM = "PRACTICE_DEV"
ON_PREMISES_TENANT = "infor"


def seed(state: State, tenant: str) -> None:
    """Fill a new practice tenant; one that has users already stays as it is."""
    with state.database.transaction():
        state.tenants.add(Tenant(tenant, Family.CLOUD, has_idm=True))
        state.tenants.add(Tenant(LONG_TENANT, Family.CLOUD, has_idm=True))
        state.tenants.add(Tenant(TENANT_WITHOUT_IDM, Family.CLOUD, has_idm=False))
        state.tenants.add(Tenant(ON_PREMISES_TENANT, Family.ON_PREMISES, has_idm=True))
        if not state.people.all():
            for user_name, full_name, roles in _USERS:
                state.people.add(user_name, full_name, roles)
