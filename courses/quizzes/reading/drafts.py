"""A question as a file says it, before it is in the bank, and what in a file could not be read."""

import base64
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.quizzes.choices import Difficulty, Format
from courses.quizzes.fingerprints import fingerprint
from courses.quizzes.kinds import kind_of, kinds
from courses.quizzes.markup import as_html, clean_html, plain_text

LONGEST_TEXT = 20_000  # characters of a question, as the bank has it
LONGEST_NAME = 250  # of a category
LONGEST_SOURCE = 300
MOST_QUESTIONS = 5_000  # of one file
# Tags that mean something; paragraphs and line breaks are said by lines as well.
_RICH = re.compile(r"(?i)<(?:b|strong|i|em|u|s|sub|sup|code|ul|ol|li|blockquote|pre|table|h[1-6])[\s>/]")


class Unreadable(Exception):
    """The whole file cannot be read: one sentence that says why, and the line where it shows, 0 for none."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


class CannotRead(Exception):
    """One question cannot be read, said in one sentence; the others are."""


@dataclass(frozen=True)
class Fault:
    """What could not be read, and on which line of the file it begins."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Picture:
    """A picture that came inside a file."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Draft:
    """A question that can be saved. `remarks`: what of it could not be carried over."""

    line: int
    kind: str
    content: str
    body: dict[str, Any]
    format: str = Format.PLAIN
    category: tuple[str, ...] = ()
    explanation: str = ""
    source: str = ""
    difficulty: str = Difficulty.MEDIUM
    tags: tuple[str, ...] = ()
    uid: str = ""
    picture: Picture | None = None
    remarks: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.kind, self.content, self.body)

    @property
    def kind_name(self) -> str:
        return str(kind_of(self.kind).name)


@dataclass
class Reading:
    """What a file holds: drafts in their order, faults, and what was left out on purpose."""

    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: list[Fault] = field(default_factory=list)

    def add(self, draft: Draft) -> None:
        """Take a draft in once its kind has checked it; else note the fault."""
        if len(self.drafts) >= MOST_QUESTIONS:
            raise Unreadable(_("This file holds more than 5,000 questions. Split it."), draft.line)
        try:
            self.drafts.append(checked(draft))
        except CannotRead as error:
            self.faults.append(Fault(draft.line, str(error)))


def checked(draft: Draft) -> Draft:
    """The draft with its body cleaned by its kind and its texts by their format. Raises CannotRead."""
    if draft.kind not in kinds():
        raise CannotRead(_("Questions of this kind cannot be kept here."))
    draft = replace(draft, content=without_nul(draft.content), explanation=without_nul(draft.explanation))
    if draft.format == Format.HTML:
        draft = replace(draft, content=clean_html(draft.content), explanation=clean_html(draft.explanation))
    if not plain_text(draft.content).strip():
        raise CannotRead(_("This question has no words."))
    if max(len(draft.content), len(draft.explanation)) > LONGEST_TEXT:
        raise CannotRead(_("This question is too long. Write at most %(count)d letters.") % {"count": LONGEST_TEXT})
    try:
        body = kind_of(draft.kind).clean_body(_without_nul_inside(draft.body))
    except ValidationError as error:
        raise CannotRead(" ".join(error.messages)) from None
    return replace(
        draft,
        body=body,
        category=tuple(without_nul(part).strip()[:LONGEST_NAME] for part in draft.category if part.strip()),
        source=without_nul(draft.source)[:LONGEST_SOURCE],
        tags=tuple(dict.fromkeys(without_nul(tag).strip()[:100] for tag in draft.tags if tag.strip())),
    )


def without_nul(text: str) -> str:
    """PostgreSQL keeps no U+0000, and no half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _without_nul_inside(value: Any) -> Any:
    if isinstance(value, str):
        return without_nul(value)
    if isinstance(value, dict):
        return {key: _without_nul_inside(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_nul_inside(part) for part in value]
    return value


class Texts:
    """The texts of one question, all plain or all HTML: HTML when one of them has formatting that means something."""

    def __init__(self, texts: Iterable[tuple[str, bool]]) -> None:
        self.is_rich = any(is_html and _RICH.search(text) for text, is_html in texts)

    @property
    def format(self) -> str:
        return Format.HTML if self.is_rich else Format.PLAIN

    def said(self, text: str, is_html: bool) -> str:
        """A text in the format of the question."""
        if self.is_rich:
            return clean_html(text) if is_html else as_html(text)
        return plain_text(text) if is_html else text.strip()

    def inline(self, text: str, is_html: bool) -> str:
        """A text that stands within a line, such as a choice."""
        said = self.said(text, is_html)
        if not self.is_rich:
            return said
        inner = re.fullmatch(r"<p>(.*)</p>", said, re.DOTALL)
        return inner[1] if inner and "<p>" not in inner[1] else said


# --- kept between reading and saving -------------------------------------------------------------
def to_json(draft: Draft) -> dict[str, Any]:
    kept = asdict(draft)
    if draft.picture:
        kept["picture"] = {
            "name": draft.picture.name,
            "content": base64.b64encode(draft.picture.content).decode("ascii"),
        }
    return kept


def from_json(kept: dict[str, Any]) -> Draft:
    picture = kept.get("picture")
    return Draft(
        **{
            **kept,
            "category": tuple(kept["category"]),
            "tags": tuple(kept["tags"]),
            "remarks": tuple(kept["remarks"]),
            "picture": Picture(picture["name"], base64.b64decode(picture["content"])) if picture else None,
        }
    )
