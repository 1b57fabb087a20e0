"""A machine whose processes are killed: profiles in two vaults, and what must hold of them at any moment."""

from __future__ import annotations

import os
import random
import select
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.plan_file import PlanFile
from ionapi_tui.profile_store.progress import ProgressFile
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.keyring_store import SERVICE
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.secret_stores.vault.kdbx_file import KdbxFile
from tests.fixtures.vaults import new_passphrase, new_vault
from tests.samples import random_secret, sample

HERE: Final = "kdbx"

MOMENT: Final = 0.06
"""Seconds within which a process is killed; several operations fit into it."""


def credentials_of(tenant: str) -> Credentials:
    """Return credentials whose secret tells which profile it belongs to."""
    return Credentials.from_document(sample(tenant=tenant, cs=f"{tenant}-{random_secret(60)}"))


class Machine:
    """Everything that is kept over the deaths of processes."""

    def __init__(self, home: Path) -> None:
        """Set up two vaults and a profile that must never be lost."""
        self.home = home
        self.passphrase = new_passphrase()
        self.other = home / "other.kdbx"
        for path in (home / "vault.kdbx", self.other):
            new_vault(path, self.passphrase)
        self.there = f"{HERE}:{self.other}"
        Process(self).stores.use(HERE)
        Process(self).profiles.add(credentials_of("KEPT_TST"), "kept")
        Process(self).profiles.add(credentials_of("OLD_TST"), "old")

    def check(self) -> int:
        """Do what the next start does, check what must hold, and return how many things were finished or undone."""
        started = Process(self)
        told = started.profiles.recover()
        # What somebody changed by hand, and a killed process did not get to restore.
        started.profiles.restore({one.listed.id for one in started.profiles.survey().differing})
        assert all(one.settled for one in told), told
        assert started.profiles.recover() == ()
        assert started.registry.load().pending == ()
        listed = started.profiles.profiles()
        assert {"kept", "old"} <= {profile.name for profile in listed}
        for profile in listed:
            secret = started.profiles.credentials(profile.name).client_secret.reveal()
            assert secret.startswith(f"{profile.tenant}-"), profile
        for key, path in ((HERE, self.home / "vault.kdbx"), (self.there, self.other)):
            kept = KdbxFile.parsed(path.read_bytes(), path.name, self.passphrase)
            items = {service.split(":")[1] for _entry, service, _user in kept._entries() if service.startswith(SERVICE)}
            assert items == {profile.id for profile in listed if profile.store == key}
        ProgressFile(self.home / "progress.json").load()
        PlanFile(self.home / "plan.json").load()
        assert started.stores.settings.load().use in (HERE, self.there)
        leftovers = [path.name for path in self.home.iterdir() if path.name.endswith(".tmp") or "broken" in path.name]
        assert leftovers == []
        return len(told)

    def kill_in(self, operation: Callable[[Process], object]) -> None:
        """Let a process carry out ``operation`` again and again, and kill it at a random moment."""

        def rounds() -> Iterator[None]:
            process = Process(self)
            while True:
                operation(process)
                yield

        kill_within(rounds, MOMENT)


def kill_within(rounds: Callable[[], Iterator[None]], seconds: float) -> None:
    """Let a process go through ``rounds``, and kill it at a random moment after the first one.

    Args:
        rounds: called in the process; yields after each round.
        seconds: how long after the first round the kill may come.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            for _round in rounds():
                os.write(write, b".")
        finally:
            os._exit(1)
    os.close(write)
    try:
        assert select.select([read], [], [], 60)[0], "it never finished once"
        assert os.read(read, 1), "it failed"
        # Not a wait for something: the moment of the kill.
        select.select([], [], [], random.uniform(0, seconds))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(read)


class Process:
    """What one process of the program works with."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.stores = Stores(None, home=machine.home, ask=lambda _question: machine.passphrase)
        self.registry = Registry(machine.home / "profiles.json")
        lock = ProcessLock(machine.home / "lock", timeout=120)
        self.profiles = ProfileStore(self.registry, self.stores.open, lock)
        self.progress = ProgressFile(machine.home / "progress.json")
