"""A string that is masked everywhere except where it is revealed on purpose."""

from __future__ import annotations

from typing import NoReturn, final

MASK = "••••••••"


@final
class Secret:
    """A secret string, masked in every rendering.

    ``str``, ``repr``, ``format``, tracebacks with local variables and Textual's crash screen show the mask.
    ``reveal()`` is the only way to the text and is called in few, named modules (a test lists them).
    A secret cannot be pickled or copied into JSON by accident.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """Return the text itself. Call it at the last moment, and keep the result in no variable that lives on."""
        return self.__text

    def __len__(self) -> int:
        return len(self.__text)

    def __bool__(self) -> bool:
        return bool(self.__text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        # Imported late: it costs as much as reading a list of profiles, and lists compare no secrets.
        import hmac

        mine, theirs = self.__text, other.reveal()
        return hmac.compare_digest(mine.encode("utf-8", "surrogatepass"), theirs.encode("utf-8", "surrogatepass"))

    def __hash__(self) -> int:
        return hash(self.__text)

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret cannot be pickled or copied")
