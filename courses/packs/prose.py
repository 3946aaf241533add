"""Rich text of a lesson: lines of a pack to the HTML that Wagtail stores, and back."""

import re
from html import escape
from typing import Any

from wagtail.models import Page

from courses.packs.errors import PackError
from courses.packs.inline import LineWriter, Unbalanced, html_from_line

_ITEM = re.compile(r"^(?P<indent>(?:  )*)(?P<mark>-|\d+\.) (?P<text>.+)$")
_HEADING = re.compile(r"^(?P<level>#{1,6}) +(?P<text>.+)$")


_SCHEME = re.compile(r"^([^/?#]*):")
SCHEMES = ("http", "https", "ftp", "mailto", "tel")  # those that Wagtail lets an author link to


class UnknownScheme(ValueError):
    """A link that would run something instead of leading somewhere."""


def link_attributes(address: str) -> str:
    """A link to a page of the site follows the page; anything else stays an address. Raises UnknownScheme."""
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in SCHEMES:
        raise UnknownScheme(scheme[1])
    page = _page_at(address)
    return f'linktype="page" id="{page.pk}"' if page else f'href="{escape(address)}"'


def _page_at(address: str) -> Page | None:
    if not address.startswith("/"):
        return None
    path = address.strip("/")
    return Page.objects.filter(url_path__endswith=f"/{path}/", depth=2 + path.count("/") + 1).first()


def link_address(attributes: dict[str, str | None]) -> str:
    """Where a stored link leads, as written in a pack."""
    if attributes.get("linktype") == "page" and attributes.get("id"):
        page = Page.objects.filter(pk=attributes["id"]).first()
        if page:
            return "/" + "/".join(page.url_path.strip("/").split("/")[1:]) + "/"
    return attributes.get("href") or "#"


def html_from_lines(lines: list[str], *, file: str, first: int) -> str:
    """HTML of consecutive lines; `first` is the number of the first one. Raises PackError."""
    out: list[str] = []
    lists: list[str] = []

    def close_lists(depth: int) -> None:
        while len(lists) > depth:
            out.append(f"</li></{lists.pop()}>")

    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        if line.startswith((":::", "![")):
            raise PackError(file, number, "No block and no image can stand in this text. Close it first, or write \\.")
        item = _ITEM.match(line)
        heading = _HEADING.match(line)
        try:
            if item:
                depth = len(item["indent"]) // 2 + 1
                tag = "ul" if item["mark"] == "-" else "ol"
                if depth > len(lists) + 1:
                    raise PackError(
                        file, number, "This list item is indented too far. Indent by two spaces more than its parent."
                    )
                close_lists(depth)
                if len(lists) == depth and lists[-1] == tag:
                    out.append("</li><li>")
                else:
                    close_lists(depth - 1)
                    lists.append(tag)
                    out.append(f"<{tag}><li>")
                out.append(html_from_line(item["text"], link_attributes))
                continue
            close_lists(0)
            if heading:
                if len(heading["level"]) not in (2, 3):
                    raise PackError(file, number, "Use ## or ### for a heading; the title of the lesson is the only #.")
                tag = f"h{len(heading['level'])}"
                out.append(f"<{tag}>{html_from_line(heading['text'], link_attributes)}</{tag}>")
            else:
                out.append(f"<p>{html_from_line(line.strip(), link_attributes)}</p>")
        except Unbalanced as mark:
            raise PackError(
                file, number, f"A {mark} opens here and never closes. Close it, or write \\{mark}."
            ) from None
        except UnknownScheme as scheme:
            raise PackError(
                file, number, f"A link cannot begin with {scheme}:. Use a path, or one of: {', '.join(SCHEMES)}."
            ) from None
    close_lists(0)
    return "".join(out)


def text_from_html(html: Any) -> str:
    """The lines of a pack for stored rich text."""
    writer = LineWriter(link_address)
    writer.feed(str(html))
    return writer.finish()
