"""The page: the Markdown of the guide with a customer's names in it, and our own blocks around it.

A step says what it uses in its heading's attribute block: ``uses=tenant``, ``uses=app`` or ``uses=service-user``. The
name it suggests there with ``copy`` gives way to the customer's, wherever it is set as code.
"""

from __future__ import annotations

import dataclasses
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import Guide, Kind, flow
from ionapi_tui.domain.guide.front import Part, parts_of
from ionapi_tui.domain.handover import box
from ionapi_tui.domain.handover.requests import request_for_roles, request_to_enable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token

    from ionapi_tui.domain.handover.file_request import FileRequest

_BOX: Final = "\ufdd0"
"""Stands where the box goes. Names cannot contain it: ``safe`` replaces it."""

_NOTE: Final = re.compile(r"^::: (\w+)\n(.*?)\n:::$", re.MULTILINE | re.DOTALL)
_PICTURE: Final = re.compile(r"^(!\[[^\]]*\]\()([^)]*/)?([^)/]+\))", re.MULTILINE)
_ROLE: Final = re.compile(r"^- \*\*(.+?)\*\*(?: `(.+?)`)?", re.MULTILINE)


@dataclass(frozen=True)
class Customer:
    """Names that somebody typed; none of them is secret. What is not known is empty."""

    name: str
    """Of the company, or of the person."""
    tenant: str = ""
    service_user: str = ""
    """The user that the service account will act as."""
    app_name: str = ""
    """What the authorized app shall be called."""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            object.__setattr__(self, field.name, safe(getattr(self, field.name).strip(), 100))


def pictures_of(guide: Guide) -> dict[str, Path]:
    """Return the pictures on the page by their file names."""
    topics = (*guide.prerequisites.topics, *guide.steps)
    return {picture.path.name: picture.path for topic in topics for picture in topic.pictures}


def markdown(guide: Guide, customer: Customer, pictures: str) -> str:
    """Return the page as Markdown that every reader understands; pictures are linked in the folder ``pictures``."""

    def quoted(note: re.Match[str]) -> str:
        lines = [f"**{Kind(note[1]).heading}**", "", *note[2].splitlines()]
        return "\n".join(f"> {line}".rstrip() for line in lines)

    return _PICTURE.sub(rf"\g<1>{pictures}/\3", _NOTE.sub(quoted, source(guide, customer)))


def html(guide: Guide, customer: Customer, request: FileRequest | None = None) -> str:
    """Return the page as one HTML file: nothing in it leads outside, and it prints well.

    Args:
        guide: in the language of the person who will read it.
        customer: whom it is for.
        request: the file request whose public key the page encrypts for; without one the page has no box for it.
    """
    style = Path(__file__).with_name("page.css").read_text("utf-8")
    body = _rendered(guide, source(guide, customer, request))
    # The policy holds even if a name that somebody typed were to get through as a tag.
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    if request is not None:
        body = body.replace(f"<p>{_BOX}</p>", box.markup(guide, request, customer.tenant, customer.app_name), 1)
        policy += f"; {box.POLICY} {box.script_source()}"
    return (
        f'<!doctype html>\n<html lang="{escape(guide.front.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_title(guide, customer))}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}"
        "</main>\n</body>\n</html>\n"
    )


def source(guide: Guide, customer: Customer, request: FileRequest | None = None) -> str:
    """Return the page in the Markdown of the guides: notes are containers, pictures have no folder."""
    return "\n\n".join(_blocks(guide, customer, request)) + "\n"


def _rendered(guide: Guide, text: str) -> str:
    """Return Markdown as HTML whose headings of the steps have ids."""
    parser = _parser(pictures_of(guide))
    tokens = parser.parse(text)
    headings = [token for token, inline in pairwise(tokens) if token.tag == "h2" and inline.type == "inline"]
    titles = [inline.content for token, inline in pairwise(tokens) if token.tag == "h2" and inline.type == "inline"]
    for step in guide.steps:
        place = flow.position(guide.front, step.id)
        at = next(index for index, title in enumerate(titles) if title.startswith(place))
        headings[at].attrSet("id", box.anchor(step.id))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _blocks(guide: Guide, customer: Customer, request: FileRequest | None) -> Iterator[str]:
    yield f"# {_escaped(_title(guide, customer))}"
    yield from _introduction(guide, customer)
    yield from _guide_for(guide, customer)
    yield from _way_back(request)
    yield from _letters(guide, customer)


def _title(guide: Guide, customer: Customer) -> str:
    return _("{title} for {customer}").format(title=guide.front.title, customer=customer.name)


def _introduction(guide: Guide, customer: Customer) -> Iterator[str]:
    yield _escaped(
        _(
            "This page leads you through the Infor portal to an ION API file, which lets DocBits export documents to"
            " Infor. You need {minutes} and the rights of an administrator. There is nothing secret on this page."
        ).format(minutes=n_("{n} minute", "{n} minutes", guide.front.minutes))
    )
    facts = (
        (_("Customer"), customer.name),
        (_("Tenant"), customer.tenant),
        (_("Service user"), customer.service_user),
        (_("Authorized app"), customer.app_name),
    )
    yield "\n".join(
        "- " + _("{label}: {value}").format(label=_escaped(label), value=f"**{_escaped(value)}**")
        for label, value in facts
        if value
    )
    yield _escaped(
        _("The pictures show a simulated Infor portal. Yours may look different, and name some things differently.")
    )


def _guide_for(guide: Guide, customer: Customer) -> Iterator[str]:
    """Yield the guide's own Markdown, from the prerequisites to the last step, with the customer's names."""
    suggested = next((step.attributes["copy"] for step in guide.steps if "copy" in step.attributes), "")
    app = _code(customer.app_name).strip("`") if customer.app_name else suggested
    section = ""
    for part in parts_of(guide.source):
        section = part.id if part.level == 1 else section
        if section not in ("prerequisites", "steps") or part.id == "steps":
            continue
        body = re.sub("`[^`]*`", lambda code: code[0].replace(suggested, app) if suggested else code[0], part.body)
        if section == "steps":
            position = flow.position(guide.front, part.id)
            yield "## " + _("{place}: {title}").format(place=position, title=part.title)
        else:
            body = _ROLE.sub(_role, body)
            yield f"{'#' * (part.level + 1)} {part.title}"
        yield from _own(part, customer)
        yield _PICTURE.sub(r"\1\3", body)


def _role(found: re.Match[str]) -> str:
    name, canonical = found.groups()
    return f"- [ ] **{name}**" + (f" (`{canonical}`)" if canonical not in (None, name) else "")


def _own(part: Part, customer: Customer) -> Iterator[str]:
    """Yield what this customer's step says besides."""
    sentence, value = {
        "tenant": (_("The tenant for this file is {value}."), customer.tenant),
        "app": (_("The name of the app is {value}."), customer.app_name),
        "service-user": (_("The service user is {value}."), customer.service_user),
    }.get(part.attributes.get("uses", ""), ("", ""))
    if value:
        yield sentence.format(value=_code(value))


def _way_back(request: FileRequest | None) -> Iterator[str]:
    yield "## " + _("Send the file back")
    if request is not None:
        yield _escaped(
            _(
                "The file contains long-lived keys. Do not send it as it is. Encrypt it here first: then you can send"
                " it by mail, because only the computer that created this page can decrypt it."
            )
        )
        yield _BOX
        yield "### " + _("If you cannot use the box above")
    yield _escaped(
        _(
            "The file contains keys that let a program sign in on its own. Do not send it by mail or chat. Put "
            "it where only the person who asked you can read it, such as a shared vault or a protected folder, "
            "or hand it over in person. Tell that person where it is."
        )
    )
    yield _escaped(
        _(
            "Do not open or edit the file, and delete your own copy once it has arrived. If someone else may have "
            "seen it, disable its service account and create a new file."
        )
    )


def _letters(guide: Guide, customer: Customer) -> Iterator[str]:
    yield "## " + _("If you need help from someone else")
    yield _escaped(_("Someone who manages users can assign the roles. You can send this text as it is:"))
    yield _verbatim(request_for_roles(guide.prerequisites, (), customer.tenant, customer.service_user))
    yield _escaped(_("If the service account was turned off, ask for this:"))
    yield _verbatim(request_to_enable(customer.tenant, customer.app_name, customer.service_user))


def _escaped(text: str) -> str:
    """Return ``text`` with Markdown's special characters escaped."""
    return re.sub(r"([\\`*_\[\]<>#]|&(?=#?\w+;))", r"\\\1", text)


def _code(text: str) -> str:
    return "`" + text.replace("`", "'") + "`"


def _verbatim(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


def _parser(pictures: Mapping[str, Path]) -> MarkdownIt:
    """Return what makes HTML of Markdown: no tags in the text, notes with their titles, pictures inside."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    def note(_self: RendererProtocol, tokens: list[Token], index: int, _options: object, _env: object) -> str:
        kind = tokens[index].info.strip()
        if tokens[index].nesting < 0:
            return "</aside>\n"
        return f'<aside class="{kind}"><h4>{escape(Kind(kind).heading)}</h4>\n'

    def picture(_self: RendererProtocol, tokens: list[Token], index: int, _options: object, _env: object) -> str:
        caption = escape(tokens[index].content)
        path = pictures.get(str(tokens[index].attrs["src"]))
        if path is None:
            return caption
        content = b64encode(path.read_bytes()).decode()
        return f'<img alt="{caption}" src="data:image/png;base64,{content}"><span class="caption">{caption}</span>'

    parser = MarkdownIt("commonmark", {"html": False}).use(tasklists_plugin)
    for kind in Kind:
        parser.use(container_plugin, kind.value, render=note)
    parser.add_render_rule("image", picture)
    return parser
