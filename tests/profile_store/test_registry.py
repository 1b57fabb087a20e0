"""``profiles.json`` comes back as it was written, or says why not."""

from __future__ import annotations

import dataclasses
import gc
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ionapi_tui.base.errors import NoSuchProfile, RegistryError
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.profile import Checked, Notes, Profile
from ionapi_tui.profile_store.registry import VERSION, Action, BrokenRegistry, Contents, Intent, Registry

WHEN = "2026-01-01T00:00:00Z"
PLAIN: dict[str, Any] = {"id": "1", "name": "a", "store": "s", "created": WHEN, "public": {}, "checked": None}
GOOD_CHECK: dict[str, Any] = {"at": WHEN, "ok": True, "headline": ""}
BAD_TIME = {"at": "Works", "ok": True, "headline": ""}


def profile(number: int = 1, **changes: Any) -> Profile:
    public = {"ti": "ACME_TST", "cn": "Doc2Export “é\ud800”", "sc": ["Infor-IDM"], "v": "1.1"}
    parts = {"id": f"id{number}", "name": f"name-{number}", "store": "keyring:Test", "created": "2026-01-01T00:00:00Z"}
    return Profile(**({**parts, "public": public} | changes))


CONTENTS = Contents(
    (
        profile(1),
        profile(
            2,
            checked=Checked("2026-01-02T00:00:00Z", ok=False, headline="role missing"),
            earlier=(Checked("2026-01-01T00:00:00Z", ok=True),),
        ),
    ),
    (Intent(Action.ADD, profile(3)), Intent(Action.REMOVE, profile(2))),
)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "profiles.json")


def test_without_a_file_there_are_no_profiles(registry: Registry) -> None:
    assert registry.load() == Contents()


def test_what_is_saved_is_loaded(registry: Registry) -> None:
    registry.save(CONTENTS)
    assert registry.load() == CONTENTS


def test_the_file_is_versioned_json(registry: Registry) -> None:
    registry.save(CONTENTS)
    document = json.loads(registry.path.read_bytes())
    assert (document["version"], list(document)) == (VERSION, ["version", "profiles", "pending"])


def test_the_file_holds_no_more_than_it_needs(registry: Registry) -> None:
    registry.save(CONTENTS)
    raw = registry.path.read_text("ascii")
    document = json.loads(raw)
    assert raw == json.dumps(document, separators=(",", ":"))
    plain, checked = document["profiles"]
    assert list(plain) == ["id", "name", "store", "created", "public", "checked"]
    assert list(checked) == [*plain, "earlier"]
    assert list(checked["checked"]) == ["at", "ok", "headline"]


def test_a_name_that_is_not_there_is_compared_as_tenants_are_written() -> None:
    contents = Contents(tuple(profile(name=name) for name in ("acmetst", "acme-tst", "a-b-c", "globex")))
    with pytest.raises(NoSuchProfile, match=r"There is no profile ACME_TST\. Is it one of these: acme-tst, acmetst\?"):
        contents.existing("ACME_TST")
    with pytest.raises(NoSuchProfile, match=r"Is it one of these: a-b-c\?"):
        contents.existing("A_B_C")
    with pytest.raises(NoSuchProfile, match=r"There is no profile zz\. “ionapi-tui list”"):
        contents.existing("zz")
    many = Contents(tuple(profile(name=f"acme-tst{number}") for number in range(5)))
    with pytest.raises(NoSuchProfile) as missing:
        many.existing("acme-tst")
    assert str(missing.value).count("acme-tst") == 4


def test_a_file_cut_short_anywhere_is_called_damaged(registry: Registry) -> None:
    registry.save(Contents((profile(),)))
    whole = registry.path.read_bytes()
    for length in range(len(whole)):
        registry.path.write_bytes(whole[:length])
        with pytest.raises(BrokenRegistry, match="damaged"):
            registry.load()


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1"},
        {"version": True},
        {"version": 0},
        {"version": None},
        {"profiles": None},
        {"profiles": [1]},
        {"profiles": [{}]},
        {"profiles": [{"id": 1, "name": "a", "store": "s", "created": WHEN, "public": {}, "checked": None}]},
        {"profiles": [{"id": "", "name": "a", "store": "s", "created": WHEN, "public": {}, "checked": None}]},
        {"profiles": [{"id": "1", "name": "a", "store": "s", "created": WHEN, "public": [], "checked": None}]},
        {"profiles": [{"id": "1", "name": "a", "store": "s", "created": WHEN, "public": {}, "checked": {"at": 1}}]},
        {
            "profiles": [
                {"id": "1", "name": "a", "store": "s", "created": WHEN, "public": {}, "checked": None, "earlier": 1}
            ]
        },
        *({"profiles": [PLAIN | {"trusted_hosts": hosts}]} for hosts in ("a.example", [1], {"a.example": 1}, None)),
        *({"profiles": [PLAIN | {"checked": GOOD_CHECK | {key: 1}}]} for key in ("at", "ok", "headline")),
        {"profiles": [{"id": "1", "name": "a", "store": "s", "created": "soon", "public": {}, "checked": None}]},
        {"profiles": [{"id": "1", "name": "a", "store": "s", "created": WHEN[:-1], "public": {}, "checked": None}]},
        {"profiles": [{"id": "1", "name": "a", "store": "s", "created": WHEN, "public": {}, "checked": BAD_TIME}]},
        {"pending": [{"action": "explode", "profile": {}}]},
        {"pending": {}, "profiles": "abc"},
    ],
)
def test_anything_else_in_it_is_called_damaged(registry: Registry, change: dict[str, Any]) -> None:
    registry.path.write_text(json.dumps({"version": 1, "profiles": [], "pending": []} | change))
    with pytest.raises(BrokenRegistry):
        registry.load()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(raw=some.binary(max_size=300))
def test_no_bytes_are_taken_for_an_empty_list(registry: Registry, raw: bytes) -> None:
    registry.path.write_bytes(raw)
    with pytest.raises(BrokenRegistry):
        registry.load()


def test_a_newer_version_is_left_alone_and_says_what_to_do(registry: Registry) -> None:
    registry.path.write_text(json.dumps({"version": VERSION + 1, "people": []}))
    with pytest.raises(
        RegistryError, match=rf"profiles\.json was written by a newer version .*format {VERSION + 1}\)"
    ) as caught:
        registry.load()
    assert not isinstance(caught.value, BrokenRegistry)


def test_a_folder_in_its_place_is_explained(registry: Registry) -> None:
    registry.path.mkdir()
    with pytest.raises(RegistryError, match=r"profiles\.json cannot be read: (?!None)[A-Z][a-z ]+\.$"):
        registry.load()
    with pytest.raises(RegistryError, match=r"profiles\.json cannot be written: (?!None)[A-Z][a-z ]+\. It was not"):
        registry.save(Contents())


def test_ten_thousand_profiles_come_back(registry: Registry) -> None:
    many = Contents(tuple(profile(number) for number in range(10_000)))
    registry.save(many)
    assert registry.load() == many


def test_a_long_list_is_like_a_short_one(registry: Registry) -> None:
    whole = profile(trusted_hosts=("a.example",), reported=True, notes=Notes(ticket="OPS-42"), newer={"colour": "red"})
    kinds = (*CONTENTS.profiles, whole)
    long = tuple(dataclasses.replace(kinds[number % 3], id=str(number)) for number in range(300))
    registry.save(Contents(long, CONTENTS.pending))
    assert registry.load() == Contents(long, CONTENTS.pending)


@pytest.mark.parametrize("change", [{"id": 7}, {"name": ""}, {"store": None}, {"created": "soon"}, {"public": []}])
def test_one_damaged_entry_in_a_long_list_is_found(registry: Registry, change: dict[str, Any]) -> None:
    registry.save(Contents(tuple(profile(number) for number in range(300))))
    document = json.loads(registry.path.read_bytes())
    document["profiles"][-1] |= change
    registry.path.write_text(json.dumps(document))
    with pytest.raises(BrokenRegistry):
        registry.load()


@pytest.mark.parametrize("is_enabled", [True, False])
def test_garbage_is_looked_for_afterwards_as_before(registry: Registry, *, is_enabled: bool) -> None:
    registry.save(CONTENTS)
    before = gc.isenabled()
    (gc.enable if is_enabled else gc.disable)()
    try:
        registry.load()
        assert gc.isenabled() is is_enabled
        registry.path.write_bytes(b"damaged")
        with pytest.raises(BrokenRegistry):
            registry.load()
        assert gc.isenabled() is is_enabled
    finally:
        (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("code", [7, None, ["invalid-client"]])
def test_a_code_that_is_none_is_left_out(registry: Registry, code: object) -> None:
    entry = PLAIN | {"checked": GOOD_CHECK | {"code": code}}
    registry.path.write_text(json.dumps({"version": 1, "profiles": [entry], "pending": []}))
    (loaded,) = registry.load().profiles
    assert loaded.checked == Checked(WHEN, ok=True, headline="", code="")


def test_what_it_exports_to_is_kept_and_unset_leaves_no_trace(registry: Registry) -> None:
    chosen = profile(export_target=ExportTarget.M3)
    registry.save(Contents((chosen, profile(2))))
    assert registry.load().profiles == (chosen, profile(2))
    entries = json.loads(registry.path.read_bytes())["profiles"]
    assert entries[0]["export_target"] == "m3"
    assert "export_target" not in entries[1]


def test_a_list_of_an_older_version_loads(registry: Registry) -> None:
    registry.save(Contents((profile(trusted_hosts=("a.example",)),)))
    (loaded,) = registry.load().profiles
    assert loaded.export_target is None
    assert loaded.newer == {}


@pytest.mark.parametrize("newer", [{"export_target": "sx"}, {"colour": ["red", {"shade": 1}]}])
def test_what_a_newer_version_wrote_about_a_profile_survives_a_change_by_this_one(
    registry: Registry, newer: dict[str, Any]
) -> None:
    registry.save(Contents((profile(),)))
    document = json.loads(registry.path.read_bytes())
    document["profiles"][0] |= newer
    registry.path.write_text(json.dumps(document))
    contents = registry.load()
    assert contents.profiles[0].export_target is None
    registry.save(contents.put(profile(2)))
    assert json.loads(registry.path.read_bytes())["profiles"][0].items() >= newer.items()


def test_a_choice_replaces_one_that_only_a_newer_version_knows(registry: Registry) -> None:
    registry.save(Contents((profile(newer={"export_target": "sx", "colour": "red"}),)))
    (loaded,) = registry.load().profiles
    for target, expected in ((ExportTarget.ION, {"export_target": "ion"}), (None, {})):
        registry.save(Contents((loaded.with_export_target(target),)))
        (entry,) = json.loads(registry.path.read_bytes())["profiles"]
        assert {key: entry[key] for key in ("export_target",) if key in entry} == expected
        assert entry["colour"] == "red"


def test_notes_and_what_was_reported_come_back(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "profiles.json")
    checked = Checked("2026-01-02T03:04:05Z", ok=False, headline="refused", code="invalid-client")
    profile = Profile("1", "a", "s", "2026-01-02T03:04:05Z", {}, checked, notes=Notes(ticket="OPS-42"), reported=False)
    plain = Profile("2", "b", "s", "2026-01-02T03:04:05Z", {})
    whole = dataclasses.replace(plain, id="3", name="c", notes=Notes("doc.service", "ann@acme.example", "OPS-43"))
    registry.save(Contents((profile, plain, whole)))
    assert registry.load().profiles == (profile, plain, whole)
    entries = json.loads(registry.path.read_bytes())["profiles"]
    assert (entries[0]["notes"], entries[0]["reported"]) == ({"ticket": "OPS-42"}, False)
    assert not {"notes", "reported"} & set(entries[1])
    for key, value in (("notes", []), ("notes", {"ticket": 1}), ("reported", "yes")):
        registry.path.write_text(json.dumps({"version": 1, "profiles": [entries[0] | {key: value}], "pending": []}))
        with pytest.raises(BrokenRegistry):
            registry.load()
