"""The order of the pages, in one place; no page knows its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ionapi_tui.base.language import _

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Front, Guide

HOME = "home"
WELCOME = "welcome"
PREREQUISITES = "prerequisites"
IMPORT = "import"
NEXT_STEPS = "next-steps"


def order(guide: Guide) -> tuple[str, ...]:
    """Return the ids of the wizard's pages from first to last."""
    return (WELCOME, PREREQUISITES, *(step.id for step in guide.steps), IMPORT, NEXT_STEPS)


def neighbour(guide: Guide, page: str, offset: int) -> str:
    """Return the page ``offset`` places after ``page``, or the last one in that direction."""
    pages = order(guide)
    return pages[max(0, min(len(pages) - 1, pages.index(page) + offset))]


class Ticks(Enum):
    """How much of a page is done."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


@dataclass(frozen=True)
class Stop:
    """A page as the rail shows it."""

    id: str
    title: str
    ticks: Ticks = Ticks.NONE
    label: str = ""
    """What it is called where there is no room for the title; a number for a step."""


def role_ticks(guide: Guide) -> tuple[str, ...]:
    """Return the ids of the prerequisites' ticks, such as ``admin-user/IONDeskAdmin``."""
    return tuple(f"{user.id}/{role.canonical}" for user in guide.prerequisites.topics for role in user.roles)


def stops(guide: Guide, done: frozenset[str]) -> tuple[Stop, ...]:
    """Return what the rail shows: every page but the welcome, with what is ticked of it."""
    roles = role_ticks(guide)
    ticked = sum(role in done for role in roles)
    prerequisites = Ticks.ALL if ticked == len(roles) else Ticks.SOME if ticked else Ticks.NONE
    return (
        Stop(PREREQUISITES, _("Prerequisites"), prerequisites, _("Prerequisites")),
        *(
            Stop(step.id, f"{number} {step.title}", _all(step.id in done), str(number))
            for number, step in enumerate(guide.steps, 1)
        ),
        Stop(IMPORT, _("Import the file"), _all(IMPORT in done), _("Import")),
        Stop(NEXT_STEPS, _("Next steps"), _all(NEXT_STEPS in done), _("Next steps")),
    )


def _all(done: bool) -> Ticks:
    return Ticks.ALL if done else Ticks.NONE


def position(front: Front, page: str) -> str:
    """Return where ``page`` is, in words, such as ``Step 2 of 5``; empty for one that is not in this guide."""
    if page in front.step_names:
        return _("Step {number} of {count}").format(number=number_of(front, page), count=front.steps)
    others = {PREREQUISITES: _("Prerequisites"), IMPORT: _("Import the file"), NEXT_STEPS: _("Next steps")}
    return others.get(page, "")


def number_of(front: Front, step: str) -> int:
    """Return the number of a step, counted from 1."""
    return list(front.step_names).index(step) + 1


def name_of(front: Front, page: str) -> str:
    """Return a page that findings lead back to, in half a sentence; empty for one that is not in this guide."""
    if page in front.step_names:
        return _("step {number}, {name}").format(number=number_of(front, page), name=front.step_names[page])
    return _("prerequisites (two users and their security roles)") if page == PREREQUISITES else ""
