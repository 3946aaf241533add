"""Marked-up lines: **bold**, *italic*, [link](address), and back from HTML.

Not Markdown's own rules: whether ** opens or closes hangs there on the spaces and signs around it,
and Thai writes no spaces (docs/decisions/0007). Here ** and * simply open and close, a backslash
takes the meaning from the next sign, `\\n` is a line break and `\\e` is nothing at all, to part two signs;
so every line that is written reads back as itself.
"""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

_TOKEN = re.compile(
    r"\\(?P<escaped>.)|(?P<bold>\*\*)|(?P<italic>\*)|\[(?P<label>(?:\\.|[^\]\\])*)\]\((?P<url>[^()\s]+)\)"
)
_SPECIAL = re.compile(r"[\\*\[\]]")
_BLOCK_START = re.compile(r"^(#|-|:::|!\[|\+\+\+|\d+\.)")
_SAID = {"n": "<br/>", "e": ""}
_UNFIT_FOR_ADDRESS = re.compile(r"[()\s]")


class Unbalanced(ValueError):
    """A ** or * that opens and never closes."""


def html_from_line(line: str, link: Callable[[str], str]) -> str:
    """HTML of one line; `link(address)` gives the attributes of its <a>. Raises Unbalanced."""
    out: list[str] = []
    opened: list[str] = []
    position = 0
    while token := _TOKEN.search(line, position):
        out.append(escape(line[position : token.start()], quote=False))
        position = token.end()
        if token["escaped"]:
            out.append(_SAID.get(token["escaped"], escape(token["escaped"], quote=False)))
        elif token["url"]:
            out.append(f"<a {link(token['url'])}>{html_from_line(token['label'], link)}</a>")
        else:
            tag = "b" if token["bold"] else "i"
            if tag == "b" and opened[-1:] == ["i"] and "b" in opened:  # *** that closes both
                tag, position = "i", token.end() - 1
            if opened and opened[-1] == tag:
                out.append(f"</{opened.pop()}>")
            elif tag in opened:
                raise Unbalanced(token[0])
            else:
                opened.append(tag)
                out.append(f"<{tag}>")
    if opened:
        raise Unbalanced("**" if opened[-1] == "b" else "*")
    out.append(escape(line[position:], quote=False))
    return "".join(out)


def escape_text(text: str) -> str:
    """Plain text so that it reads back as itself."""
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], text)


def protect_start(line: str) -> str:
    """A paragraph that begins like a heading, a list or a directive is kept a paragraph."""
    return "\\" + line if _BLOCK_START.match(line) else line


def escape_plain(text: str, *, also: str = "") -> str:
    """A field without mark-up on one line: the backslash, line breaks, and the signs in `also` are escaped."""
    text = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    for sign in also:
        text = text.replace(sign, "\\" + sign)
    return text


def read_plain(text: str) -> str:
    """The reverse of `escape_plain`."""
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], text)


class LineWriter(HTMLParser):
    """Rich text as lines of a pack: paragraphs, headings, lists; every other tag gives only its text."""

    def __init__(self, address: Callable[[dict[str, str | None]], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.lines: list[tuple[str, str]] = []  # (kind, text); kind "" is a paragraph
        self._text = ""
        self._lists: list[list[int | str]] = []
        self._heading = ""
        self._links: list[str] = []
        self._in_item = False
        self._after_star = -1  # the length of the text right after a single *

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "h2", "h3", "h4"):
            self._flush()
            self._heading = {"h2": "## ", "h3": "### ", "h4": "### "}.get(tag, "")
        elif tag in ("ul", "ol"):
            self._flush()
            self._lists.append([tag, 0])
        elif tag == "li":
            self._flush()
            self._in_item = True
            if self._lists:
                self._lists[-1][1] = int(self._lists[-1][1]) + 1
        elif tag in ("b", "strong"):
            self._style("**")
        elif tag in ("i", "em"):
            self._style("*")
        elif tag == "br":
            self._text += "\\n"
        elif tag == "a":
            address = self.address(dict(attrs))
            self._links.append(_UNFIT_FOR_ADDRESS.sub(lambda sign: quote(sign[0]), address))
            self._text += "["

    def handle_endtag(self, tag: str) -> None:
        if tag in ("b", "strong"):
            self._text += "**"  # after a single * it closes both
        elif tag in ("i", "em"):
            self._style("*")
        elif tag == "a" and self._links:
            self._text += f"]({self._links.pop()})"
        elif tag in ("p", "h2", "h3", "h4", "li"):
            self._flush()
            self._heading = ""
            if tag == "li":
                self._in_item = False
        elif tag in ("ul", "ol"):
            self._flush()
            if self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        self._text += escape_text(re.sub(r"\s+", " ", data))

    def finish(self) -> str:
        """Everything fed so far: one empty line between paragraphs, none between the items of a list."""
        self.close()
        self._flush()
        out = ""
        before = ""
        for kind, line in self.lines:
            separator = "\n" if kind == "item" == before else "\n\n"
            out += (separator if out else "") + line
            before = kind
        return out

    def _style(self, mark: str) -> None:
        """Two stars in a row would be read as one mark, so a single one is parted from the next."""
        if self._after_star == len(self._text):
            self._text += "\\e"
        self._text += mark
        self._after_star = len(self._text) if mark == "*" else -1

    def _flush(self) -> None:
        text, self._text, self._after_star = self._text.strip(), "", -1
        if not text:
            return
        if self._in_item and self._lists:
            kind, number = self._lists[-1]
            mark = "-" if kind == "ul" else f"{number}."
            self.lines.append(("item", "  " * (len(self._lists) - 1) + f"{mark} {text}"))
            self._in_item = False
        else:
            self.lines.append(("", self._heading + (text if self._heading else protect_start(text))))
