"""The files of a folder with what is to become of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Severity
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.usecases.importing import Candidate, Verdict


class State(Enum):
    """How far a file is."""

    WAITING = "waiting"
    STORING = "storing"
    STORED = "stored"
    FAILED = "failed"


@dataclass(frozen=True)
class Row:
    """A file in the list."""

    candidate: Candidate
    name: str
    """The name its profile gets."""
    wanted: bool
    """Whether it is to be stored."""
    state: State = State.WAITING
    error: str = ""
    """Why it could not be stored."""
    deleted: bool = False
    """Whether the file was deleted after it was stored."""

    @property
    def is_good(self) -> bool:
        """Whether it can be stored at all."""
        return self.candidate.verdict is Verdict.GOOD

    @property
    def is_left(self) -> bool:
        """Whether it was stored and still holds its secrets in plain text."""
        return self.state is State.STORED and not self.deleted and not self.candidate.inspection.request

    @property
    def is_due(self) -> bool:
        """Whether it is to be stored and has not been."""
        return self.is_good and self.wanted and self.state in (State.WAITING, State.FAILED)


class CandidateList(OptionList):
    """Files, one a line, with a highlighted one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "leave_out", N_("Skip")),
    ]

    class LeaveOut(Message):
        """The highlighted file is to be left out, or taken in again."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._rows: Sequence[Row] = ()
        translate_bindings(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the page, which works on all the files; offer to leave out what is not stored yet."""
        if action == "leave_out":
            row = self._rows[self.highlighted] if self.highlighted is not None and self._rows else None
            return row is not None and row.is_good and row.state is State.WAITING
        return action != "select"

    def show(self, rows: Sequence[Row]) -> None:
        """Draw ``rows``; the highlight stays where it is."""
        width = self.scrollable_content_region.width - 2
        if self.option_count != len(rows):
            self.clear_options()
            self.add_options([Option(_line(row, width)) for row in rows])
            self.highlighted = 0 if rows else None
        else:
            for at, row in enumerate(rows):
                self.replace_option_prompt_at_index(at, _line(row, width))
        self._rows = rows

    def on_resize(self) -> None:
        """Fit the columns to the new width."""
        self.show(self._rows)

    def action_leave_out(self) -> None:
        """Ask to leave the highlighted file out."""
        self.post_message(self.LeaveOut())


def _line(row: Row, width: int) -> Content:
    sign, style = _sign(row)
    name = Content.styled(safe(row.name, 60), "bold") if row.is_good else Content.styled("–", "$dim")
    cells = [Content(safe(row.candidate.path.name, 80)), name]
    sizes = [int(width * 0.32), int(width * 0.26)]
    parts = [
        cell.truncate(size - 1, ellipsis=True).pad_right(size - min(size - 1, cell.cell_length))
        for cell, size in zip(cells, sizes, strict=True)
    ]
    words = Content.styled(words_of(row), style).truncate(max(1, width - sum(sizes) - 2), ellipsis=True)
    return Content.assemble((f"{sign} ", f"bold {style}"), *parts, words)


def _sign(row: Row) -> tuple[str, str]:
    if row.state is not State.WAITING:
        return {
            State.STORING: ("▸", "$accent"),
            State.STORED: ("✓", "$text-success"),
            State.FAILED: ("✕", "$text-error"),
        }[row.state]
    if not row.is_good:
        return ("✕", "$text-error") if row.candidate.verdict is Verdict.BROKEN else ("–", "$dim")
    if not row.wanted:
        return "–", "$dim"
    return ("!", "$text-warning") if _warnings(row) else ("●", "$foreground")


def words_of(row: Row) -> str:
    """Return what is to become of a file, or has become of it."""
    candidate = row.candidate
    if row.state is State.STORING:
        return _("storing …")
    if row.state is State.STORED:
        return _("stored, file deleted") if row.deleted else _("stored")
    if row.state is State.FAILED:
        return row.error
    if candidate.verdict is Verdict.BROKEN:
        return candidate.inspection.findings[0].message
    if candidate.verdict is Verdict.STORED:
        return _("app stored as {name}").format(name=safe(candidate.other, 60))
    if candidate.verdict is Verdict.SUPERSEDED:
        return _("same app as {file}, which is newer").format(file=safe(candidate.other, 60))
    if not row.wanted:
        return _("left out")
    warnings = _warnings(row)
    return n_("{n} warning", "{n} warnings", warnings) if warnings else _("complete")


def _warnings(row: Row) -> int:
    return sum(finding.severity is Severity.WARNING for finding in row.candidate.inspection.findings)
