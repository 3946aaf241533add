"""Texts of a package: harmless ones stay as they were written, letter for letter; from others the harm is taken out.

H5P filters what an editor saves by the semantics of each library, but a package may hold anything, and its texts are
put into pages as HTML. What is let through is what H5P's editors can write.
"""

import re
from typing import Any

import nh3

from courses.h5p.walking import Path

_TAGS = (
    "a abbr b blockquote br caption cite code col colgroup dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i"
    " ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var"
    " math mfrac mi mn mo mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
    " mover"
)
TAGS = frozenset(_TAGS.split())
_COMMON = frozenset({"class", "id", "dir", "lang", "title", "align"})
_ATTRIBUTES = {
    "*": set(_COMMON | {"style"}),
    "a": {"href", "target", "rel"},
    **{name: {"colspan", "rowspan", "scope", "headers"} for name in ("td", "th")},
    **{name: {"start", "type", "value"} for name in ("ol", "li")},
    **{name: {"span"} for name in ("col", "colgroup")},
    "table": {"border", "cellpadding", "cellspacing", "summary"},
}
_STYLES = {
    "text-align", "color", "background-color", "font-size", "font-family", "font-weight", "font-style", "height",
    "width", "text-decoration", "padding-left", "margin-left", "list-style-type", "vertical-align", "border",
}  # fmt: skip
_NAMES = "|".join(sorted(TAGS, key=len, reverse=True))
# A text in which nothing can be hidden: plain words, and tags that are spelt out with plain attributes.
_ATTRIBUTE = (
    r"""\s+(?:(?:class|id|dir|lang|title|align|colspan|rowspan|scope|start|type|border|cellpadding|cellspacing|target"""
    r"""|rel|span)="[\w\s.,:;#%/+()ก-๛-]*+"|style="(?:rgba?\([\d\s.,%]*\)|[\w\s:;#%.,-])*+\""""
    r"""|href="(?:https?://|mailto:)(?:[^"'&<>\s\\]|&amp;)*+")"""
)
_HARMLESS = re.compile(
    rf"(?:[^<]|<(?![a-zA-Z/!?])|</(?:{_NAMES})\s*+>|<(?:{_NAMES})(?:{_ATTRIBUTE})*+\s*+/?>)*+", re.IGNORECASE
)
_SCRIPT = re.compile(r"^[\x00-\x20]*(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)
_WITHOUT_CONTENT = {"script", "style", "iframe", "object", "embed", "svg", "template", "noscript"}


def clean_text(text: str) -> str:
    """The text without what could do harm; the very same text when there is none."""
    if _SCRIPT.match(text):
        return ""
    if "<" not in text or _HARMLESS.fullmatch(text):
        return text
    cleaned = nh3.clean(
        text,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        clean_content_tags=_WITHOUT_CONTENT,
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return str(cleaned)


def cleaned(value: Any, path: Path = ()) -> tuple[Any, list[Path]]:
    """A value of JSON with all its texts cleaned, and the places of those that were changed."""
    changed: list[Path] = []

    def clean(some: Any, place: Path) -> Any:
        if isinstance(some, str):
            said = clean_text(some)
            if said != some:
                changed.append(place)
            return said
        if isinstance(some, list):
            return [clean(part, (*place, number)) for number, part in enumerate(some)]
        if isinstance(some, dict):
            return {key: clean(part, (*place, key)) for key, part in some.items()}
        return some

    return clean(value, path), changed
