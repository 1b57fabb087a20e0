"""The boundary for errors: what can be explained is shown, anything else ends the app, and nothing goes around it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.worker import WorkerFailed

import ionapi_tui.ui
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.ui.tasks import reported, task

FOLDER = Path(ionapi_tui.ui.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))


class Failing(App[None]):
    """An app that fails as it is asked to."""

    @task()
    async def work(self, error: Exception) -> None:
        """Fail in a worker."""
        raise error

    @reported
    def answer(self, error: Exception) -> None:
        """Fail at once."""
        raise error


@pytest.mark.parametrize("where", ["work", "answer"])
async def test_an_error_that_can_be_explained_is_shown_as_it_is_and_the_app_runs_on(where: str) -> None:
    app = Failing()
    async with app.run_test(notifications=True) as pilot:
        getattr(app, where)(IonApiError("The list [b]is[/b] damaged."))
        while not app._notifications:
            await pilot.pause()
        (shown,) = app._notifications
        assert (shown.message, shown.severity, shown.markup) == ("The list [b]is[/b] damaged.", "error", False)
        assert app.is_running


async def test_a_mistake_of_ours_ends_the_app() -> None:
    app = Failing()
    with pytest.raises(WorkerFailed):
        async with app.run_test():
            await app.workers.wait_for_complete([app.work(ZeroDivisionError("a mistake"))])


async def test_a_mistake_of_ours_is_not_hidden_from_who_calls_a_handler() -> None:
    with pytest.raises(ZeroDivisionError):
        Failing().answer(ZeroDivisionError("a mistake"))


def ways_around(path: Path) -> Iterator[str]:
    """Yield how a module starts workers by itself."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            yield from (alias.name for alias in node.names if alias.name == "work")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "run_worker":
            yield ast.unparse(node)


def test_every_worker_is_started_inside_the_boundary() -> None:
    around = {path.relative_to(FOLDER).as_posix(): [*ways_around(path)] for path in MODULES}
    # The second only hands on to Textual what the boundary starts for a controller.
    assert {name for name, found in around.items() if found} == {"tasks.py", "controllers/context.py"}
