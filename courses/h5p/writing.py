"""A quiz as an H5P package: content only, no libraries, no folders among its entries, the same bytes each time.

What came from a package goes back into its content, at its place; everything around it stays as it was. What is ours
becomes a set of questions, or a column when a question has no place in a set.
"""

import json
import zipfile
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _

from courses.h5p.attaching import Media
from courses.h5p.fitting import Frame, frame_of
from courses.h5p.libraries import dependencies
from courses.h5p.limits import LONGEST_TITLE
from courses.h5p.sub_content import Left, sub_content
from courses.h5p.titles import short_title
from courses.h5p.walking import Node
from courses.quizzes.models import Question, Quiz

MOMENT = (1980, 1, 1, 0, 0, 0)  # the first a zip can name: the same quiz is the same file
LANGUAGE = "th"


@dataclass
class Written:
    """What was written: the library of the whole, how many questions, which not and why."""

    title: str
    library: str
    question_count: int
    left_out: list[Left] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class NothingToWrite(Exception):
    """A quiz of which no question can be written for H5P. The sentence says why."""


def write_package(quiz: Quiz, out: IO[bytes]) -> Written:
    """Write a quiz as a package. Raises NothingToWrite."""
    frame = frame_of(quiz)
    with Media(frame.package) as media:
        questions = list(quiz.questions.select_related("figure").prefetch_related(None))
        placed: dict[str, dict[str, Any]] = {}
        left: list[Left] = []
        for question in _in_order(questions, frame):
            if question.retired_at is not None:
                left.append(Left(question.uid, _("It is out of use.")))
                continue
            made = sub_content(question, media)
            if isinstance(made, Left):
                left.append(made)
            else:
                placed[question.uid] = made
        if not placed:
            raise NothingToWrite(_("No question of this quiz can be written for H5P."))
        root, more = frame.filled(placed)
        left += more
        manifest = _manifest(quiz, frame, root)
        _write(out, manifest, root.params, media)
    written = len(placed) - sum(one.uid in placed for one in more)
    return Written(manifest["title"], root.library, written, left, [*frame.remarks, *media.remarks, *_remarks(quiz)])


def _in_order(questions: list[Question], frame: Frame) -> list[Question]:
    """As they stood in the package; new ones behind them."""
    places = {uid: place for place, (_path, uid) in enumerate(frame.places)}
    return sorted(questions, key=lambda question: places.get(question.uid, len(places)))


def _remarks(quiz: Quiz) -> list[str]:
    remarks = []
    if quiz.draws.exists():
        remarks.append(_("Rules for drawing questions are not written; only the questions chosen by hand are."))
    return remarks


def _manifest(quiz: Quiz, frame: Frame, root: Node) -> dict[str, Any]:
    """h5p.json. Of a package that was read, everything stays but the title and what new questions need."""
    before = frame.manifest
    name = root.name
    title = str(before.get("title", "")) if before and not frame.is_renamed else quiz.title
    if not before or frame.is_renamed or not 0 < len(title.encode()) <= LONGEST_TITLE:
        title = short_title(title or quiz.title)  # one that was read may have been nothing but unsafe HTML
    manifest: dict[str, Any] = {
        "title": title,
        "language": LANGUAGE,
        "defaultLanguage": LANGUAGE,
        "mainLibrary": name,
        "embedTypes": ["iframe"],
        "license": "U",
        "authors": [],
        "changes": [],
        **before,
    }
    manifest["title"], manifest["mainLibrary"] = title, name
    manifest["preloadedDependencies"] = dependencies(root, before.get("preloadedDependencies", ()))
    if before:
        return {key: value for key, value in manifest.items() if key in before or key == "preloadedDependencies"}
    manifest["extraTitle"] = title
    return manifest


def _write(out: IO[bytes], manifest: dict[str, Any], content: dict[str, Any], media: Media) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _entry(archive, "h5p.json", _json(manifest))
        _entry(archive, "content/content.json", _json(content))
        for path in sorted(media.paths()):
            _entry(archive, f"content/{path}", media.read(path))


def _entry(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
