"""Registries of any size."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.domain.profile import Profile
from ionapi_tui.profile_store.registry import Contents, Registry
from tests.samples import sample

SECRET = ("cs", "saak", "sask")


def write_profiles(home: Path, count: int) -> None:
    """Write the registry of ``count`` profiles into ``home``, as if they had been imported."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    Registry(home / "profiles.json").save(Contents(tuple(_profile(number) for number in range(count))))


def _profile(number: int) -> Profile:
    public = {key: value for key, value in sample(tenant=f"ACME{number}_TST").items() if key not in SECRET}
    return Profile(f"{number:016x}", f"acme{number}-tst", "keyring:SecretService", "2026-01-02T03:04:05Z", public, None)
