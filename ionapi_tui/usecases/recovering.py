"""What every front end does first: finish or undo what earlier processes left half done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services


def recover(services: Services) -> tuple[str, ...]:
    """Finish or undo what earlier processes left half done, and return what is to be said about it, translated.

    Raises:
        IonApiError: a list cannot be read, or a store is not available.
    """
    said = [recovered.message for recovered in services.profiles.recover()]
    if services.paths.loans.exists():
        from ionapi_tui.usecases.lending import take_back_left_over

        said += [returned.message for returned in take_back_left_over(services.loans)]
    return tuple(said)
