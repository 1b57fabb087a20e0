"""Somebody who knows nothing of Infor and does at the portal exactly what a guide says.

The words in bold are looked for on the page as the names of what is there, and what is found decides what to do with
it: a link is followed, a box filled, a switch turned on. So any language will do, and words that are not on the pages
stop the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from playwright.sync_api import Locator, Page

from ionapi_tui.domain.guide import Kind, Paragraph, Style, Topic

ICONS: Final = {"en": {"disk icon": "Save"}, "de": {"Diskettensymbol": "Speichern"}}
"""Words for pictures on buttons, by language: what the text calls them, and the names the buttons have."""

_FIELDS: Final = ("textbox", "combobox", "switch", "checkbox", "radio")
_ROLES: Final = (*_FIELDS, "button", "link", "dialog", "group", "heading")


class Lost(AssertionError):
    """The guide and the page do not say the same."""


@dataclass(frozen=True)
class Thing:
    """Something on the page that the guide names."""

    name: str
    locator: Locator
    role: str
    editable: bool
    """Whether something can be entered."""
    value: str = ""
    """What the text says to choose in a list."""

    @property
    def is_list(self) -> bool:
        """Whether it is a list to choose from, and not a box that proposes what to type."""
        return self.role == "combobox" and self.locator.evaluate("it => it.tagName") == "SELECT"

    @property
    def is_box(self) -> bool:
        """Whether something can stand in it."""
        return self.role in {"textbox", "combobox"}


@dataclass
class Reader:
    """One person at the portal."""

    page: Page
    language: str
    service_user: str
    """Whom to enter where the guide does not say what."""
    entered: list[tuple[Thing, str]] = field(default_factory=list)
    """What was entered into the page that is open."""

    def log_in(self, user_name: str) -> None:
        """Become a user; the guide leaves that to the reader."""
        self.page.get_by_role("radio", name=user_name).check()
        self._press(self.page.get_by_role("main").get_by_role("button"), "log-in")

    def follow(self, step: Topic) -> None:
        """Do what a step says, and look whether it shows what it promises.

        Raises:
            Lost: something is not on the page, or does not do what the guide says.
        """
        for item in step.paragraphs:
            if item.number is not None:
                self._follow_item(item, f"step {step.id}, item {item.number}")
        promises = [note for note in step.notes if note.kind is Kind.SEE]
        if not promises:
            raise Lost(f"step {step.id} does not say what to see")
        for promise in promises:
            for paragraph in promise.paragraphs:
                self._see(paragraph, f"step {step.id}, what to see")
        for thing, text in self.entered:
            if _content(thing) != text:
                raise Lost(f"step {step.id}: “{thing.name}” does not show what was entered")

    def _follow_item(self, item: Paragraph, place: str) -> None:
        typed = [span.text for span in item.spans if span.style is Style.CODE]
        # All of it is found before anything is done: a link leads to a page without the other names.
        for thing in self._things(item, place):
            if thing.role in {"link", "button"}:
                self._press(thing.locator, place, *typed)
            elif thing.role in {"switch", "checkbox", "radio"}:
                thing.locator.check()
                self.entered.append((thing, "on"))
            elif thing.is_list:
                self._choose(thing, place)
            elif thing.is_box and thing.editable:
                self._fill(thing, typed[0] if typed else self.service_user, place)

    def _press(self, button: Locator, place: str, file: str = "") -> None:
        """Press a link or button; when the text names a ``file``, that is what the browser has to save."""
        self.entered.clear()
        if not file:
            with self.page.expect_navigation():
                button.click()
            return
        with self.page.expect_download() as download:
            button.click()
        if download.value.suggested_filename != file:
            raise Lost(f"{place}: the browser saves {download.value.suggested_filename}, and not {file}")
        if failure := download.value.failure():
            raise Lost(f"{place}: the browser could not save {file}: {failure}")

    def _fill(self, box: Thing, text: str, place: str) -> None:
        if _content(box):
            raise Lost(f"{place}: “{box.name}” is not empty")
        proposals = box.locator.evaluate("it => [...it.list?.options ?? []].map(option => option.value)")
        if proposals and text not in proposals:
            raise Lost(f"{place}: “{box.name}” does not propose {text}")
        box.locator.fill(text)
        self.entered.append((box, text))

    def _choose(self, choice: Thing, place: str) -> None:
        """Choose in a list what the text names behind it."""
        if not choice.value:
            raise Lost(f"{place}: the guide does not say what to choose as “{choice.name}”")
        choice.locator.select_option(choice.value)
        self.entered.append((choice, choice.value))

    def _see(self, promise: Paragraph, place: str) -> None:
        for thing in self._things(promise, place):
            if thing.is_box and not _content(thing):
                raise Lost(f"{place}: “{thing.name}” is empty")

    def _things(self, text: Paragraph, place: str) -> list[Thing]:
        """Find everything that ``text`` names.

        Behind the name of a group, look inside that group; behind the name of a list, at what it offers.
        """
        things: list[Thing] = []
        where: Page | Locator = self.page
        for names in _named(text):
            offered = (
                things[-1].locator.get_by_role("option").all_text_contents() if things and things[-1].is_list else []
            )
            if chosen := [name for name in names if name in offered]:
                things[-1] = replace(things[-1], value=chosen[0])
                continue
            found = [thing for name in names for thing in self._find(name, where)]
            if len(found) != 1:
                wanted = "” or “".join(names)
                raise Lost(f"{place}: “{wanted}” is {'several things' if found else 'not'} on the page")
            where = found[0].locator if found[0].role == "group" else self.page
            things.append(found[0])
        return things

    def _find(self, name: str, where: Page | Locator) -> list[Thing]:
        """Return what is called ``name`` or has just that written on it, of the first role of which there is one."""
        called = ICONS.get(self.language, {}).get(name, name)
        for role in _ROLES:
            of_role = where.get_by_role(role)
            named = where.get_by_role(role, name=called, exact=True)
            written = of_role.filter(has_text=re.compile(rf"^\s*{re.escape(called)}\s*$"))
            either = (named.or_(written) if role in {"link", "button"} else named).filter(visible=True)
            if found := either.all():
                return [Thing(name, one, role, role in _FIELDS and one.is_editable()) for one in found]
        return []


def _named(text: Paragraph) -> Iterator[tuple[str, ...]]:
    """Yield the names in bold; one in parentheses is what the thing before it is called elsewhere."""
    names: tuple[str, ...] = ()
    depth = 0
    for span in text.spans:
        if span.style is not Style.STRONG:
            depth += span.text.count("(") - span.text.count(")")
        elif depth:
            names += (span.text,)
        else:
            if names:
                yield names
            names = (span.text,)
    if names:
        yield names


def _content(thing: Thing) -> str:
    """Return what stands in a box or list; ``on`` for a switch or choice that is."""
    if thing.role in {"switch", "checkbox", "radio"}:
        return "on" if thing.locator.is_checked() else ""
    if thing.is_list:
        return thing.locator.locator("option:checked").text_content() or ""
    return thing.locator.input_value()
