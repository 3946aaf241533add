"""XML as a small tree that knows its lines. No document types, no entities, no deep nesting."""

from dataclasses import dataclass, field
from typing import Any
from xml.sax import ContentHandler, SAXException, SAXParseException

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString
from django.utils.translation import gettext as _

from courses.quizzes.reading.drafts import Unreadable

DEEPEST = 50
MOST_ELEMENTS = 500_000


@dataclass
class Node:
    """An element: its name, attributes, children, its own words, and the line where it begins."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(self.pieces)

    def all(self, name: str) -> list["Node"]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        return next(iter(self.all(name)), None)

    def said(self, *names: str) -> str:
        """The words of the first descendant along these names; empty when there is none."""
        node: Node | None = self
        for name in names:
            node = node.first(name) if node else None
        return node.words.strip() if node else ""


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", 0, {})
        self.open = [self.root]
        self.count = 0
        self.line = 0

    def _at(self) -> int:
        return int(self._locator.getLineNumber() or 0) if self._locator else 0  # type: ignore[attr-defined]

    def startElement(self, name: str, attrs: Any) -> None:
        self.line = self._at()
        self.count += 1
        if len(self.open) > DEEPEST or self.count > MOST_ELEMENTS:
            raise Unreadable(_("This file is nested too deeply or holds far too many parts."), self.line)
        node = Node(name, self.line, dict(attrs.items()))
        self.open[-1].children.append(node)
        self.open.append(node)

    def endElement(self, name: str) -> None:
        self.open.pop()

    def characters(self, content: str) -> None:
        self.open[-1].pieces.append(content)


def read_tree(content: bytes, root: str) -> Node:
    """The root element, which must have this name. Raises Unreadable."""
    builder = _Builder()
    try:
        parseString(content, builder, forbid_dtd=True)
    except DefusedXmlException:
        sentence = _("This file declares entities or a document type. That is not read, since it can do harm.")
        raise Unreadable(sentence) from None
    except SAXParseException as error:
        raise Unreadable(_("This is not well-formed XML."), int(error.getLineNumber() or 0)) from None
    except (SAXException, LookupError, UnicodeError, ValueError):
        raise Unreadable(_("This is not well-formed XML."), builder.line) from None
    found = builder.root.first(root)
    if found is None:
        raise Unreadable(_("This XML file holds no questions: it should begin with <%(name)s>.") % {"name": root})
    return found
