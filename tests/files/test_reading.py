"""Reading from disk never blocks, never reads too much, and tells who else can read."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ionapi_tui.base.access import restrict
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.domain.inspection import MAX_SIZE
from ionapi_tui.files.reading import inspect_file, protection_note, read_file
from tests.samples import MARKER, sample_bytes

NOBODY = 65534


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """A folder that only its owner can enter, with a good file in it."""
    folder = tmp_path / "downloads"
    folder.mkdir(mode=0o700)
    file = folder / "Doc2Export.ionapi"
    file.write_bytes(sample_bytes())
    file.chmod(0o600)
    restrict(file)
    return file


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up the rights of root, to which no file is closed, for a moment."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(mine)


def only(path: Path) -> tuple[Code, str, str]:
    """Return the code, message and fix of the one finding about ``path``."""
    reading = read_file(path)
    assert reading.raw is None
    (finding,) = reading.findings
    assert finding.severity is Severity.ERROR
    assert inspect_file(path).findings == reading.findings
    return finding.code, finding.message, finding.fix


def test_a_private_file_is_read_without_a_word(private: Path) -> None:
    reading = read_file(private)
    assert reading.raw == private.read_bytes()
    assert reading.findings == ()
    assert inspect_file(private).ok


def test_what_was_read_is_not_in_the_repr(private: Path) -> None:
    assert MARKER not in repr(read_file(private))


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_is_followed(private: Path) -> None:
    link = private.parent / "link.ionapi"
    link.symlink_to(private)
    assert read_file(link) == read_file(private)


@pytest.mark.parametrize("name", ["gone.ionapi", "Doc2Export.ionapi/inside", "nul\0.ionapi", ""])
def test_what_is_not_there_is_not_found(private: Path, name: str) -> None:
    path = private.parent / name if name else private.parent / "a" / "b"
    code, message, _fix = only(path)
    assert code is Code.NOT_FOUND
    assert message.isprintable()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_to_nothing_is_not_found(private: Path) -> None:
    link = private.parent / "dangling"
    link.symlink_to("nowhere")
    assert only(link)[0] is Code.NOT_FOUND


@pytest.mark.posix("symbolic links need a right on Windows")
def test_links_in_a_circle_cannot_be_read(private: Path) -> None:
    one, two = private.parent / "one", private.parent / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    assert only(one)[0] is Code.UNREADABLE


def test_a_folder_is_not_a_file(private: Path) -> None:
    code, message, _fix = only(private.parent)
    assert code is Code.NOT_A_FILE
    assert "a folder" in message


@pytest.mark.posix("named pipes")
def test_a_pipe_is_not_waited_for(private: Path) -> None:
    pipe = private.parent / "pipe"
    os.mkfifo(pipe)
    code, message, _fix = only(pipe)
    assert code is Code.NOT_A_FILE
    assert "a pipe" in message


@pytest.mark.posix("sockets that are files")
def test_a_socket_is_not_a_file(private: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(private.parent / "s"))
        assert "a socket" in only(private.parent / "s")[1]


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
@pytest.mark.posix("its programs and paths are POSIX")
def test_a_device_is_not_a_file(device: str) -> None:
    code, message, _fix = only(Path(device))
    assert code is Code.NOT_A_FILE
    assert "a device" in message


@pytest.mark.posix("its programs and paths are POSIX")
def test_a_file_without_permission_is_unreadable(private: Path) -> None:
    private.parent.chmod(0o755)
    private.chmod(0o000)
    for folder in private.parents:
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    with as_nobody():
        code, message, fix = only(private)
    assert code is Code.UNREADABLE
    assert "permission" in message
    assert "may read" in fix


@pytest.mark.posix("its files are those of Linux")
def test_what_fails_while_reading_is_unreadable() -> None:
    code, message, _fix = only(Path("/proc/self/mem"))
    assert code is Code.UNREADABLE
    assert os.strerror(5) in message


@pytest.mark.parametrize("size", [MAX_SIZE + 1, 50 * 1024 * 1024])
def test_a_large_file_is_not_read(private: Path, size: int) -> None:
    os.truncate(private, size)
    code, message, _fix = only(private)
    assert code is Code.TOO_LARGE
    assert "1 MiB" in message


def test_a_name_full_of_escapes_is_made_visible(private: Path) -> None:
    nasty = private.parent / "\x1b]52;c;eA==\x07\u202e.ionapi"
    assert only(nasty)[1].isprintable()


class TestExposure:
    """A warning for each way that others have to the file."""

    def reasons(self, path: Path) -> list[str]:
        findings = inspect_file(path).findings
        assert {(finding.code, finding.severity) for finding in findings} <= {(Code.EXPOSED_FILE, Severity.WARNING)}
        return [finding.message for finding in findings]

    @pytest.mark.posix("permissions")
    def test_a_file_open_to_all_behind_a_closed_folder_is_private(self, private: Path) -> None:
        private.chmod(0o644)
        assert self.reasons(private) == []

    @pytest.mark.posix("permissions")
    @pytest.mark.parametrize(
        ("content", "has_secrets"),
        [
            (b"Plain words.", False),
            (b'{"name": "left-pad", "password": "correct horse", "cs": "Czech"}', False),
            (sample_bytes()[:-30], True),
            (sample_bytes().decode().replace('"', "\u201d")[:-30].encode(), True),
            (sample_bytes()[:-30].decode().encode("utf-16"), True),
            (b"key: ACME_TST#" + b"k" * 86, True),
        ],
        ids=["text", "other JSON", "cut", "cut, in a mail", "cut, in UTF-16", "an access key"],
    )
    def test_only_a_file_with_secrets_has_exposed_ones(self, private: Path, content: bytes, has_secrets: bool) -> None:
        private.write_bytes(content)
        private.chmod(0o644)
        for folder in private.parents:
            if not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o011)
        found = inspect_file(private)
        assert not found.ok
        assert (Code.EXPOSED_FILE in {finding.code for finding in found.findings}) is has_secrets

    @pytest.mark.posix("permissions")
    def test_a_file_open_to_all(self, private: Path) -> None:
        private.chmod(0o644)
        for folder in private.parents:
            if not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o011)
        (reason,) = self.reasons(private)
        assert "every user" in reason

    @pytest.mark.posix("permissions")
    def test_a_file_of_a_practice_tenant_open_to_all_is_worth_no_more_than_a_note(self, private: Path) -> None:
        private.write_bytes(sample_bytes(iu="http://127.0.0.1:8080"))
        (private.parent / ".git").mkdir()
        assert {finding.severity for finding in inspect_file(private).findings} == {Severity.INFO}

    @pytest.mark.posix("permissions")
    def test_that_only_its_folder_protects_a_file_is_said_when_it_is_to_be_deleted(self, private: Path) -> None:
        assert protection_note(private) == ""
        private.chmod(0o644)
        assert "only its folder" in protection_note(private)
        for folder in private.parents:
            if not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o011)
        assert protection_note(private) == "", "that others can read it is a finding"
        assert protection_note(private.with_name("gone.ionapi")) == ""

    def test_a_file_in_a_work_tree(self, private: Path) -> None:
        (private.parent / ".git").mkdir()
        (reason,) = self.reasons(private)
        assert "git" in reason

    @pytest.mark.parametrize(
        ("folder", "service"),
        [
            ("OneDrive - Contoso", "OneDrive"),
            ("Dropbox", "Dropbox"),
            ("GoogleDrive-a@b.example", "Google Drive"),
            ("com~apple~CloudDocs", "iCloud Drive"),
        ],
    )
    def test_a_file_in_a_synced_folder(self, private: Path, folder: str, service: str) -> None:
        synced = private.parent / folder / "sub"
        synced.mkdir(parents=True)
        moved = private.rename(synced / private.name)
        (reason,) = self.reasons(moved)
        assert service in reason

    @pytest.mark.posix("symbolic links need a right on Windows")
    def test_a_link_into_a_synced_folder(self, private: Path) -> None:
        (private.parent / "Dropbox").mkdir()
        moved = private.rename(private.parent / "Dropbox" / private.name)
        private.symlink_to(moved)
        (reason,) = self.reasons(private)
        assert "Dropbox" in reason


def test_the_steps_of_reading() -> None:
    # No step makes a path right.
    assert read_file(Path("/nowhere/x")).findings[0].step is None
