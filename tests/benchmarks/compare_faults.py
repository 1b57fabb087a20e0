"""What other clients for these files say when something is wrong, beside what this program says.

Run it with ``python -m tests.benchmarks.compare_faults``; it fetches the clients from the package index into a virtual
environment under ``.make`` and prints a table in Markdown. Each client does what it can do with a file: ``tap-infor``
and ``inforion`` log in; then the token that came is used as their users would, on ``users/me`` and on IDM.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code, Step
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.verify import verify
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from tests.fixtures.foreign_clients import INFORION, TAP_INFOR
from tests.gateway.live_cases import CASES, LiveCase
from tests.samples import MARKER

VENV: Final = Path(__file__).parents[2] / ".make" / "peers"
LIMIT: Final = 20
"""Seconds that a client gets before it counts as hanging."""

_THEN: Final = """
import requests
document = json.load(open(sys.argv[1]))
for path in ("ifsservice/usermgt/v2/users/me", "IDM/api/datamodel/entities"):
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    requests.get(f"{document['iu']}/{document['ti']}/{path}", headers=headers, timeout=15).raise_for_status()
"""
RECORDED: Final = (
    LiveCase(Code.UNAUTHORIZED_CLIENT, "token", "dt", Step.NEW_APP, "Grant Type", fault="wrong-grant"),
    LiveCase(Code.INVALID_GRANT, "token", "saak", Step.SERVICE_ACCOUNT, "disabled", fault="account-not-authorised"),
    LiveCase(Code.SERVER_ERROR, "token", "pu", None, "Try again", fault="temporarily-unavailable"),
    LiveCase(Code.ROLE_MISSING, "roles", "IDM-AdvancedUser", None, "Security Roles", fault="distribution-group"),
)
"""Refusals in the words of live tenants, which have a code in common with another case."""

PEERS: Final = {"tap-infor": TAP_INFOR + _THEN, "inforion": INFORION + _THEN}


def main() -> int:
    """Print the table; return 0 when this program named every cause."""
    python = _peers()
    print("| wrong | " + " | ".join(["ionapi-tui", *PEERS]) + " |")
    print("|---" * (len(PEERS) + 2) + "|")
    named = 0
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        for case in (*CASES, *RECORDED):
            with case.arranged(tenant) as document:
                own = asyncio.run(_own(case, document))
                theirs = [_told(python, program, document) for program in PEERS.values()]
            named += own.startswith(f"**{case.code}**")
            print(f"| {case.fault or case.code} | " + " | ".join([own, *theirs]) + " |", flush=True)
    return 0 if named == len(CASES) + len(RECORDED) else 1


def _peers() -> Path:
    python = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        for packages in (["requests", "tap-infor"], ["--no-deps", "inforion"]):
            subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


async def _own(case: LiveCase, document: dict[str, Any]) -> str:
    network = Network(total=3, trusted_hosts=frozenset(case.trusted_hosts))
    verification = await verify(Credentials.from_document(document), network=network)
    found = next((finding for finding in verification.findings if finding.code is case.code), None)
    return "not found" if found is None else f"**{found.code}** {_cell(found.message)}"


def _told(python: Path, program: str, document: dict[str, Any]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "practice.ionapi")
        path.write_text(json.dumps(document))
        try:
            done = subprocess.run(
                [str(python), "-c", program, str(path)], capture_output=True, text=True, timeout=LIMIT, check=False
            )
        except subprocess.TimeoutExpired:
            return f"hangs for {LIMIT} s and more"
    if done.returncode == 0:
        return "says nothing"
    said = (done.stderr.strip().splitlines() or ["fails without a word"])[-1]
    leaked = " (shows a secret)" if MARKER in done.stdout + done.stderr else ""
    return _cell(said) + leaked


def _cell(text: str) -> str:
    cut = text if len(text) <= 100 else text[:99] + "…"
    return cut.replace("|", "\\|").replace(MARKER, "…")


if __name__ == "__main__":
    sys.exit(main())
