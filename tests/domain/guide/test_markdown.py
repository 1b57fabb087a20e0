"""How guides are written, and what is said of one that lacks a part."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from ionapi_tui.domain.guide import BrokenGuide, Front, Guide, Kind, Role, Span, Style, load, parse, peek

SMALL = dedent("""\
    ---
    id: small
    language: xx
    title: A small guide
    minutes: 3
    documentation: https://docs.acme.example/
    ---

    {#prerequisites}
    # Needs

    A **strong** and *odd* `word`
    on two lines.

    {#user}
    ## A user

    - **Some Role** `SomeRole`: does this: and that.
    - `Bare-Role`: does more.

    ::: where
    There.
    :::

    {#steps}
    # Steps

    {#1 wireframe=new-app copy=Name name="the form"}
    ## Do it

    1. First.
    2. Second `x`.

    ![The form](../pictures/form.png)

    ::: see
    One.

    Two.
    :::

    ::: addition
    More.
    :::

    ::: trouble
    Less.
    :::

    {#2 wireframe=download}
    ## Do more

    {#next-steps}
    # Then

    {#upload}
    ## Upload
    """)


@pytest.fixture
def guide() -> Guide:
    """The small guide, parsed."""
    return parse(SMALL, Path("/guides/xx"))


def test_the_front_matter_names_the_guide(guide: Guide) -> None:
    names = {"1": "the form", "2": "Do more"}
    assert guide.front == Front("small", "A small guide", "xx", 3, "https://docs.acme.example/", names)
    assert guide.front.steps == 2


def test_styles_are_kept_and_broken_lines_joined(guide: Guide) -> None:
    (paragraph,) = guide.prerequisites.paragraphs
    assert paragraph.spans == (
        Span("A "),
        Span("strong", Style.STRONG),
        Span(" and "),
        Span("odd", Style.EMPHASIS),
        Span(" "),
        Span("word", Style.CODE),
        Span(" "),
        Span("on two lines."),
    )
    assert paragraph.plain == "A strong and odd word on two lines."


def test_a_bullet_is_a_role_with_both_its_names(guide: Guide) -> None:
    (user,) = guide.prerequisites.topics
    assert user.roles == (
        Role("Some Role", "SomeRole", "does this: and that."),
        Role("", "Bare-Role", "does more."),
    )


def test_numbered_items_keep_their_numbers(guide: Guide) -> None:
    assert [(item.number, item.plain) for item in guide.steps[0].paragraphs] == [(1, "First."), (2, "Second x.")]


def test_containers_become_notes_of_their_kind(guide: Guide) -> None:
    assert [note.kind for note in guide.steps[0].notes] == [Kind.SEE, Kind.ADDITION, Kind.TROUBLE]
    assert [paragraph.plain for paragraph in guide.steps[0].notes[0].paragraphs] == ["One.", "Two."]
    assert guide.prerequisites.topics[0].notes[0].kind is Kind.WHERE


def test_pictures_are_looked_for_relative_to_the_guide(guide: Guide) -> None:
    (picture,) = guide.steps[0].pictures
    assert picture.path == Path("/guides/pictures/form.png").absolute()
    assert picture.title == "The form"


def test_the_attribute_block_says_more_than_the_id(guide: Guide) -> None:
    assert dict(guide.steps[0].attributes) == {"wireframe": "new-app", "copy": "Name"}
    assert guide.steps[0].id == "1"


@pytest.mark.parametrize("part", ["prerequisites", "steps", "next-steps"])
def test_a_missing_section_is_named(part: str) -> None:
    with pytest.raises(BrokenGuide, match=part):
        parse(SMALL.replace(f"{{#{part}}}", "{#other}"), Path())


@pytest.mark.parametrize("key", ["id", "title", "language", "minutes", "documentation"])
def test_a_missing_front_matter_key_is_named(key: str) -> None:
    with pytest.raises(BrokenGuide, match=key):
        parse(SMALL.replace(f"\n{key}: ", "\nother: "), Path())


def test_a_heading_without_an_id_is_named() -> None:
    with pytest.raises(BrokenGuide, match="Do it"):
        parse(SMALL.replace('{#1 wireframe=new-app copy=Name name="the form"}\n', ""), Path())


@pytest.mark.parametrize("second", ["{#1}\n## Do more", "{#2}\nDo more\n-------"], ids=["same id", "underlined"])
def test_a_guide_whose_steps_cannot_be_counted_without_the_parser_is_broken(second: str) -> None:
    with pytest.raises(BrokenGuide, match="step 2"):
        parse(SMALL.replace("{#2 wireframe=download}\n## Do more", second), Path())


def test_an_empty_file_is_a_broken_guide() -> None:
    with pytest.raises(BrokenGuide):
        parse("", Path())


def test_a_guide_in_another_language_is_another_file(tmp_path: Path) -> None:
    for language in ("en", "xx"):
        folder = tmp_path / "guide" / language
        folder.mkdir(parents=True)
        (folder / "small.md").write_text(SMALL.replace("language: xx", f"language: {language}"))
    for wanted, found in (("xx", "xx"), ("en", "en"), ("fr", "en")):
        assert load(tmp_path, wanted, "small").front.language == found
        assert peek(tmp_path, wanted, "small") == load(tmp_path, wanted, "small").front
