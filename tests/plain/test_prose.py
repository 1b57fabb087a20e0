"""Findings, line by line."""

from __future__ import annotations

from ionapi_tui.base.paths import assets
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.guide import load
from ionapi_tui.plain.console import Console
from ionapi_tui.plain.prose import say_findings


def test_a_note_that_leaves_nothing_to_do_is_not_called_a_task() -> None:
    said: list[str] = []
    note = Finding(Code.INSECURE_URL, "iu", {"label": "Gateway", "host": "127.0.0.1"}, variant="loopback")
    say_findings(Console(lambda: None, said.append), [note], load(assets(), "en").front)
    assert "Nothing to do for a practice run" in "".join(said)
    assert "What to do" not in "".join(said)
