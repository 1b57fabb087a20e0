"""Whatever stands in a file or in the list of profiles: it is drawn as symbols, does nothing, and breaks nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.ui.messages import StoreInUse
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.screens.bulk_import import BulkImportPage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.widgets.file_chooser import FileList
from ionapi_tui.ui.widgets.profile_table import ProfileTable
from tests.samples import as_bytes, sample
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.machine import Machine
from tests.ui.reviewing import reviewed

ATTACKS = {
    "escape": "\x1b[2J\x1b[31mred",
    "clipboard": "\x1b]52;c;cHduZWQ=\x07",
    "link": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "c1": "\x9b2J\x9d52;c;eA==\x9c",
    "bidi": "abc\u202efdp.exe\u2066",
    "invisible": "a\u200bb\u200dc\ufeff\u00ad",
    "nul": "a\0b\r\nc\td",
    "markup": "[red]x[/red][bold]",
    "closing": "[/][/ [/nothing]",
    "action": "[@click=app.quit]x[/]",
    "rich": "[link=https://evil.example]y[/link]",
    "piles": "e" + "\u0301" * 50,
    "braces": "{name} {0} %s %(x)d",
}
MIXED = ["".join(list(ATTACKS.values())[start::4]) for start in range(4)]
"""All of them in four pieces, where one after the other would take long."""
KEYS = ("ti", "cn", "dt", "ci", "iu", "pu", "oa", "ot", "or", "ev", "v", "ru", "sc", "unknown")


def assert_harmless(person: Person) -> None:
    """Fail when anything on the screen is more than text to read."""
    for segment in person.segments():
        assert segment.text.isprintable(), repr(segment.text)
        assert segment.control is None
        if segment.style is not None:
            assert segment.style.link is None
            assert "app.quit" not in str(segment.style.meta)
    assert person.app.is_running
    assert person.app.clipboard == ""


def hostile_profile(name: str, attack: str) -> Profile:
    """Return a profile with the attack in every field that comes from a file."""
    public = dict.fromkeys(KEYS, attack)
    checked = Checked("2026-11-22T07:00:00+00:00", ok=False, headline=attack)
    return Profile(
        name.encode().hex().ljust(16, "0")[-16:],
        name,
        f"keyring:{attack}",
        "2026-11-22T07:00:00+00:00",
        public,
        checked,
    )


async def test_a_file_with_an_attack_in_every_field_is_reviewed_harmlessly(machine: Machine) -> None:
    async with running(machine.app(), (120, 60)) as person:
        for attack in MIXED:
            changes = dict.fromkeys(KEYS, attack) | {f"key {attack}": attack}
            machine.download(content=as_bytes(sample() | changes))
            await person.goes_to("import", ImportPage)
            await person.paste(str(machine.downloads / "Doc2Export.ionapi"))
            await reviewed(person)
            await person.sees("This file")
            assert_harmless(person)
            await person.opens("escape", ImportPage)


async def test_a_file_that_can_be_stored_is_stored_under_a_harmless_name_and_shown_harmlessly(
    machine: Machine,
) -> None:
    """The name of the app is the one field in which nearly anything is allowed."""
    async with running(machine.app()) as person:
        for attack in ("[@click=app.quit]x[/]", "[/", "{name}"):
            machine.download(content=as_bytes(sample(cn=attack, tenant="ACME_PRD")))
            await person.goes_to("import", ImportPage)
            await person.paste(str(machine.downloads / "Doc2Export.ionapi"))
            await reviewed(person)
            await person.press("ctrl+s")
            await person.sees("read back and compared")
            assert_harmless(person)
            await person.opens("enter", NextStepsPage)
            await person.sees("Stored: acme-prd")
            assert_harmless(person)
    assert len(machine.profiles.profiles()) == 3


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_profiles_with_attacks_are_listed_found_opened_and_removed_harmlessly(
    machine: Machine, size: tuple[int, int]
) -> None:
    profiles = tuple(hostile_profile(f"acme-{kind}", attack) for kind, attack in ATTACKS.items())
    async with running(machine.app(), size) as person:
        page = await person.goes_to("home", HomePage)
        table = page.query_one(ProfileTable)
        person.app.context.update(profiles=profiles)
        await person.sees("acme-escape")
        assert_harmless(person)
        seen = set()
        for line in range(len(ATTACKS)):
            await person.until(lambda line=line: table.cursor == line)  # type: ignore[misc]
            assert table.current
            seen.add(table.current.name)
            kind = table.current.name.removeprefix("acme-")
            await person.press("enter")
            await person.until(lambda: person.app.screen is not page)
            await person.sees("Client ID", f"acme-{kind}")
            assert_harmless(person)
            await person.opens("escape", HomePage)
            await person.press("x")
            await person.sees(f"Remove acme-{kind}?")
            assert_harmless(person)
            await person.opens("escape", HomePage)
            await person.press("down")
        assert len(seen) == len(ATTACKS)
        await person.press("ctrl+p")
        await person.until(lambda: person.app.screen.is_modal)
        await person.press(*"acme")
        await person.sees("acme-escape")
        assert_harmless(person)


async def test_what_was_stored_last_is_shown_harmlessly_on_every_page(machine: Machine) -> None:
    async with running(machine.app()) as person:
        for attack in MIXED:
            profile = hostile_profile("acme", attack)
            person.app.context.update(stored=profile, profiles=(profile,))
            for page in ("next-steps", "welcome", "import"):
                await person.goes_to(page, Page)
                await person.pilot.pause(0)
                assert_harmless(person)


@pytest.mark.posix("Windows allows no such names")
async def test_file_names_with_attacks_are_listed_and_opened_harmlessly(machine: Machine) -> None:
    attacks = [attack.replace("/", "∕").replace("\0", "") for attack in ATTACKS.values()]
    for attack in attacks:
        path = machine.download(f"{attack[:60]}.ionapi", content=b"{}")
        os.utime(path, (path.stat().st_mtime - 3700,) * 2)
    async with running(machine.app(), (120, 60)) as person:
        page = await person.goes_to("import", ImportPage)
        await person.until(lambda: page.query_one(FileList).option_count == len(attacks))
        await person.sees(".ionapi 1 hour ago")
        assert_harmless(person)
        for _file in attacks:
            await person.press("enter")
            await reviewed(person)
            await person.sees("This file cannot be used")
            assert_harmless(person)
            await person.opens("escape", ImportPage)
            await person.press("down")


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "unreadable", "50 MB", "200,000 levels"])
@pytest.mark.posix("symbolic links need a right on Windows")
async def test_what_is_no_file_to_read_is_a_finding_and_never_a_hang(machine: Machine, kind: str) -> None:
    machine.downloads.mkdir()
    path = machine.downloads / "strange.ionapi"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "unreadable":
        path.symlink_to("/proc/self/mem")
    elif kind == "50 MB":
        path.touch()
        os.truncate(path, 50_000_000)
    else:
        path.write_bytes(b'{"cn":' + b"[" * 200_000)
    async with running(machine.app()) as person:
        await person.goes_to("import", ImportPage)
        await person.paste(str(path))
        if kind == "folder":
            # It is no file, but may hold some.
            await person.is_on(BulkImportPage)
        else:
            await reviewed(person)
            await person.sees("This file cannot be used", "1 error")
        assert_harmless(person)


async def test_a_store_with_a_strange_name_and_reason_is_shown_harmlessly(machine: Machine) -> None:
    """They come from this machine's settings; what makes them safe is the store, what draws them is no markup."""
    async with running(machine.app()) as person:
        for attack in ("[@click=app.quit]x[/]", "[/", "{label}"):
            person.app.context.update(store=StoreInUse(known=True, label=attack, key="k", reason=attack))
            await person.pilot.pause(0)
            assert_harmless(person)
            person.app.context.update(store=replace(StoreInUse(known=True), reason=attack))
            await person.pilot.pause(0)
            assert_harmless(person)
