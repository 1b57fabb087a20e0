"""Where secrets go, in the app: a vault on a bare machine, unlocking, choosing, moving."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path

import pytest
from textual.widgets import Input

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import BINDING_KEY
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.dialogs.confirm import ConfirmMove, ConfirmStronger
from ionapi_tui.ui.dialogs.passphrase import NewPassphrase, UnlockDialog
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.store import StorePage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.widgets.choices import Choices
from ionapi_tui.ui.widgets.frame import TopBar
from ionapi_tui.usecases.services import Services
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.shelf import some_credentials
from tests.fixtures.vaults import KeePassXC, new_passphrase, new_vault
from tests.samples import sample
from tests.ui.driving import NARROW, Person, running
from tests.ui.reviewing import reviewed

SLOW = 60.0
"""Seconds that the real cost of a passphrase may take on a busy machine."""


@pytest.fixture
def home(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's folder on a machine without any keyring."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    return own_home / "ionapi-tui"


def app() -> IonApiApp:
    """The app as it starts on this machine."""
    started = IonApiApp(Services(), notice_seconds=600)
    started.animation_level = "none"
    return started


def profiles(home: Path, passphrase: Secret) -> ProfileStore:
    """The profiles, as another process sees them that knows the passphrase."""
    stores = Stores(30, home=home, ask=lambda _question: passphrase)
    return ProfileStore(Registry(home / "profiles.json"), stores.open, ProcessLock(home / "lock"))


def vault_with_profile(home: Path) -> Secret:
    """Make a vault with one profile in it, in use, and return its passphrase."""
    passphrase = new_passphrase()
    new_vault(home / "vault.kdbx", passphrase)
    stores = Stores(30, home=home)
    stores.use("kdbx")
    profiles(home, passphrase).add(some_credentials(), "acme-tst")
    return passphrase


async def types(person: Person, line: str, passphrase: Secret) -> None:
    """Type a passphrase into a line; what is typed is never on the screen, which the person looks at each time."""
    await person.until(lambda: person.app.screen.query(f"#{line}"))
    field = person.app.screen.query_one(f"#{line}", Input)
    field.focus()
    await person.until(lambda: field.has_focus)
    field.value = passphrase.reveal()
    person.screen()


@pytest.mark.posix("Windows has its store")
async def test_on_a_bare_machine_a_vault_is_made_and_the_file_is_stored_in_it(home: Path, own_home: Path) -> None:
    passphrase, document = new_passphrase(), sample()
    downloads = own_home / "downloads"
    downloads.mkdir()
    (downloads / "Doc2Export.ionapi").write_text(json.dumps(document))
    async with running(app()) as person:
        await person.is_on(WelcomePage)
        await person.sees("Create a vault", "No password store was found")
        assert person.app.screen.query_one(Choices).highlighted == 0, "what was first before the store was looked for"
        await person.press("down", "enter")
        await person.is_on(NewPassphrase)
        await types(person, "first", Secret("hello you"))
        await person.sees("weak")
        await types(person, "second", Secret("hello you"))
        await person.press("enter")
        await person.sees("This passphrase can be guessed. Press Enter once more to use it anyway")
        await types(person, "first", passphrase)
        await person.sees("strong, about")
        await types(person, "second", passphrase)
        await person.press("enter")
        await person.until(lambda: person.app.state.store.label, SLOW)
        assert person.app.state.store.key == "kdbx"
        await person.sees("KeePass vault vault.kdbx ●")
        await person.press("i")
        await person.sees("Doc2Export.ionapi just now")
        await person.press("enter")
        await reviewed(person)
        await person.press("ctrl+s")
        await person.until(lambda: "Stored as acme-tst" in person.text(), SLOW)
    tool = KeePassXC(home / "vault.kdbx", passphrase)
    kept = json.loads(tool.password("ionapi-tui/acme-tst"))
    assert kept.pop(BINDING_KEY)
    assert kept == {key: document[key] for key in ("cs", "saak", "sask")}


@pytest.mark.posix("Windows has its store")
async def test_the_key_that_stores_makes_a_vault_first_and_then_stores_at_once(home: Path, own_home: Path) -> None:
    passphrase, document = new_passphrase(), sample()
    downloads = own_home / "downloads"
    downloads.mkdir()
    (downloads / "Doc2Export.ionapi").write_text(json.dumps(document))
    async with running(app(), NARROW) as person:
        await person.goes_to("import", ImportPage)
        await person.sees("The app creates a vault before it stores a file.", "Doc2Export.ionapi just now")
        await person.press("enter")
        await reviewed(person)
        await person.sees("No password store was found on this computer. Press Enter to create a vault")
        await person.opens("ctrl+s", NewPassphrase)
        await person.press("escape")
        await person.sees("Press Enter to create a vault")
        name = person.app.screen.query_one("#name", Input)
        await person.until(lambda: name.has_focus)
        await person.opens("ctrl+s", NewPassphrase)
        assert name.disabled, "what is typed now is a passphrase, also before its dialog is there"
        await types(person, "first", passphrase)
        await types(person, "second", passphrase)
        await person.press("enter")
        await person.is_notified("Encrypting the vault")
        # Once more while it works makes no second vault.
        await person.press("ctrl+s")
        await person.until(lambda: "Stored as acme-tst" in person.text(), SLOW)
    assert KeePassXC(home / "vault.kdbx", passphrase).titles() == ["acme-tst"]


async def test_unlocking_a_vault_that_is_not_there_makes_it_and_moving_needs_profiles(home: Path) -> None:
    async with running(app(), NARROW) as person:
        page = await person.opens("f2", StorePage)
        await person.until(lambda: page.seen)
        assert page.seen
        page.query_one(Choices).highlighted = [one.key for one in page.seen].index("kdbx")
        await person.press("m")
        await person.is_notified("There are no profiles to move.")
        await person.opens("u", NewPassphrase)


@pytest.mark.posix("Windows has its store")
async def test_what_is_wrong_with_a_passphrase_stands_below_its_field_and_the_warning_stays(home: Path) -> None:
    def lines(person: Person) -> list[str]:
        # Beside the dialog there is what it lies above.
        return [" ".join(max(line.split("│"), key=len).split()) for line in person.screen().splitlines()]

    def below(person: Person, label: str, words: str) -> bool:
        shown = lines(person)
        at = next(number for number, line in enumerate(shown) if line == label)
        return any(words in line for line in shown[at + 1 : at + 5])

    async with running(app(), NARROW) as person:
        await person.sees("Create a vault", "you already have an .ionapi file")
        await person.press("down", "enter")
        dialog = await person.is_on(NewPassphrase)
        warning = "Its passphrase cannot be"
        await person.sees(warning, "At least 8 characters", "Enter confirms.", "Generate one")
        await types(person, "first", Secret("short"))
        await person.press("enter")
        await person.until(lambda: below(person, "Passphrase", "at least 8 characters"))
        assert dialog.query_one("#first", Input).has_focus
        await types(person, "first", new_passphrase())
        await person.until(lambda: "at least 8 characters" not in person.text())
        await types(person, "second", new_passphrase())
        await person.press("enter")
        await person.until(lambda: below(person, "Repeat passphrase", "The passphrases do not match."))
        await person.sees(warning)
        await person.press("a")
        await person.until(lambda: "do not match" not in person.text())
        await person.opens("escape", WelcomePage)
    assert not (home / "vault.kdbx").exists()


@pytest.mark.posix("Windows has its store")
async def test_a_passphrase_is_generated_shown_and_opens_the_vault(home: Path) -> None:
    async with running(app(), NARROW) as person:
        await person.sees("Create a vault")
        await person.press("down", "enter")
        dialog = await person.is_on(NewPassphrase)
        await person.press("ctrl+g")
        await person.sees("Save it in your password manager", "strong, about")
        generated = Secret(dialog.query_one("#first", Input).value)
        assert generated.reveal() in person.text()
        # What is shown is what will be used: with the first change it goes.
        await person.press("shift+tab", "end", "a")
        await person.until(lambda: generated.reveal() not in person.text())
        await person.press("ctrl+g")
        await person.sees("Save it in your password manager, then press Enter.")
        generated = Secret(dialog.query_one("#first", Input).value)
        await person.press("enter")
        await person.until(lambda: person.app.state.store.label, SLOW)
        assert generated.reveal() not in person.text()
        await person.until(lambda: person.app.screen.query_one(TopBar).store.label)
        assert not person.app.state.store.locked
    profiles(home, generated).add(some_credentials(), "acme-tst")
    assert KeePassXC(home / "vault.kdbx", generated).titles() == ["acme-tst"]


async def test_the_passphrase_is_asked_once_a_run_and_a_wrong_one_is_told(home: Path) -> None:
    passphrase = vault_with_profile(home)
    started = app()
    async with running(started) as person:
        await person.is_on(HomePage)
        await person.sees("KeePass vault vault.kdbx locked ●")
        asked = asyncio.get_running_loop().run_in_executor(
            None, lambda: started.services.profiles.credentials("acme-tst")
        )
        await person.is_on(UnlockDialog)
        await types(person, "passphrase", Secret("wrong"))
        await person.press("enter")
        await person.sees("does not open KeePass vault")
        await types(person, "passphrase", passphrase)
        await person.press("enter")
        # The vaults of tests cost a guesser nothing.
        await person.is_on(ConfirmStronger)
        await person.press("escape")
        credentials = await asked
        await person.until(lambda: not person.app.state.store.locked)
        assert credentials == started.services.profiles.credentials("acme-tst")
        await person.is_on(HomePage)


class CountedLock:
    """A lock that knows how many have come to it."""

    def __init__(self) -> None:
        self.come: list[None] = []
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self.come.append(None)
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


async def test_many_at_once_are_one_question_and_one_no_is_for_all(home: Path) -> None:
    vault_with_profile(home)
    started = app()
    lock = CountedLock()
    started.services.stores = Stores(home=home, unlocking=lock)
    async with running(started) as person:
        loop = asyncio.get_running_loop()
        waiting = [
            loop.run_in_executor(None, lambda: started.services.profiles.credentials("acme-tst")) for _one in range(4)
        ]
        # Who comes after the no asks anew.
        await person.until(lambda: len(lock.come) == 4 and isinstance(person.app.screen, UnlockDialog))
        await person.press("escape")
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        assert all("is locked" in str(answer) for answer in answers)
        await person.is_on(HomePage)


@pytest.mark.posix("KWallet is for Linux")
async def test_every_store_is_shown_with_why_and_esc_leads_back(home: Path) -> None:
    vault_with_profile(home)
    async with running(app(), NARROW) as person:
        page = await person.opens("f2", StorePage)
        await person.until(lambda: page.seen)
        await person.sees(
            "New secrets are stored in KeePass vault vault.kdbx. You have chosen it.", "locked, 1 profile"
        )
        await person.sees("KWallet not available, 0 profiles")
        await person.press("f1")
        await person.sees("what is already stored stays where it is")
        await person.press("escape", "m")
        await person.sees("All profiles are already there.", "Use this one")
        await person.opens("escape", HomePage)


async def test_a_store_that_is_away_is_shown_as_such_and_its_profile_stays(home: Path) -> None:
    vault_with_profile(home)
    (home / "vault.kdbx").rename(home / "away.kdbx")
    async with running(app()) as person:
        await person.sees("acme-tst", "store missing", "which is not available now (F2)")
        await person.press("f2")
        await person.sees("not available, 1 profile")
        await person.press("u")
        await person.sees("was not found")


@pytest.mark.posix("KWallet is for Linux")
async def test_moving_to_a_store_that_is_away_says_why_and_asks_nothing(home: Path) -> None:
    vault_with_profile(home)
    async with running(app()) as person:
        page = await person.opens("f2", StorePage)
        await person.until(lambda: page.seen)
        assert page.seen
        page.query_one(Choices).highlighted = [one.key for one in page.seen].index("keyring:KWallet")
        await person.press("m")
        await person.is_notified("KWallet is not available: ")
        await person.is_notified("Nothing was moved.")
        assert isinstance(person.app.screen, StorePage)


@pytest.mark.keyring
async def test_profiles_move_from_the_vault_to_the_keyring(in_own_keyring: PrivateKeyring, home: Path) -> None:
    passphrase = vault_with_profile(home)
    before = profiles(home, passphrase).credentials("acme-tst")
    async with running(app()) as person:
        page = await person.opens("f2", StorePage)
        await person.until(lambda: page.seen)
        assert page.seen
        number = [one.key for one in page.seen].index("keyring:SecretService")
        page.query_one(Choices).highlighted = number
        await person.press("enter")
        await person.sees("New secrets are stored in GNOME Keyring")
        page.query_one(Choices).highlighted = [one.key for one in page.seen].index("keyring:SecretService")
        await person.opens("m", ConfirmMove)
        await person.sees("Move 1 profile to GNOME Keyring?", "acme-tst")
        await person.opens("escape", StorePage)
        assert in_own_keyring.items() == {}
        await person.opens("m", ConfirmMove)
        await person.press("enter")
        await person.is_on(UnlockDialog)
        await types(person, "passphrase", passphrase)
        await person.press("enter")
        await person.is_on(ConfirmStronger)
        await person.press("enter")
        await person.sees("GNOME Keyring ready, 1 profile")
        await person.is_notified("Moved to GNOME Keyring: 1 profile.")
    assert len(in_own_keyring.items()) == 1
    assert profiles(home, passphrase).credentials("acme-tst") == before


@pytest.mark.keyring
async def test_a_locked_keyring_leaves_the_app_alive_and_says_what_it_waits_for(
    in_own_keyring: PrivateKeyring, home: Path
) -> None:
    in_own_keyring.lock()
    with in_own_keyring.ignored_prompts():
        async with running(app()) as person:
            page = await person.opens("f2", StorePage)
            await person.until(lambda: page.seen)
            await person.sees(
                "GNOME Keyring locked", "There is no desktop here to ask", "gnome-keyring-daemon --replace"
            )
            await person.press("u")
            await person.sees("Waiting for GNOME Keyring")
            await person.sees("If a window of your desktop asks for its password")
            await person.opens("escape", WelcomePage)
