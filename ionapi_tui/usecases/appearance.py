"""The language and the colours of the app: what was chosen, and what else applies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ionapi_tui.base import language

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services


def use_remembered_language(services: Services) -> None:
    """Speak the language that was chosen in the app, if there is one and it is known."""
    chosen = services.appearance.load().language
    if chosen != language.current() and chosen in language.known():
        language.load(chosen, language.folder())


def remember(services: Services, **chosen: str) -> None:
    """Keep what was chosen.

    Args:
        services: with the file it is kept in.
        chosen: fields of ``Appearance``.

    Raises:
        StoreFailed: it cannot be saved.
    """
    services.appearance.save(replace(services.appearance.load(), **chosen))
