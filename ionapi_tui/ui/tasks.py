"""The boundary for errors: what runs in a worker or answers a key reports what went wrong, and the app lives on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from textual.worker import Worker

from ionapi_tui.base.errors import IonApiError

Parameters = ParamSpec("Parameters")


class Notifier(Protocol):
    """Something that can show a message."""

    def notify(self, message: str, *, severity: Any, markup: bool) -> None:
        """Show a message, as Textual's nodes do."""


class Owner(Notifier, Protocol):
    """Something that works in the background: the app, a page, a dialog, a widget, a controller."""

    def run_worker(
        self, work: Callable[[], Coroutine[None, None, None]], *, name: str, group: str, exclusive: bool
    ) -> Worker[None]:
        """Start a worker, as Textual's nodes do."""


OwnerT = TypeVar("OwnerT", bound=Owner)


def report(notifier: Notifier, error: IonApiError) -> None:
    """Say what went wrong."""
    notifier.notify(str(error), severity="error", markup=False)


def task(
    group: str = "default", *, exclusive: bool = True
) -> Callable[
    [Callable[Concatenate[OwnerT, Parameters], Awaitable[None]]],
    Callable[Concatenate[OwnerT, Parameters], Worker[None]],
]:
    """Let a method run in a worker, and report an ``IonApiError`` that it raises instead of ending the app.

    Args:
        group: the workers it belongs to.
        exclusive: whether starting it gives up what else runs in the group.
    """

    def decorate(
        method: Callable[Concatenate[OwnerT, Parameters], Awaitable[None]],
    ) -> Callable[Concatenate[OwnerT, Parameters], Worker[None]]:
        @wraps(method)
        def start(owner: OwnerT, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Worker[None]:
            async def run() -> None:
                try:
                    await method(owner, *args, **kwargs)
                except IonApiError as error:
                    report(owner, error)

            # Not started yet: the app may end before the worker begins.
            return owner.run_worker(run, name=method.__name__, group=group, exclusive=exclusive)

        return start

    return decorate


def reported(
    method: Callable[Concatenate[OwnerT, Parameters], None],
) -> Callable[Concatenate[OwnerT, Parameters], None]:
    """Let a method that answers a key or a message report an ``IonApiError`` that it raises."""

    @wraps(method)
    def call(owner: OwnerT, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            method(owner, *args, **kwargs)
        except IonApiError as error:
            report(owner, error)

    return call
