"""Lines that are too long continue below their own beginning; paths are broken behind their slashes."""

from __future__ import annotations

from textual.content import Content

from ionapi_tui.ui.widgets.hanging import Line, code


def drawn(line: Line, width: int) -> list[str]:
    """Return the lines that one takes."""
    return [part.plain for part in line.wrapped(width)]


def test_a_value_continues_below_itself_and_not_below_its_label() -> None:
    line = Line(Content("one two three four five six"), Content("Label   "))
    assert drawn(line, 24) == ["Label   one two three", "        four five six"]
    assert drawn(line, 80) == ["Label   one two three four five six"]


def test_a_client_id_without_spaces_continues_below_itself() -> None:
    parts = drawn(Line(Content("A" * 50), Content("Client ID   ")), 40)
    assert parts[0] == "Client ID   " + "A" * 28
    assert parts[1] == " " * 12 + "A" * 22


def test_a_path_is_broken_behind_a_slash_and_never_in_a_name_that_fits() -> None:
    path = "/home/ann/.local/share/ionapi-tui/assets/guide/en/image_2_authorized_apps.png"
    parts = drawn(Line(Content(path), is_path=True), 33)
    assert "".join(parts) == path
    assert all(part.endswith("/") for part in parts[:-1])
    assert parts[-1] == "image_2_authorized_apps.png"


def test_a_name_longer_than_a_line_is_broken_behind_a_hyphen_or_anywhere() -> None:
    assert drawn(Line(Content("creating-an-ion-api-file"), is_path=True), 14) == ["creating-an-", "ion-api-file"]
    assert drawn(Line(Content("x" * 30), is_path=True), 14) == ["x" * 14, "x" * 14, "xx"]


def test_an_example_continues_further_right_than_it_begins() -> None:
    (line,) = code("    answer = requests.get('https://mingle-ionapi.example/ACME_TST/a')")
    first, *others = drawn(line, 40)
    assert first.startswith("    answer")
    assert others
    assert all(part.startswith(" " * 8) and part[8] != " " for part in others)
