"""Somebody changes a plain file of ours: nothing reaches the address they chose, it is said once, one step mends it.

The table is each way to change a file with each way to use a profile. A real socket listens at the address.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

import ionapi_tui
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.cli import run
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.profile_store.binding import AddressesChanged
from ionapi_tui.usecases import backup, exporting
from ionapi_tui.usecases.rotation import Rotation
from ionapi_tui.usecases.services import Services
from ionapi_tui.usecases.verifying import verify_all, verify_one
from tests.fixtures import tampering
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.program import PROGRAM

pytestmark = pytest.mark.keyring

NAME: Final = "acme-tst"
OTHER: Final = "acme-prd"

Entries = list[dict[str, Any]]


class Trap:
    """A socket that counts who connects to it, and answers nobody."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.connections = 0
        self._closing = False
        self._thread = threading.Thread(target=self._count, daemon=True)
        self._thread.start()

    def _count(self) -> None:
        while not self._closing:
            connection, _address = self._socket.accept()
            self.connections += 1
            connection.close()

    def close(self) -> None:
        """Stop listening."""
        # Closing alone does not wake a thread that waits in accept, and Windows shuts no listening socket down.
        self._closing = True
        socket.create_connection(self._socket.getsockname()).close()
        self._thread.join(30)
        self._socket.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.close()


@dataclass(frozen=True)
class Scene:
    """A machine with two profiles that work and whose tokens are cached, and somebody who can write its files."""

    home: Path
    trap: Trap
    tenant: PracticeTenant

    @property
    def services(self) -> Services:
        """What a new process works with."""
        return Services()

    def edit(self, change: Callable[[Entries], object]) -> None:
        """Change the entries of the list of profiles."""
        tampering.edit(self.home / "profiles.json", change)


@pytest.fixture
def scene(
    own_home: Path,
    in_private_keyring: PrivateKeyring,
    monkeypatch: pytest.MonkeyPatch,
    tenant: PracticeTenant,
    trap: Trap,
) -> Scene:
    home = own_home / "ours"
    monkeypatch.setenv("IONAPI_TUI_HOME", str(home))
    services = Services()
    for name, variant in ((NAME, "good"), (OTHER, "v1.1-scopes")):
        services.profiles.add(Credentials.from_document(tenant.ionapi(variant)), name)
        services.access(name)
    tenant.requests.clear()
    return Scene(home, trap, tenant)


# The ways to change a file


def _field(key: str, value: Callable[[Trap], object]) -> Callable[[Scene], None]:
    return lambda scene: scene.edit(lambda entries: entries[0]["public"].update({key: value(scene.trap)}))


def _path(key: str) -> Callable[[Scene], None]:
    return _field(key, lambda trap: f"{trap.url}/{key}")


def _swapped(key: str) -> Callable[[Scene], None]:
    def swap(entries: Entries) -> None:
        entries[0][key], entries[1][key] = entries[1][key], entries[0][key]

    return lambda scene: scene.edit(swap)


def _an_old_copy_is_put_back(scene: Scene) -> None:
    copy = scene.home.with_name("copy")
    # The old copy is one in which the profile led elsewhere: it has been restored since.
    scene.edit(lambda entries: entries[0]["public"].update(iu=scene.trap.url, pu=f"{scene.trap.url}/"))
    shutil.copytree(scene.home, copy)
    found = scene.services.profiles.survey().differing
    scene.services.profiles.restore({one.listed.id for one in found})
    shutil.rmtree(scene.home)
    shutil.move(copy, scene.home)


CHANGES: Final[dict[str, Callable[[Scene], None]]] = {
    "the gateway": _field("iu", lambda trap: trap.url),
    "the authorization server": _field("pu", lambda trap: f"{trap.url}/"),
    "the authorization path": _path("oa"),
    "the token path": _path("ot"),
    "the revocation path": _path("or"),
    "another token path of the server": _field("ot", lambda _trap: "../elsewhere"),
    "the client ID": _field("ci", lambda _trap: "ACME_TST~another"),
    "the tenant": _field("ti", lambda _trap: "ACME_PRD"),
    "a missing gateway": lambda scene: scene.edit(lambda entries: entries[0]["public"].pop("iu")),
    "a confirmed host": lambda scene: scene.edit(lambda entries: entries[0].update(trusted_hosts=["take.example"])),
    "ids of two profiles exchanged": _swapped("id"),
    "names of two profiles exchanged": _swapped("name"),
    "addresses of two profiles exchanged": _swapped("public"),
    "an old copy of the folder": _an_old_copy_is_put_back,
}
"""Each is refused."""


def _progress(scene: Scene) -> None:
    (scene.home / "progress.json").write_text(json.dumps({"guide": scene.trap.url, "step": scene.trap.url}))


def _settings(scene: Scene) -> None:
    document = {"version": 1, "use": f"kdbx:{scene.home}/theirs.kdbx", "known": [scene.trap.url]}
    (scene.home / "store.json").write_text(json.dumps(document))


def _stamp(scene: Scene) -> None:
    for stamp in (scene.home / "tokens").glob("*.stamp"):
        stamp.write_text(scene.trap.url)


HARMLESS: Final[dict[str, Callable[[Scene], None]]] = {
    "the progress file": _progress,
    "the settings file": _settings,
    "the stamp of the cached token": _stamp,
}
"""None decides where something is sent: everything works as before, at the stored address."""


# The ways to use a profile


def _command(*arguments: str) -> Callable[[Scene], None]:
    def call(_scene: Scene) -> None:
        code = run(arguments)
        if code:
            raise CommandFailed(code)

    return call


class CommandFailed(Exception):
    """A command did not end with 0."""

    @property
    def code(self) -> int:
        """The exit code."""
        return int(self.args[0])


def _exec(*options: str) -> Callable[[Scene], None]:
    def call(_scene: Scene) -> None:
        command = [PROGRAM, "exec", NAME, *options, "--", sys.executable, "-c", ""]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))
        sys.stderr.write(done.stderr)
        if done.returncode:
            raise CommandFailed(done.returncode)

    return call


def _signed(scene: Scene) -> None:
    url = f"{scene.services.profiles.profile(NAME).gateway}/anything"
    with httpx.Client(auth=ionapi_tui.IonApiAuth(NAME)) as client:
        client.get(url)


def _client(_scene: Scene) -> None:
    with ionapi_tui.client(NAME) as client:
        client.get("IDM/api/datamodel/entities")


async def _verified(scene: Scene) -> None:
    connections = scene.services.connections
    (one,) = await verify_all(connections, [connections.profiles.profile(NAME)])
    if one.error is not None:
        raise one.error


def _without_cache(scene: Scene) -> None:
    services = scene.services
    profile = services.profiles.profile(NAME)
    services.profiles.token_cache(profile).drop()
    services.access(NAME)


USES: Final[dict[str, Callable[[Scene], object]]] = {
    "token, cached": lambda scene: scene.services.access(NAME),
    "token, not cached": _without_cache,
    "logout": lambda scene: scene.services.connections.source(NAME).logout(),
    "verify one": lambda scene: asyncio.run(verify_one(scene.services.connections, NAME)),
    "verify all": lambda scene: asyncio.run(_verified(scene)),
    "export": lambda scene: exporting.export(scene.services.profiles, NAME, "json"),
    "backup": lambda scene: backup.gather(scene.services.profiles),
    "library: token": lambda _scene: ionapi_tui.token(NAME)(),
    "library: client": _client,
    "library: IonApiAuth": _signed,
    "rename": lambda scene: scene.services.profiles.rename(NAME, "acme-new"),
    "confirm a host": lambda scene: scene.services.profiles.trust(NAME, ("take.example",)),
}
COMMANDS: Final[dict[str, Callable[[Scene], object]]] = {
    "token": _command("token", NAME),
    "verify": _command("verify", NAME),
    "verify --all": _command("verify", "--all"),
    "logout": _command("logout", NAME),
    "export": _command("export", NAME, "--format", "json", "--confirm", NAME),
    "exec": _exec(),
    "exec --with-secrets": _exec("--with-secrets"),
    "exec --with-file": _exec("--with-file"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_function_sends_anything(scene: Scene, change: str) -> None:
    CHANGES[change](scene)
    for use, call in USES.items():
        with pytest.raises(AddressesChanged) as refused:
            call(scene)
        assert "CANARY" not in str(refused.value), use
        assert refused.value.exit_code == 5
        assert refused.value.difference.changes, use
    assert scene.trap.connections == 0
    assert len(scene.tenant.requests) == 0


@pytest.mark.parametrize("change", CHANGES)
def test_no_command_sends_anything_and_each_says_so_once(
    scene: Scene, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    CHANGES[change](scene)
    swapped = len(scene.services.profiles.survey().differing) > 1
    for use, call in COMMANDS.items():
        capsys.readouterr()
        with pytest.raises(CommandFailed) as failed:
            call(scene)
        assert failed.value.code == 5, use
        told = capsys.readouterr()
        times = 2 if swapped and use == "verify --all" else 1
        assert " ".join((told.out + told.err).split()).count("changed outside ionapi-tui") == times, (use, told)
    assert scene.trap.connections == 0


@pytest.mark.parametrize("change", CHANGES)
def test_one_command_restores_what_was_stored(scene: Scene, change: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = scene.services.profiles.profiles()
    CHANGES[change](scene)
    assert run(["store", "restore", "--json"]) == 5
    found = json.loads(capsys.readouterr().out)["differing"]
    assert found
    assert all(one["changes"] for one in found)
    assert run(["store", "restore", *(f"--confirm={one['name']}" for one in found)]) == 0
    assert "is restored" in capsys.readouterr().err
    after = scene.services.profiles.profiles()
    assert [one.binding for one in after] == [one.binding for one in before]
    for profile in before:
        assert scene.services.access(profile.name).base_url.startswith(scene.tenant.url)
    assert scene.trap.connections == 0


@pytest.mark.parametrize("change", HARMLESS)
def test_other_files_decide_nothing(scene: Scene, change: str) -> None:
    HARMLESS[change](scene)
    for use in ("token, cached", "token, not cached", "verify one", "export", "library: client", "logout"):
        USES[use](scene)
    assert scene.trap.connections == 0


def test_the_new_file_mends_it_too(scene: Scene, own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    CHANGES["the gateway"](scene)
    file = own_home / "new.ionapi"
    file.write_text(json.dumps(scene.tenant.ionapi()))
    file.chmod(0o600)
    assert run(["import", str(file), "--name", NAME, "--replace", "--delete-file"]) == 0
    assert scene.services.access(NAME).base_url.startswith(scene.tenant.url)


async def test_a_rotation_sends_the_new_credentials_to_their_own_addresses_alone(scene: Scene) -> None:
    CHANGES["the gateway"](scene)
    services = scene.services
    rotation = Rotation(services.profiles, lambda: services.connections, services.profiles.profile(NAME))
    new = Credentials.from_document(scene.tenant.ionapi())
    verification = await rotation.verify(new, lambda _check: None)
    switched = rotation.switch(new, verification)
    assert scene.services.profiles.credentials(NAME) == new
    with pytest.raises(AddressesChanged):
        scene.services.profiles.credentials(switched.old)
    assert scene.trap.connections == 0


def test_json_names_what_changed(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    CHANGES["the gateway"](scene)
    assert run(["verify", NAME, "--json"]) == 5
    ((entry),) = json.loads(capsys.readouterr().out)
    (finding,) = entry["findings"]
    assert (finding["code"], finding["severity"]) == ("addresses-changed", "error")
    assert scene.trap.url in finding["message"]
    assert "store restore" in finding["fix"]


def test_a_process_that_had_the_address_already_keeps_using_it(scene: Scene) -> None:
    with ionapi_tui.client(NAME) as client:
        CHANGES["the gateway"](scene)
        assert client.get("IDM/api/datamodel/entities").status_code == 200
    assert scene.trap.connections == 0


def test_without_the_comparison_the_trap_is_reached(scene: Scene) -> None:
    # The test of the tests: an item that is not bound, as older versions wrote it, is the window that is documented.
    services = scene.services
    profile = services.profiles.profile(NAME)
    tampering.unbind(services.open_store(profile.store), profile.id)
    services.profiles.token_cache(profile).drop()
    CHANGES["the authorization server"](scene)
    with pytest.raises(IonApiError):
        scene.services.access(NAME)
    assert scene.trap.connections > 0
