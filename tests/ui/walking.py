"""A walk over everything the app can show."""

from __future__ import annotations

from collections.abc import AsyncIterator

from ionapi_tui.domain.profile import Checked
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui import messages
from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.widgets.frame import KeyBar
from tests.samples import as_bytes, client_credentials
from tests.ui.driving import Person
from tests.ui.machine import Machine

WIZARD = ("welcome", "prerequisites", "1", "2", "3", "4", "5", "import", "next-steps")


def furnish(machine: Machine) -> Machine:
    """Give ``machine`` profiles of every kind, and a good and a bad file."""
    for tenant in ("ACME_PRD", "ACME_TST", "ACME_DEV", "ACME_AX1"):
        machine.store(tenant)
    failed = "IDM-AdvancedUser, IDM-AdvancedUser, IDM-AdvancedUser, IDM-AdvancedUser"
    machine.record_check("acme-prd", Checked("2026-01-01T00:00:00Z", ok=True))
    machine.record_check("acme-tst", Checked("2026-01-01T00:00:00Z", ok=False, headline=failed))
    machine.download("Good.ionapi", tenant="GLOBEX_TST", ru="https://app.acme.example/callback")
    machine.download("Bad.ionapi", content=as_bytes(client_credentials()))
    return machine


async def everything(person: Person, machine: Machine) -> AsyncIterator[str]:
    """Yield the name of each page and dialog while it is on the screen, settled."""
    app = person.app
    profile = next(one for one in machine.profiles.profiles() if one.name == "acme-prd")
    for page in ("home", *WIZARD):
        app.show(page)
        await person.until(lambda: is_laid_out(app))
        await settled(person)
        yield page
    asked = {
        "request": lambda: app.post_message(messages.ShowRequest("Hello,\nplease.")),
        "hand-over": lambda: app.post_message(messages.HandOver()),
        "small guide": lambda: app.post_message(messages.PlayGuide("docbits")),
        "good file": lambda: app.post_message(messages.Picked(machine.downloads / "Good.ionapi")),
        "bad file": lambda: app.post_message(messages.Picked(machine.downloads / "Bad.ionapi")),
        "profile": lambda: app.post_message(messages.ShowProfile(profile)),
        "remove": lambda: app.post_message(messages.Remove(profile)),
        "stores": app.action_stores,
        "keys": app.action_keys,
        "help": app.action_help,
    }
    for name, ask in asked.items():
        before = app.screen
        ask()
        await person.until(lambda before=before: app.screen is not before and is_laid_out(app))  # type: ignore[misc]
        await settled(person)
        yield name
        await person.press("escape")
        await person.until(lambda before=before: app.screen is before)  # type: ignore[misc]


async def aftermaths(person: Person, machine: Machine, tenant: PracticeTenant) -> AsyncIterator[str]:
    """Yield what comes of storing a file, and of verifying what lacks a role and what is complete."""
    app = person.app
    app.show("import")
    await person.until(lambda: is_laid_out(app))
    await settled(person)
    app.post_message(messages.Picked(machine.downloads / "Good.ionapi"))
    await person.until(lambda: app.screen.query("#name") and not app.screen.query_one("#name").disabled)
    await person.press("ctrl+s")
    await person.until(lambda: any(one.tenant == "GLOBEX_TST" for one in machine.profiles.profiles()))
    await settled(person)
    yield "stored file"
    await person.press("escape")
    for variant in ("missing-role", "good"):
        page = app.screen
        document = tenant.ionapi(variant)
        profile = machine.store(**{"tenant": document["ti"], "name": variant, **document})
        app.post_message(messages.Verify(profile))
        await person.until(lambda page=page: app.screen is not page)  # type: ignore[misc]
        await person.until(lambda: getattr(app.screen, "verification", None) is not None)
        await settled(person)
        yield f"verified {variant}"
        await person.press("escape")
        await person.until(lambda page=page: app.screen is page)  # type: ignore[misc]


async def settled(person: Person) -> None:
    """Wait until two looks in a row show the same, and something at all."""
    shown: list[object] = []
    while shown != (shown := list(person.segments())) or not shown:
        await person.pilot.pause(0.05)


def is_laid_out(app: IonApiApp) -> bool:
    """Return whether the screen in front has got as far as its last line."""
    bars = app.screen.query(KeyBar)
    return bool(bars) and bars.first().size.width > 0
