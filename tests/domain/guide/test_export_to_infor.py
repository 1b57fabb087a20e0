"""The guide that is shipped: what the documentation says, what it leaves out, and pictures that match the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from ionapi_tui.base.paths import assets
from ionapi_tui.domain.findings import Step
from ionapi_tui.domain.guide import Kind, Topic, load
from ionapi_tui.ui.widgets.controls import Drawn, DrawnField
from ionapi_tui.ui.widgets.wireframes import WIREFRAMES

DOCUMENTED_PICTURES = {
    "image_1_ion_api": "1",
    "image_2_authorized_apps": "1",
    "image_3_idm_capture": "2",
    "image_4_download_credentials": "4",
}

GUIDE = load(assets(), "en")


def words(topic: Topic, kind: Kind) -> str:
    """Return the text of every note of that kind."""
    return " ".join(p.plain for note in topic.notes if note.kind is kind for p in note.paragraphs)


def test_the_administrator_needs_three_roles_by_their_documented_and_canonical_names() -> None:
    admin = GUIDE.prerequisites.topics[0]
    assert [(role.name, role.canonical) for role in admin.roles] == [
        ("ION Desk Admin", "IONDeskAdmin"),
        ("ION API Admin", "IONAPI-Administrator"),
        ("IDM Admin", "IDM-Administrator"),
    ]


def test_the_service_user_needs_three_roles_by_their_documented_and_canonical_names() -> None:
    service = GUIDE.prerequisites.topics[1]
    assert [(role.name, role.canonical) for role in service.roles] == [
        ("IDM-AdvancedUser",) * 2,
        ("Infor-SuiteUser",) * 2,
        ("MingleEnterprise",) * 2,
    ]


def test_every_role_says_what_it_is_for_and_every_user_where_it_is_granted() -> None:
    for user in GUIDE.prerequisites.topics:
        assert all(len(role.purpose) > 20 for role in user.roles)
        assert "Security Roles" in words(user, Kind.WHERE)


def test_granting_roles_takes_a_further_role_which_is_marked_as_an_addition() -> None:
    additions = " ".join(words(user, Kind.ADDITION) for user in GUIDE.prerequisites.topics)
    for role in ("IFSApplicationAdmin", "UserAdmin", "Infor-SystemAdministrator"):
        assert role in additions


def test_there_are_five_steps_and_findings_lead_back_to_each() -> None:
    assert [step.id for step in GUIDE.steps] == ["1", "2", "3", "4", "5"]
    assert {step.id for step in GUIDE.steps} | {GUIDE.prerequisites.id} == set(Step)


@pytest.mark.parametrize(
    ("number", "words_of_the_documentation"),
    [
        (1, ["Infor ION API", "Authorized Apps", "+"]),
        (2, ["Name", "Description", "Doc2Export", "Backend Service", "disk icon"]),
        (3, ["Download Credentials"]),
        (4, ["Create Service Account", "service user"]),
        (5, ["DOWNLOAD"]),
    ],
)
def test_each_step_says_what_the_documentation_says(number: int, words_of_the_documentation: list[str]) -> None:
    text = " ".join(paragraph.plain for paragraph in GUIDE.steps[number - 1].paragraphs)
    for word in words_of_the_documentation:
        assert word in text


@pytest.mark.parametrize(
    ("number", "left_out"),
    [
        (1, ["right tenant", "OS > API Gateway"]),
        (2, ["Grant Type", "Password Credentials", "Issue Refresh Tokens"]),
        (4, ["Do not leave the box blank", "Infor-IDM"]),
        (5, ["once only", "Keep the browser open"]),
    ],
)
def test_what_users_trip_over_stands_in_the_numbered_lines(number: int, left_out: list[str]) -> None:
    lines = " ".join(item.plain for item in GUIDE.steps[number - 1].paragraphs if item.number is not None)
    for word in left_out:
        assert word in lines


@pytest.mark.parametrize("path", sorted((assets() / "guide").rglob("*.md")), ids=lambda path: "/".join(path.parts[-2:]))
def test_no_line_sends_the_reader_below_or_names_a_key_of_the_app(path: Path) -> None:
    text = path.read_text("utf-8").casefold()
    for phrase in ("see below", "siehe unten", "(in the app", "(in der app", "key `", "taste `"):
        assert phrase not in text, "the guide is read as a page, without the app"


def test_every_step_says_what_to_see_and_what_goes_wrong() -> None:
    for step in GUIDE.steps:
        assert words(step, Kind.SEE)
        assert words(step, Kind.TROUBLE)


def test_the_pictures_have_the_names_of_the_documentation() -> None:
    named = {picture.path.stem: step.id for step in GUIDE.steps for picture in step.pictures}
    assert DOCUMENTED_PICTURES.items() <= named.items()


def test_every_step_has_a_picture_that_exists_and_says_what_it_shows() -> None:
    for step in GUIDE.steps:
        assert step.pictures
        for picture in step.pictures:
            assert picture.path.is_file(), picture.path.name
            assert picture.title


def test_each_wireframe_is_named_once_and_each_name_exists() -> None:
    named = [step.attributes["wireframe"] for step in GUIDE.steps]
    assert sorted(named) == sorted(WIREFRAMES)


@pytest.mark.parametrize("step", GUIDE.steps, ids=lambda step: step.id)
def test_the_numbers_in_the_picture_are_the_numbers_in_the_text(step: Topic) -> None:
    wireframe = WIREFRAMES[step.attributes["wireframe"]]()
    drawn = {number for part in _parts(wireframe) if (number := _number(part)) is not None}
    assert drawn == {item.number for item in step.paragraphs if item.number is not None}


def test_the_file_goes_to_docbits_under_the_name_docbits_gives_it() -> None:
    text = " ".join(p.plain for topic in GUIDE.next_steps.topics for p in topic.paragraphs)
    assert "Settings > Document Processing > Export" in text
    assert "ION Mapping File" in text


def _parts(widget: object) -> list[object]:
    """Return a wireframe's widget and all that will be inside it once it is on a screen."""
    inside = getattr(widget, "_pending_children", None) or []
    if isinstance(widget, DrawnField):
        inside = list(widget.compose())
    return [widget, *(part for child in inside for part in _parts(child))]


def _number(part: object) -> int | None:
    """Return the number of a target; its style sets it apart from figures in the text."""
    if not isinstance(part, Drawn | Static):
        return None
    content = part.content
    numbers = [
        int(content.plain[span.start : span.end])  # type: ignore[union-attr]
        for span in getattr(content, "spans", [])
        if "$on-accent on $accent" in str(span.style) and content.plain[span.start : span.end].strip().isdigit()  # type: ignore[union-attr]
    ]
    return numbers[0] if numbers else None
