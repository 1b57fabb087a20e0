"""Who may read a file, by permissions and by access lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.base.access import is_private, make_private_folder, other_readers, restrict
from ionapi_tui.base.access_lists import EVERYBODY, TRUSTED, readers_in

ANNA = "S-1-5-21-1-2-3-1001"


@pytest.mark.parametrize(
    ("descriptor", "readers"),
    [
        (f"D:P(A;;FA;;;{ANNA})(A;;FA;;;SY)(A;;FA;;;BA)", (ANNA, "SY", "BA")),
        ("D:AI(A;ID;0x1200a9;;;BU)(A;ID;FA;;;SY)", ("BU", "SY")),
        ("O:BAG:BAD:(A;;FR;;;WD)", ("WD",)),
        ("D:(A;OICIIO;GA;;;CO)(A;;GR;;;AU)", ("AU",)),
        ("D:(D;;FA;;;BU)", ()),
        ("D:(A;;0x100000;;;BU)(A;;FW;;;AU)", ()),
        ("D:(XA;;FA;;;WD;(Member_of {SID(BA)}))", ("WD",)),
        ("D:P", ()),
        ("D:NO_ACCESS_CONTROL", ("WD",)),
        ("O:BAG:BA", ("WD",)),
    ],
)
def test_an_access_list_tells_who_may_read(descriptor: str, readers: tuple[str, ...]) -> None:
    assert readers_in(descriptor) == readers


def test_nobody_is_trusted_and_everybody_at_once() -> None:
    assert not TRUSTED & EVERYBODY


def test_a_private_folder_is_made_with_those_above_and_a_present_one_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "mine"
    make_private_folder(folder)
    assert is_private(folder)
    make_private_folder(folder)
    (folder / "file").write_text("x")
    with pytest.raises(FileExistsError):
        make_private_folder(folder / "file")


def test_what_is_not_there_is_not_private(tmp_path: Path) -> None:
    assert not is_private(tmp_path / "missing")


@pytest.mark.posix("permissions")
def test_permissions_of_others_are_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for mode, readers in ((0o600, ()), (0o640, ("*",)), (0o604, ("*",))):
        file.chmod(mode)
        assert other_readers(file) == readers


@pytest.mark.windows("access lists are those of Windows")
def test_an_access_list_is_set_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    assert not is_private(file) or is_private(tmp_path)
    restrict(file)
    assert other_readers(file) == ()
    assert file.read_text() == "x"


@pytest.mark.windows("access lists are those of Windows")
def test_the_folder_of_the_system_is_for_everybody() -> None:
    assert "*" in other_readers(Path("C:/windows"))
