"""The catalogues say all of what the program says, and nothing else; the guides are the same in every language."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog

from ionapi_tui.base import language
from ionapi_tui.base.paths import assets
from ionapi_tui.cli import click_words
from ionapi_tui.domain.guide import Guide, Note, Paragraph, Section, Style, Topic, load
from ionapi_tui.domain.inspection import inspect
from tools import translations

CATALOGUES = translations.catalogues()
GUIDES = ("export-to-infor", "docbits")
OTHERS = [code for code in language.known() if code != "en"]


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Everything the program says."""
    return translations.sentences()


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parent.parent.name)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    """A catalogue as it lies in the package."""
    return translations.read(request.param)


def test_there_is_a_german_catalogue() -> None:
    assert "de" in OTHERS
    assert [path.parent.parent.name for path in CATALOGUES] == OTHERS


def test_nothing_is_left_untranslated(catalogue: Catalog, template: Catalog) -> None:
    assert translations.untranslated(translations.updated(catalogue, template)) == [], "python tools/translations.py"


def test_nothing_is_translated_that_is_no_longer_said(catalogue: Catalog, template: Catalog) -> None:
    said = {message.id for message in template}
    assert [message.id for message in catalogue if message.id and message.id not in said] == []


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert not catalogue.obsolete
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_the_compiled_catalogue_is_that_of_the_text(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == translations.as_mo(translations.read(path))


def test_every_translation_fills_the_same_placeholders(catalogue: Catalog) -> None:
    for source, translation in pairs(catalogue):
        assert placeholders(translation) == placeholders(source), source


def test_translations_begin_and_end_as_what_they_translate(catalogue: Catalog) -> None:
    for source, translation in pairs(catalogue):
        assert (source[:1] == " ", source[-1:] == " ") == (translation[:1] == " ", translation[-1:] == " "), source
        assert source.count("\n") == translation.count("\n"), source
        # It keeps the lines of an example as they are.
        assert source.count("\b") == translation.count("\b"), source
        assert (source[-1:] in ".:") == (translation[-1:] in ".:"), source


def test_quotation_marks_are_those_of_the_language(catalogue: Catalog) -> None:
    for _source, translation in pairs(catalogue):
        assert "”" not in translation
        assert translation.count("„") == translation.count("“")


def test_the_words_of_click_are_those_it_says() -> None:
    written = "".join(path.read_text("utf-8") for path in Path(click.__path__[0]).glob("*.py"))
    for sentence in (*click_words.SENTENCES, *sum(click_words.PLURALS, ())):
        assert f'"{sentence}"' in written, sentence


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_built_alike_in_every_language(name: str, code: str) -> None:
    english, other = load(assets(), "en", name), load(assets(), code, name)
    assert other.front.language == code
    assert (other.front.id, other.front.steps, other.front.minutes) == (
        name,
        english.front.steps,
        english.front.minutes,
    )
    assert shape(other) == shape(english)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", GUIDES)
def test_what_is_to_be_typed_is_the_same_in_every_language(name: str, code: str) -> None:
    assert typed(load(assets(), code, name)) == typed(load(assets(), "en", name))


def pairs(catalogue: Catalog) -> list[tuple[str, str]]:
    """Return every sentence with its translation, plurals one by one."""
    found = []
    for message in catalogue:
        if isinstance(message.id, str):
            found += [(message.id, str(message.string))] if message.id else []
        else:
            found += list(zip(message.id or (), message.string or (), strict=True))
    return found


def placeholders(text: str) -> list[str]:
    """Return the names in braces."""
    return sorted(re.findall(r"\{[^{}]*\}", text))


def test_a_new_language_is_a_folder_of_guides_and_gets_its_catalogue_from_the_tool(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guides, locale = tmp_path / "guide", tmp_path / "locale"
    shutil.copytree(assets() / "guide" / "en", guides / "fr")
    shutil.copytree(assets() / "guide" / "en", guides / "en")
    (guides / "screenshots" / "fr").mkdir(parents=True)
    assert translations.main(check=True, guides=guides, locale=locale) == 1
    assert not locale.exists()
    assert translations.main(check=False, guides=guides, locale=locale) == 0
    (path,) = translations.catalogues(locale)
    assert path == locale / "fr" / "LC_MESSAGES" / "ionapi_tui.po"
    catalogue = translations.read(path)
    assert len(translations.untranslated(catalogue)) == len(catalogue) > 1000
    assert catalogue.num_plurals == 2
    assert path.with_suffix(".mo").exists()
    assert "fr: no catalogue" in capsys.readouterr().err
    written = path.read_text("utf-8").replace('msgid "Profiles"\nmsgstr ""', 'msgid "Profiles"\nmsgstr "Profils"')
    path.write_text(written, "utf-8")
    assert translations.main(check=False, guides=guides, locale=locale) == 0
    assert translations.read(path)["Profiles"].string == "Profils", "what was translated stays"


def shape(guide: Guide) -> list[object]:
    """Return what of a guide is no text: ids, attributes, roles, numbers, kinds of notes, pictures."""

    def of_notes(notes: tuple[Note, ...]) -> list[str]:
        return [note.kind for note in notes if note.kind != "addition"]

    def of_paragraphs(paragraphs: tuple[Paragraph, ...]) -> list[int | None]:
        return [paragraph.number for paragraph in paragraphs if paragraph.number]

    def of_topic(topic: Topic) -> list[object]:
        roles = [role.canonical for role in topic.roles]
        pictures = [picture.path.name for picture in topic.pictures]
        return [topic.id, topic.attributes, roles, pictures, of_paragraphs(topic.paragraphs), of_notes(topic.notes)]

    def of_section(section: Section) -> list[object]:
        return [section.id, *map(of_topic, section.topics)]

    return [of_section(guide.prerequisites), list(map(of_topic, guide.steps)), of_section(guide.next_steps)]


def typed(guide: Guide) -> set[str]:
    """Return everything that is set as code in the steps."""
    return {
        span.text
        for step in guide.steps
        for paragraph in (*step.paragraphs, *(one for note in step.notes for one in note.paragraphs))
        for span in paragraph.spans
        if span.style is Style.CODE
    }


_OTHER_NAMES = re.compile(r"\bsecret stores?\b|\b(?:the|another|their|its|that|new) stores?\b", re.IGNORECASE)


def test_where_secrets_are_kept_has_one_name(template: Catalog) -> None:
    assert [text for one in template for text in texts_of(one.id) if _OTHER_NAMES.search(text)] == []
    german = translations.read(translations.LOCALE / "de" / "LC_MESSAGES" / "ionapi_tui.po")
    found = {text for one in german for text in texts_of(one.string) if re.search(r"\bSpeichers?\b", text)}
    # It stands where there is little room.
    assert found == {"Speicher fehlt", "Speicher gesperrt"}


def texts_of(said: object) -> list[str]:
    """Return the forms of a message or of a translation."""
    return [str(text) for text in (said if isinstance(said, tuple | list) else (said,))]


def test_moving_around_and_moving_secrets_are_two_words_in_german() -> None:
    german = translations.read(CATALOGUES[OTHERS.index("de")])
    assert [german[one].string for one in ("Move around", "Move", "Move here")] == [
        "Bewegen",
        "Verschieben",
        "Verschieben",
    ]


def test_a_reason_that_is_a_sentence_begins_with_a_capital_letter_in_german() -> None:
    language.load("de", language.folder())
    try:
        (finding,) = inspect(b'{"ti":').findings
        assert "Spalte 7: Die Datei endet zu früh, wie nach einem abgebrochenen Download." in finding.message
    finally:
        language.use("en", None)
