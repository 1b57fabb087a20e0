"""What may happen to a desktop's keyring between two calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.base.errors import StoreMissing
from ionapi_tui.secret_stores.overview import State, overview
from ionapi_tui.secret_stores.stores import Stores
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.shelf import some_credentials
from tests.profile_store.test_processes import store_in

pytestmark = pytest.mark.keyring


def test_a_bus_that_goes_away_is_told_and_the_list_stays(tmp_path: Path, in_own_keyring: PrivateKeyring) -> None:
    store = store_in(tmp_path / "shelf")
    store.add(some_credentials(), "acme-tst")
    in_own_keyring.kill_bus()
    for attempt in (lambda: store.credentials("acme-tst"), lambda: store.remove("acme-tst")):
        with pytest.raises(StoreMissing):
            attempt()
    (profile,) = store.profiles()
    stores = Stores(5, home=tmp_path / "shelf")
    seen = {one.key: one for one in overview(stores, [profile])}
    assert seen["keyring:SecretService"].state is State.UNAVAILABLE
    assert seen["keyring:SecretService"].profiles == ("acme-tst",)
    assert stores.choice.store is None
    assert stores.unavailable([profile.store]) == {"keyring:SecretService"}
