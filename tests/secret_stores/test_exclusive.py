from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ionapi_tui.base.paths import home_folder
from ionapi_tui.secret_stores.backends import exclusive

pytestmark = pytest.mark.posix("the stores that need it are not on Windows")

HOLDER = """
from ionapi_tui.secret_stores.backends import exclusive
with exclusive():
    print("inside", flush=True)
    input()
"""


@pytest.fixture(autouse=True)
def home() -> None:
    home_folder().mkdir(parents=True)


def test_nobody_is_inside_with_somebody_else() -> None:
    inside: set[int] = set()
    most = []

    def visit(number: int) -> None:
        with exclusive():
            inside.add(number)
            most.append(len(inside))
            time.sleep(0.002)
            inside.discard(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(visit, range(40)))
    assert most == [1] * 40


def test_a_process_that_dies_frees_the_lock() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"inside\n"
        entered = threading.Event()

        def visit() -> None:
            with exclusive():
                entered.set()

        visitor = threading.Thread(target=visit)
        visitor.start()
        assert not entered.wait(0.2)
        holder.kill()
        assert entered.wait(60)
        visitor.join()


def test_who_waits_too_long_goes_on_all_the_same() -> None:
    with exclusive(), exclusive(timeout=0.05):
        pass


def test_where_nothing_can_be_locked_nobody_waits() -> None:
    home_folder().rmdir()
    with exclusive(), exclusive():
        assert not home_folder().exists()
