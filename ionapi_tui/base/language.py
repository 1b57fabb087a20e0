"""Every sentence the user reads passes through here (``gettext``; English is the source language)."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gettext import NullTranslations
    from pathlib import Path


class _Current:
    """The language in use, one for the process: a terminal program speaks to one person."""

    code = "en"
    translations: NullTranslations | None = None
    inherited: str | None = None
    """The variable ``LANGUAGE`` as this process got it; None if it got none."""
    is_set: bool = False
    """Whether the variable was changed here."""


def use(code: str, translations: NullTranslations | None) -> None:
    """Speak ``code`` from now on.

    Args:
        code: the language of the guide, such as ``en`` or ``de``.
        translations: the catalogue; None for the English source.
    """
    _Current.code = code
    _Current.translations = translations


def current() -> str:
    """Return the code of the language in use."""
    return _Current.code


def _(message: str) -> str:
    """Return ``message`` in the language in use."""
    return message if _Current.translations is None else _Current.translations.gettext(message)


def n_(singular: str, plural: str, number: int) -> str:
    """Return the form for ``number``, with ``{n}`` filled in."""
    if _Current.translations is None:
        form = singular if number == 1 else plural
    else:
        form = _Current.translations.ngettext(singular, plural, number)
    return form.format(n=number)


def decimal(number: float, form: str) -> str:
    """Return ``number`` in ``form`` (such as ``.1f``), with the decimal mark of the language in use."""
    # A number stands in the catalogue, so that every language has a mark and none needs a table here.
    return format(number, form).replace(".", _("0.5").strip("05"))


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark ``message`` for the catalogue; it is translated where it is shown."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as above
    """Mark both forms for the catalogue."""
    return singular, plural


def wanted(option: str | None = None) -> str:
    """Return the language asked for: ``option`` (``--lang``), else the environment's, else English."""
    spoken = option or next(
        (os.environ[name] for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        "en",
    )
    code = spoken.split(":")[0].split(".")[0].split("_")[0].lower()
    # The locale of programs has no language; that of the source needs no catalogue.
    return "en" if code in ("", "c", "posix") else code


def set_for_gettext(code: str) -> None:
    """Let Python's own ``gettext``, which reads the environment, use the language ``code``."""
    if not _Current.is_set:
        _Current.inherited, _Current.is_set = os.environ.get("LANGUAGE"), True
    os.environ["LANGUAGE"] = code


def inherited_environment() -> dict[str, str]:
    """Return the environment as this process got it, for programs that it starts."""
    environ = dict(os.environ)
    if _Current.is_set:
        del environ["LANGUAGE"]
        if _Current.inherited is not None:
            environ["LANGUAGE"] = _Current.inherited
    return environ


def folder() -> Path:
    """Return where the catalogues are."""
    from pathlib import Path

    return Path(__file__).parent.parent / "locale"


def known() -> tuple[str, ...]:
    """Return the codes of the languages there are, English first."""
    return ("en", *sorted(path.parent.parent.name for path in folder().glob("*/LC_MESSAGES/ionapi_tui.mo")))


def load(code: str, folder: Path) -> None:
    """Use the catalogue ``folder/<code>/LC_MESSAGES/ionapi_tui.mo``; English where there is none."""
    if not (folder / code / "LC_MESSAGES" / "ionapi_tui.mo").is_file():
        use("en", None)
        return
    import gettext

    use(code, gettext.translation("ionapi_tui", str(folder), [code]))
