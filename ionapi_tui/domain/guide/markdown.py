"""Guides are written in Markdown with front matter.

Headings carry an attribute block that says what they are, so that a translation may word them freely::

    {#2 wireframe=new-app copy=Doc2Export name="the new app"}
    ## Enter a name and a type

The ids of steps are their numbers. ``name`` is what a step is called in half a sentence, by default its title.

First-level headings open the sections ``prerequisites``, ``steps`` and ``next-steps``; second-level headings are a
user with its roles, a step, or a topic. A bullet is a role: its name in bold, its canonical name as code, a colon, what
it is for. Numbered items match the numbers in the pictures. The containers ``see``, ``addition``, ``trouble`` and
``where`` set notes apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.language import _
from ionapi_tui.domain.guide.front import BrokenGuide, front_of, lacks, path_of
from ionapi_tui.domain.guide.values import Guide, Kind, Note, Paragraph, Picture, Role, Section, Span, Style, Topic

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_STYLES = {"strong": Style.STRONG, "em": Style.EMPHASIS, "code_inline": Style.CODE}


def load(assets: Path, language: str, name: str = "export-to-infor") -> Guide:
    """Read a guide.

    Args:
        assets: the folder that holds ``guide/<language>/<name>.md``.
        language: the language wanted; English where the guide does not exist in it.
        name: the guide's file name without ending.

    Raises:
        BrokenGuide: the file lacks a part.
    """
    path = path_of(assets, language, name)
    return parse(path.read_text("utf-8"), path.parent)


def parse(markdown: str, folder: Path) -> Guide:
    """Return the guide that ``markdown`` describes; its pictures are looked for relative to ``folder``.

    Raises:
        BrokenGuide: a section or a front matter key is missing, a heading has no id, or two steps have the same.
    """
    front = front_of(markdown)
    drafts: list[_Draft] = []
    for node in _tree(markdown).children:
        if node.type == "heading":
            draft = _Draft.of(node)
            (drafts if node.tag == "h1" or not drafts else drafts[-1].topics).append(draft)
        elif drafts:
            (drafts[-1].topics or drafts)[-1].add(node, folder)
    sections = {draft.id: draft.section() for draft in drafts}
    missing = next((part for part in ("prerequisites", "steps", "next-steps") if part not in sections), None)
    if missing is not None:
        raise lacks(missing)
    steps = sections["steps"].topics
    if [step.id for step in steps] != list(front.step_names):
        raise lacks(_("step {number}").format(number=min(len(steps), front.steps) + 1))
    return Guide(front, sections["prerequisites"], steps, sections["next-steps"], markdown)


@dataclass
class _Draft:
    """A heading while what stands under it is being read."""

    id: str
    title: str
    attributes: dict[str, str]
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    topics: list[_Draft] = field(default_factory=list)

    @classmethod
    def of(cls, heading: SyntaxTreeNode) -> _Draft:
        attributes = {key: str(value) for key, value in heading.attrs.items()}
        title = _plain(heading.children[0])
        if "id" not in attributes:
            raise BrokenGuide(_("The guide's heading “{title}” has no id.").format(title=title))
        # The name is a text, and stands in the front.
        attributes.pop("name", None)
        return cls(attributes.pop("id"), title, attributes)

    def add(self, node: SyntaxTreeNode, folder: Path) -> None:
        if node.type.startswith("container_"):
            kind = Kind(node.type.removeprefix("container_"))
            self.notes.append(Note(kind, tuple(_paragraph(child) for child in node.children)))
        elif node.type == "bullet_list":
            self.roles += [_role(item) for item in node.children]
        elif node.type == "ordered_list":
            for number, item in enumerate(node.children, 1):
                self.paragraphs.append(_paragraph(item.children[0], number))
        elif images := [child for child in node.children[0].children if child.type == "image"]:
            self.pictures += [_picture(image, folder) for image in images]
        else:
            self.paragraphs.append(_paragraph(node))

    def topic(self) -> Topic:
        return Topic(
            id=self.id,
            title=self.title,
            paragraphs=tuple(self.paragraphs),
            notes=tuple(self.notes),
            roles=tuple(self.roles),
            pictures=tuple(self.pictures),
            attributes=self.attributes,
        )

    def section(self) -> Section:
        topics = tuple(draft.topic() for draft in self.topics)
        return Section(self.id, self.title, tuple(self.paragraphs), tuple(self.notes), topics)


def _tree(markdown: str) -> SyntaxTreeNode:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from mdit_py_plugins.attrs import attrs_block_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark").use(front_matter_plugin).use(attrs_block_plugin)
    for kind in Kind:
        parser.use(container_plugin, kind.value)
    return SyntaxTreeNode(parser.parse(markdown))


def _paragraph(node: SyntaxTreeNode, number: int | None = None) -> Paragraph:
    return Paragraph(tuple(_spans(node.children[0])), number)


def _spans(inline: SyntaxTreeNode) -> Iterator[Span]:
    for child in inline.children:
        if child.type in ("softbreak", "hardbreak"):
            yield Span(" ")
        elif text := _plain(child):
            yield Span(text, _STYLES.get(child.type, Style.PLAIN))


def _plain(node: SyntaxTreeNode) -> str:
    if node.type == "softbreak":
        return " "
    return "".join(map(_plain, node.children)) if node.children else node.content


def _role(item: SyntaxTreeNode) -> Role:
    text, canonical = _paragraph(item.children[0]).plain, ""
    for span in _paragraph(item.children[0]).spans:
        if span.style is Style.CODE:
            canonical = span.text
            break
    name, _colon, purpose = text.partition(":")
    return Role(name.removesuffix(canonical).strip(), canonical, purpose.strip())


def _picture(image: SyntaxTreeNode, folder: Path) -> Picture:
    return Picture((folder / str(image.attrs["src"])).resolve(), _plain(image))
