"""New ``.ionapi`` files are seen when they are whole, however they arrive."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from ionapi_tui.files.downloads import STILL_FOR, Download, everything, find, watch

PATIENCE = 60
"""Seconds a busy machine gets before a test gives up."""

WHOLE = b'{"ti": "ACME_TST"}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


def put(path: Path, data: bytes = WHOLE, age: float = 0) -> Path:
    path.write_bytes(data)
    if age:
        os.utime(path, (time.time() - age, time.time() - age))
    return path


def names(downloads: tuple[Download, ...]) -> list[str]:
    return [one.path.name for one in downloads]


class Watcher:
    """Keeps what a watcher has shown."""

    def __init__(self) -> None:
        self.shown: list[list[str]] = []
        self._new = asyncio.Event()

    def show(self, downloads: tuple[Download, ...]) -> None:
        self.shown.append(names(downloads))
        self._new.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._new.clear()
                await self._new.wait()

    async def until_last(self, expected: list[str]) -> None:
        await self.until(lambda: bool(self.shown) and self.shown[-1] == expected)


@asynccontextmanager
async def watching(folder: Path, now: Callable[[], float] = time.monotonic) -> AsyncIterator[Watcher]:
    watcher, stop = Watcher(), asyncio.Event()

    async def run() -> None:
        async with aclosing(watch(folder, stop, now)) as lists:  # type: ignore[type-var]  # it is a generator
            async for downloads in lists:
                watcher.show(downloads)

    task = asyncio.create_task(run())
    try:
        yield watcher
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await task


def test_the_newest_file_comes_first(folder: Path) -> None:
    put(folder / "Doc2Export.ionapi", age=60)
    put(folder / "Doc2Export (1).ionapi", age=30)
    put(folder / "DOCBITS.IONAPI", age=90)
    found = find(folder)
    assert names(found) == ["Doc2Export (1).ionapi", "Doc2Export.ionapi", "DOCBITS.IONAPI"]
    assert found[0].size == len(WHOLE)
    assert abs(time.time() - 30 - found[0].modified) < 5


@pytest.mark.parametrize(
    "partial",
    [
        "App.ionapi.crdownload",
        "App.ionapi.part",
        "App.x1Yz2.ionapi.part",
        "App.ionapi.download",
        "App.ionapi.opdownload",
    ],
)
def test_a_file_that_a_browser_still_writes_is_left_out(folder: Path, partial: str) -> None:
    put(folder / "App.ionapi")
    put(folder / "Other.ionapi")
    put(folder / partial)
    assert names(find(folder)) == ["Other.ionapi"]


def test_what_an_abandoned_download_left_hides_no_later_file(folder: Path) -> None:
    put(folder / "App.ionapi.part", age=60)
    put(folder / "App.ionapi", age=30)
    assert names(find(folder)) == ["App.ionapi"]


@pytest.mark.posix("symbolic links need a right on Windows")
def test_what_is_no_file_is_left_out(folder: Path) -> None:
    put(folder / "empty.ionapi", b"")
    put(folder / "note.txt")
    put(folder / "._App.ionapi")
    (folder / "folder.ionapi").mkdir()
    os.mkfifo(folder / "pipe.ionapi")
    (folder / "dangling.ionapi").symlink_to(folder / "nowhere")
    put(folder / "real.json")
    (folder / "link.ionapi").symlink_to(folder / "real.json")
    assert names(find(folder)) == ["link.ionapi"]


def test_a_folder_that_cannot_be_read_has_no_files(tmp_path: Path) -> None:
    assert find(tmp_path / "missing") == ()
    assert find(put(tmp_path / "a file")) == ()


async def test_what_is_there_is_shown_at_once(folder: Path) -> None:
    put(folder / "App.ionapi", age=60)
    async with watching(folder) as watcher:
        await watcher.until(lambda: bool(watcher.shown))
    assert watcher.shown[0] == ["App.ionapi"]


@pytest.mark.parametrize("way", ["written", "moved", "copied with its old time", "renamed by the browser"])
async def test_a_whole_file_is_seen_however_it_arrives(folder: Path, tmp_path: Path, way: str) -> None:
    async with watching(folder) as watcher:
        await watcher.until_last([])
        if way == "written":
            put(folder / "App.ionapi")
        elif way == "moved":
            put(tmp_path / "elsewhere", age=3_000).rename(folder / "App.ionapi")
        elif way == "copied with its old time":
            shutil.copy2(put(tmp_path / "elsewhere", age=3_000), folder / "App.ionapi")
        else:
            put(folder / "App.ionapi.crdownload").rename(folder / "App.ionapi")
        await watcher.until_last(["App.ionapi"])
    assert watcher.shown == [[], ["App.ionapi"]]


async def test_a_file_that_grows_is_shown_once_when_it_is_whole(folder: Path) -> None:
    # A busy machine may stop this test between two writes, so the watcher goes by a clock that the test moves.
    now = [0.0]
    looked = asyncio.Event()

    def clock() -> float:
        looked.set()
        return now[0]

    async with watching(folder, clock) as watcher:
        await watcher.until_last([])
        with (folder / "App.ionapi").open("wb", buffering=0) as file:
            for _piece in range(5):
                file.write(WHOLE)
                # The first look may have begun before.
                for _look in range(2):
                    looked.clear()
                    async with asyncio.timeout(PATIENCE):
                        await looked.wait()
                now[0] += 0.9 * STILL_FOR
                assert watcher.shown == [[]]
        now[0] += STILL_FOR
        await watcher.until_last(["App.ionapi"])
    assert watcher.shown == [[], ["App.ionapi"]]


async def test_firefoxs_way_of_saving_shows_the_file_once(folder: Path) -> None:
    async with watching(folder) as watcher:
        await watcher.until_last([])
        put(folder / "App.ionapi", b"")
        part = put(folder / "App.x1Yz2.ionapi.part", WHOLE[:5])
        put(part)
        part.replace(folder / "App.ionapi")
        await watcher.until_last(["App.ionapi"])
    assert watcher.shown == [[], ["App.ionapi"]]


async def test_a_file_that_is_renamed_or_deleted_is_followed(folder: Path) -> None:
    put(folder / "App.ionapi", age=60)
    async with watching(folder) as watcher:
        await watcher.until_last(["App.ionapi"])
        (folder / "App.ionapi").rename(folder / "Renamed.ionapi")
        await watcher.until_last(["Renamed.ionapi"])
        (folder / "Renamed.ionapi").unlink()
        await watcher.until_last([])


async def test_a_second_download_of_the_same_app_comes_first(folder: Path) -> None:
    put(folder / "App.ionapi", age=60)
    async with watching(folder) as watcher:
        await watcher.until_last(["App.ionapi"])
        put(folder / "App (1).ionapi")
        await watcher.until_last(["App (1).ionapi", "App.ionapi"])


async def test_a_folder_that_is_missing_goes_and_comes_back_is_watched(tmp_path: Path) -> None:
    folder = tmp_path / "later" / "downloads"
    async with watching(folder) as watcher:
        await watcher.until_last([])
        for attempt in range(2):
            folder.mkdir(parents=True)
            put(folder / f"App{attempt}.ionapi")
            await watcher.until_last([f"App{attempt}.ionapi"])
            shutil.rmtree(folder.parent)
            await watcher.until_last([])


async def test_a_watcher_that_is_cancelled_ends_and_leaves_the_callers_event_alone(folder: Path) -> None:
    stop = asyncio.Event()
    begun = asyncio.Event()

    async def run() -> None:
        async for _downloads in watch(folder, stop):
            begun.set()

    task = asyncio.create_task(run())
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not stop.is_set()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_everything_with_the_ending_is_listed_newest_first_and_then_by_name(folder: Path) -> None:
    for name, when in {"b.ionapi": 1, "a.IONAPI": 1, "newest.ionapi": 2, ".hidden.ionapi": 3, "other.txt": 4}.items():
        (folder / name).touch()
        os.utime(folder / name, (1_700_000_000 + when,) * 2)
    (folder / "lost.ionapi").symlink_to("nowhere")
    names = [path.name for path in everything(folder)]
    assert names == [".hidden.ionapi", "newest.ionapi", "a.IONAPI", "b.ionapi", "lost.ionapi"]
