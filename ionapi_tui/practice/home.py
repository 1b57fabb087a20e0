"""The default folder and port of the practice tenant, the file that says where it runs, and ``practice file``."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ionapi_tui.base.access import make_private_folder, restrict
from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import Paths
from ionapi_tui.base.text import safe
from ionapi_tui.practice.ionapi_files import as_file, variant_document
from ionapi_tui.practice.listener import LOOPBACK
from ionapi_tui.practice.seed import seed
from ionapi_tui.practice.server import TENANT
from ionapi_tui.practice.state import State

PORT = 8377
"""The port of ``ionapi-tui practice``, always the same so that files keep working when it is started again."""


def default_home() -> Path:
    """Return the folder of the practice tenant of this user, made when it is missing."""
    paths = Paths.of_this_machine()
    make_private_folder(paths.home)
    return paths.practice


class RunningFile:
    """``running.json`` in the tenant's folder: it says where the tenant answers, and exists as long as it does."""

    def __init__(self, home: Path) -> None:
        self._path = home / "running.json"

    def write(self, url: str) -> None:
        """Say that the tenant answers at ``url``."""
        content = json.dumps({"url": url, "process": os.getpid()})
        waiting = self._path.with_name(f"running.{os.getpid()}.json")
        waiting.write_text(content, "utf-8")
        waiting.replace(self._path)

    def remove(self) -> None:
        """Remove the file, unless another process has written its own since."""
        if self._read().get("process") == os.getpid():
            self._path.unlink(missing_ok=True)

    def url(self) -> str | None:
        """Return where the tenant answers; None when it does not run."""
        url = self._read().get("url")
        return url if isinstance(url, str) else None

    def _read(self) -> dict[str, object]:
        try:
            content = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}


def write_variant(path: Path, variant: str, home: Path, port: int | None) -> str:
    """Write the ``.ionapi`` file of a seeded app, for its owner only, and return the address it leads to.

    Args:
        path: the file to write; it must not exist.
        variant: which file, a key of ``ionapi_files.VARIANTS``.
        home: the folder of the practice tenant, running or not.
        port: its port; None for the one it runs on, or else the usual one.

    Raises:
        UsageError: the file exists or cannot be written, or there is no such variant.
    """
    url = f"http://{LOOPBACK}:{port}" if port else RunningFile(home).url() or f"http://{LOOPBACK}:{PORT}"
    state = State(home)
    try:
        seed(state, TENANT)
        # The file first: a name that is taken must not cost a service account.
        descriptor = _new_private_file(path)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(as_file(variant_document(state, url, TENANT, variant)))
        except UsageError:
            # Only now: Windows removes no file that is open.
            path.unlink()
            raise
    finally:
        state.close()
    return url


def _new_private_file(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        sentence = _("{path} already exists. Choose another name, or delete it first.")
        raise UsageError(sentence.format(path=safe(path))) from None
    except OSError as error:
        sentence = _("{path} cannot be written: {reason}.")
        raise UsageError(sentence.format(path=safe(path), reason=safe(error.strerror))) from None
    restrict(path)
    return descriptor
