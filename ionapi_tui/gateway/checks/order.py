"""The order of the checks."""

from typing import Final

from ionapi_tui.gateway.checks import clock, file, idm, ims, ln, m3, reachable, refresh, roles, token, user
from ionapi_tui.gateway.checks.check import Check

CHECKS: Final[tuple[Check, ...]] = (
    file.CHECK,
    reachable.CHECK,
    clock.CHECK,
    token.CHECK,
    refresh.CHECK,
    user.CHECK,
    roles.CHECK,
    idm.CHECK,
    ims.CHECK,
    m3.CHECK,
    ln.CHECK,
)
