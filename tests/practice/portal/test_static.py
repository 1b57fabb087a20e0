"""The portal's style and icon."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from ionapi_tui.practice.server import PracticeTenant, create_application


def open_files() -> set[str]:
    """Return the names of the files this process has open."""
    names = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            names.add(descriptor.readlink().name)
        except FileNotFoundError:
            continue
    return names


@pytest.mark.parametrize(("name", "kind"), [("portal.css", "text/css"), ("icon.svg", "image/svg+xml")])
@pytest.mark.posix("looks into /proc")
def test_nothing_is_open_any_more_when_it_is_sent(tenant: PracticeTenant, name: str, kind: str) -> None:
    browser = create_application(tenant.state, tenant.tenant, tenant.faults).test_client()
    answer = browser.get(f"/portal/static/{name}", buffered=False)
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert name not in open_files()
    assert answer.get_data() == (files("ionapi_tui.practice.portal") / "static" / name).read_bytes()
    again = browser.get(f"/portal/static/{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
