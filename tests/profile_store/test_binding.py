"""A secret belongs to its addresses: what was changed in the list is noticed before the secret is handed out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.base.errors import ProfileExists
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import BINDING_KEY, Credentials
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.profile import BOUND_KEYS
from ionapi_tui.profile_store.binding import AddressesChanged, bound_in, sealed
from ionapi_tui.profile_store.registry import token_item
from tests.fixtures import tampering
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.shelf import KEY, Shelf, numbers, some_credentials
from tests.fixtures.steps import Crash, Steps, crash
from tests.samples import on_premises, sample

TOKEN = Secret("CANARY of a token")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, FakeKeyring())


def edit(shelf: Shelf, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Change the entries of the list as somebody with an editor would."""
    tampering.edit(shelf.registry.path, change)


def unbind(shelf: Shelf, name: str) -> None:
    """Make the item of a profile what an older version would have written."""
    tampering.unbind(shelf.opener()(KEY), shelf.store().profile(name).id)


def is_bound(shelf: Shelf, name: str) -> bool:
    secret = shelf.opener()(KEY).get(shelf.store().profile(name).id)
    return secret is not None and bool(bound_in(secret))


@pytest.mark.parametrize("key", BOUND_KEYS)
def test_an_address_that_was_changed_is_named_with_both_values(shelf: Shelf, key: str) -> None:
    shelf.store().add(some_credentials(), "acme-tst")
    before = shelf.store().profile("acme-tst").public[key]
    edit(shelf, lambda entries: entries[0]["public"].update({key: "changed.example"}))
    with pytest.raises(AddressesChanged) as refused:
        shelf.store().credentials("acme-tst")
    (change,) = refused.value.difference.changes
    assert (change.stored, change.listed) == (before, "changed.example")
    assert f"found now: {change.label} {before} → changed.example. " in str(refused.value)
    assert str(refused.value).startswith("acme-tst was changed outside ionapi-tui")
    assert refused.value.finding.code is Code.ADDRESSES_CHANGED
    assert "CANARY" not in str(refused.value)
    assert refused.value.exit_code == 5


@pytest.mark.parametrize(("count", "more"), [(1, ""), (2, ""), (3, " and 1 more"), (4, " and 2 more")])
def test_of_many_changes_two_are_named_and_the_others_counted(shelf: Shelf, count: int, more: str) -> None:
    shelf.store().add(some_credentials(), "acme-tst")
    edit(shelf, lambda entries: entries[0]["public"].update(dict.fromkeys(BOUND_KEYS[:count], "changed.example")))
    with pytest.raises(AddressesChanged) as refused:
        shelf.store().credentials("acme-tst")
    said = str(refused.value)
    assert said.count("→ changed.example") == min(count, 2)
    assert said.count("→ changed.example; ") == (count > 1)
    assert f"→ changed.example{more}. " in said
    assert ("more" in said) is bool(more)


def test_long_values_are_cut_where_they_are_shown(shelf: Shelf) -> None:
    shelf.store().add(some_credentials(), "acme-tst")
    edit(shelf, lambda entries: entries[0].update(name="n" * 300))
    edit(shelf, lambda entries: entries[0]["public"].update(iu="https://" + "a" * 300))
    with pytest.raises(AddressesChanged) as refused:
        shelf.store().credentials("n" * 300)
    name, address = refused.value.difference.changes
    assert (name.listed, address.listed) == ("n" * 199 + "…", "https://" + "a" * 191 + "…")
    said = str(refused.value)
    assert said.startswith("n" * 59 + "… was changed")
    assert "→ https://" + "a" * 51 + "…. " in said


@pytest.mark.parametrize("key", BOUND_KEYS)
def test_an_address_that_was_taken_out_or_added_is_noticed(shelf: Shelf, key: str) -> None:
    document = sample()
    shelf.store().add(Credentials.from_document(document), "acme-tst")
    edit(shelf, lambda entries: entries[0]["public"].pop(key))
    with pytest.raises(AddressesChanged):
        shelf.store().credentials("acme-tst")


def test_a_revocation_path_that_the_file_did_not_have_is_noticed(shelf: Shelf) -> None:
    document = sample()
    del document["or"]
    shelf.store().add(Credentials.from_document(document), "acme-tst")
    edit(shelf, lambda entries: entries[0]["public"].update({"or": "http://127.0.0.1:9/take"}))
    with pytest.raises(AddressesChanged, match=r"\(none\) → http://127\.0\.0\.1:9/take") as refused:
        shelf.store().credentials("acme-tst")
    assert [change.stored for change in refused.value.difference.changes] == [""]


def test_a_value_that_is_nothing_is_not_the_same_as_none(shelf: Shelf) -> None:
    document = sample()
    del document["or"]
    shelf.store().add(Credentials.from_document(document), "acme-tst")
    edit(shelf, lambda entries: entries[0]["public"].update({"or": None}))
    with pytest.raises(AddressesChanged) as refused:
        shelf.store().credentials("acme-tst")
    assert [change.key for change in refused.value.difference.changes] == ["or"]


def test_a_host_that_nobody_confirmed_is_noticed(shelf: Shelf) -> None:
    shelf.store().add(Credentials.from_document(on_premises()), "acme")
    edit(shelf, lambda entries: entries[0].update(trusted_hosts=["inforos.acme.example"]))
    with pytest.raises(AddressesChanged):
        shelf.store().credentials("acme")


def test_a_cached_token_is_refused_as_its_secret_is(shelf: Shelf) -> None:
    shelf.store().add(some_credentials(), "acme-tst")
    shelf.store().token_cache(shelf.store().profile("acme-tst")).save(TOKEN)
    assert shelf.store().token_cache(shelf.store().profile("acme-tst")).load() == TOKEN
    edit(shelf, lambda entries: entries[0]["public"].update(iu="http://127.0.0.1:9"))
    with pytest.raises(AddressesChanged):
        shelf.store().token_cache(shelf.store().profile("acme-tst")).load()


def test_a_token_that_an_older_version_cached_is_not_used(shelf: Shelf) -> None:
    profile = shelf.store().add(some_credentials(), "acme-tst")
    shelf.opener()(KEY).set(token_item(profile.id), Secret('{"version": 1, "access_token": "CANARY"}'))
    assert shelf.store().token_cache(profile).load() is None


def test_a_long_running_program_keeps_its_token_when_the_profile_is_renamed(shelf: Shelf) -> None:
    profile = shelf.store().add(some_credentials(), "acme-tst")
    cache = shelf.store().token_cache(profile)
    cache.save(TOKEN)
    renamed = shelf.store().rename("acme-tst", "acme-new")
    assert shelf.store().token_cache(renamed).load() is None
    shelf.store().token_cache(renamed).save(TOKEN)
    assert cache.load() == TOKEN


def test_a_profile_can_be_renamed_confirmed_replaced_and_rotated(shelf: Shelf) -> None:
    store, new = shelf.store(), some_credentials()
    store.add(some_credentials(), "acme-tst")
    store.rename("acme-tst", "acme")
    store.trust("acme", ("inforos.acme.example",))
    assert store.credentials("acme").tenant == "ACME_TST"
    assert store.replace("acme", new).trusted_hosts == ()
    assert store.credentials("acme") == new
    store.add(some_credentials(), "acme-new", ("inforos.acme.example",))
    store.succeed("acme", "acme-new", "acme-old")
    assert store.credentials("acme-old") == new
    assert all(is_bound(shelf, name) for name in ("acme", "acme-old"))


def test_a_change_that_is_wanted_leaves_the_old_values_refused(shelf: Shelf) -> None:
    shelf.store().add(some_credentials(), "acme-tst")
    before = shelf.registry.path.read_bytes()
    shelf.store().rename("acme-tst", "acme")
    shelf.registry.path.write_bytes(before)
    with pytest.raises(AddressesChanged):
        shelf.store().credentials("acme-tst")


def test_a_profile_that_was_changed_can_be_succeeded_and_stays_refused(shelf: Shelf) -> None:
    store, new = shelf.store(), some_credentials()
    store.add(some_credentials(), "acme-tst")
    store.add(new, "acme-new")
    edit(shelf, lambda entries: entries[0]["public"].update(iu="http://127.0.0.1:9"))
    store.succeed("acme-tst", "acme-new", "acme-old")
    assert store.credentials("acme-tst") == new
    with pytest.raises(AddressesChanged):
        store.credentials("acme-old")
    with pytest.raises(AddressesChanged):
        store.succeed("acme-tst", "acme-old", "acme-third")


def test_an_item_holds_no_more_than_it_needs(shelf: Shelf) -> None:
    profile = shelf.store().add(some_credentials(), "acme-tst")
    text = sealed(Secret('{"cs": "CANÄRY"}'), profile, dataclasses.replace(profile, name="acme")).reveal()
    document = {"cs": "CANÄRY", BINDING_KEY: [profile.binding, {"name": "acme"}]}
    assert text == json.dumps(document, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize("change", ["rename", "trust"])
def test_no_change_of_a_profile_covers_up_another(shelf: Shelf, change: str) -> None:
    shelf.store().add(some_credentials(), "acme-tst")
    edit(shelf, lambda entries: entries[0]["public"].update(iu="http://127.0.0.1:9"))
    changes = {
        "rename": lambda: shelf.store().rename("acme-tst", "acme"),
        "trust": lambda: shelf.store().trust("acme-tst", ("127.0.0.1",)),
    }
    with pytest.raises(AddressesChanged):
        changes[change]()
    with pytest.raises(AddressesChanged):
        shelf.store().credentials("acme-tst")


def test_ids_that_were_exchanged_are_exchanged_back(shelf: Shelf) -> None:
    for tenant in ("ACME_TST", "ACME_PRD"):
        shelf.store().add(some_credentials(tenant), tenant.lower().replace("_", "-"))
    before = shelf.store().profiles()

    def swap(entries: list[dict[str, Any]]) -> None:
        entries[0]["id"], entries[1]["id"] = entries[1]["id"], entries[0]["id"]

    edit(shelf, swap)
    check_restored(shelf, before)


def test_names_that_were_exchanged_are_exchanged_back(shelf: Shelf) -> None:
    for tenant in ("ACME_TST", "ACME_PRD"):
        shelf.store().add(some_credentials(tenant), tenant.lower().replace("_", "-"))
    before = shelf.store().profiles()

    def swap(entries: list[dict[str, Any]]) -> None:
        entries[0]["name"], entries[1]["name"] = entries[1]["name"], entries[0]["name"]

    edit(shelf, swap)
    check_restored(shelf, before)


def check_restored(shelf: Shelf, before: tuple[Any, ...]) -> None:
    store = shelf.store()
    for profile in store.profiles():
        with pytest.raises(AddressesChanged):
            store.credentials(profile)
    found = store.survey()
    assert len(found.differing) == len(before)
    store.restore({one.listed.id for one in found.differing})
    assert store.profiles() == before
    assert store.survey().bound == before
    assert all(store.credentials(profile).tenant == profile.tenant for profile in before)


@pytest.mark.parametrize("hosts", [(), ("files.acme.example", "inforos.acme.example")], ids=["none", "two"])
def test_confirmed_hosts_that_were_exchanged_are_named_and_restored(shelf: Shelf, hosts: tuple[str, ...]) -> None:
    shelf.store().add(Credentials.from_document(on_premises()), "acme", hosts)
    before = shelf.store().profiles()
    edit(shelf, lambda entries: entries[0].update(trusted_hosts=["evil.example", "b.example"]))
    with pytest.raises(AddressesChanged) as refused:
        shelf.store().credentials("acme")
    (change,) = refused.value.difference.changes
    assert (change.key, change.label) == ("hosts", "Confirmed hosts")
    assert (change.stored, change.listed) == (", ".join(hosts), "b.example, evil.example")
    check_restored(shelf, before)


def test_restoring_takes_no_name_from_another_profile(shelf: Shelf) -> None:
    shelf.store().add(some_credentials(), "acme-tst")
    edit(shelf, lambda entries: entries[0].update(name="other"))
    shelf.store().add(some_credentials(), "acme-tst")
    found = shelf.store().survey().differing
    with pytest.raises(ProfileExists, match="acme-tst"):
        shelf.store().restore({found[0].listed.id})
    shelf.store().rename("acme-tst", "acme-second")
    (restored,) = shelf.store().restore({found[0].listed.id})
    assert restored.name == "acme-tst"


def test_a_secret_of_an_older_version_is_bound_when_its_profile_has_been_verified(shelf: Shelf) -> None:
    credentials = some_credentials()
    store = shelf.store()
    profile = store.add(credentials, "acme-tst")
    unbind(shelf, "acme-tst")
    assert store.credentials("acme-tst") == credentials
    assert store.survey().unbound == (profile,)
    assert store.bind(profile)
    assert not store.bind(profile), "it says so once"
    assert not shelf.store().bind(profile)
    assert is_bound(shelf, "acme-tst")
    assert store.credentials("acme-tst") == credentials


def test_what_changed_while_it_was_verified_is_not_bound(shelf: Shelf) -> None:
    store = shelf.store()
    profile = store.add(some_credentials(), "acme-tst")
    unbind(shelf, "acme-tst")
    store.credentials("acme-tst")
    edit(shelf, lambda entries: entries[0]["public"].update(iu="http://127.0.0.1:9"))
    assert not store.bind(profile)
    assert not is_bound(shelf, "acme-tst")


def test_a_secret_of_an_older_version_can_be_renamed_and_moved_and_stays_usable(shelf: Shelf) -> None:
    credentials = some_credentials()
    shelf.store().add(credentials, "acme-tst")
    unbind(shelf, "acme-tst")
    shelf.store().rename("acme-tst", "acme")
    assert shelf.store().credentials("acme") == credentials
    assert not is_bound(shelf, "acme"), "only a verification binds it"


@pytest.mark.parametrize("long", [False, True], ids=["one item", "several items"])
def test_a_binding_that_ends_at_any_step_loses_nothing(tmp_path: Path, long: bool) -> None:
    for step in numbers():
        shelf = Shelf(tmp_path / str(step), FakeKeyring())
        credentials = some_credentials(long=long)
        profile = shelf.store().add(credentials, "acme-tst")
        unbind(shelf, "acme-tst")
        store = shelf.store(Steps(step + 1, crash))
        try:
            store.credentials(profile)
            store.bind(profile)
            finished = True
        except Crash:
            finished = False
        assert shelf.store().credentials("acme-tst") == credentials
        if finished:
            assert is_bound(shelf, "acme-tst")
            return


def test_the_names_and_addresses_of_an_item_still_fit_one(shelf: Shelf) -> None:
    shelf.store().add(some_credentials("SIXTEENCHARACTER_PRD"), "a-name-of-the-usual-length")
    assert isinstance(shelf.backend, FakeKeyring)
    (kept,) = shelf.backend.kept.values()
    assert len(kept) < 1_000


def test_a_file_cannot_bring_a_binding_along(shelf: Shelf) -> None:
    document = sample() | {BINDING_KEY: [{"name": "acme-tst", "iu": "http://127.0.0.1:9"}]}
    shelf.store().add(Credentials.from_document(document), "acme-tst")
    assert shelf.store().credentials("acme-tst").gateway_url == document["iu"]
    assert BINDING_KEY not in shelf.store().credentials("acme-tst").to_document().reveal()


def test_a_binding_that_cannot_be_read_matches_nothing(shelf: Shelf) -> None:
    profile = shelf.store().add(some_credentials(), "acme-tst")
    nonsensical: tuple[object, ...] = ([], {}, None, [1])
    for nonsense in nonsensical:
        text = json.dumps({"cs": "CANARY", BINDING_KEY: nonsense})
        shelf.opener()(KEY).set(profile.id, Secret(text))
        with pytest.raises(AddressesChanged) as refused:
            shelf.store().credentials(dataclasses.replace(profile))
        assert refused.value.difference.stored.name == profile.name
