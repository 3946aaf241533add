"""From content to questions: what the bank has a kind for becomes one, everything else is kept whole. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.h5p.checking.references import files_named
from courses.h5p.walking import Node, Path, written
from courses.quizzes.kinds import H5PContent, kind_of, kind_reading
from courses.quizzes.markup import plain_text

CONTAINERS = frozenset(
    {
        "H5P.QuestionSet",
        "H5P.Column",
        "H5P.Row",
        "H5P.RowColumn",
        "H5P.InteractiveBook",
        "H5P.CoursePresentation",
        "H5P.InteractiveVideo",
    }
)
LONGEST_TITLE = 300
LONGEST_PATH = 500  # letters of a place in the content that can be kept with a question


@dataclass(frozen=True)
class Mapped:
    """A question of the bank, not saved yet. `figure` is the path of its picture below `content/`."""

    path: Path
    library: str
    title: str
    kind: str
    content: str
    body: dict[str, Any]
    explanation: str = ""
    figure: str = ""
    alt: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """What stays as it is, and why."""

    path: Path
    library: str
    title: str
    reason: str
    params: dict[str, Any]


@dataclass
class Mapping:
    questions: list[Mapped] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    containers: list[tuple[Path, str]] = field(default_factory=list)


def map_content(root: Node, pictures: frozenset[str] = frozenset()) -> Mapping:
    """Every question in the content; `pictures` are the paths of files that can be shown with a question."""
    found = Mapping()
    _walk(root, pictures, found)
    return found


def _walk(node: Node, pictures: frozenset[str], found: Mapping) -> None:
    if node.name in kind_reading():
        try:
            if len(written(node.path)) > LONGEST_PATH:
                raise ValueError("its place has too long a name")
            found.questions.append(mapped(node, pictures))
        except ValidationError as error:
            found.kept.append(_kept(node, " ".join(error.messages)))
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
            found.kept.append(_kept(node, _said(error)))
        return
    inside = Mapping()
    for inner in node.inner():
        _walk(inner, pictures, inside)
    if node.name not in CONTAINERS and not inside.questions:
        found.kept.append(_kept(node, _reason(node)))
        return
    found.containers.append((node.path, node.library))
    if inside.questions or inside.kept:
        found.questions += inside.questions
        found.kept += inside.kept
        found.containers += inside.containers


def _said(error: Exception) -> str:
    """What to do, and what the kind tells authors, if it is that."""
    sentence = _("It is not written as its library wants it. Open it in an H5P editor, and save it again.")
    # Only what a kind tells authors is fit for people; other words are those of the program.
    return f"{sentence} ({error})" if isinstance(error.__cause__, ValidationError) else sentence


def _reason(node: Node) -> str:
    if node.name in UNSCORED:
        return _("This is something to read, see or hear, and no question. It stays in the package.")
    return _("The question bank has no kind for this. It stays in the package, and comes out again with an export.")


def _kept(node: Node, reason: str) -> Kept:
    return Kept(node.path, node.library, node.title[:LONGEST_TITLE], reason, node.params)


def mapped(node: Node, pictures: frozenset[str] = frozenset()) -> Mapped:
    """The question that a kind reads in this content. Raises ValueError or ValidationError."""
    read = kind_reading()[node.name].from_h5p(H5PContent(node.library, node.params))
    figure, alt = figure_of(node)
    remarks = [str(remark) for remark in read.remarks]
    if figure and figure not in pictures:
        remarks.append(_("The picture “%(path)s” cannot be shown here. It stays in the package.") % {"path": figure})
        figure = ""
    if figure:
        # The kinds do not know that a picture above a question is shown here.
        remarks = [remark for remark in remarks if remark != _unseen()]
    others = sorted({path for _place, path in files_named(node.params)} - {figure})
    if others:
        remarks.append(_("These files stay in the package: %(paths)s.") % {"paths": ", ".join(others)})
    h5p: dict[str, Any] = {"library": node.library, "params": node.params}
    if node.metadata is not None:
        h5p["metadata"] = node.metadata
    if node.identifier:
        h5p["subContentId"] = node.identifier
    body = kind_of(read.kind).clean_body({**read.body, "h5p": h5p})
    content = read.content.strip() or node.title
    if not plain_text(content) and not figure:
        content = str(kind_of(read.kind).name)
    return Mapped(node.path, node.library, node.title, read.kind, content, body, read.explanation, figure, alt, remarks)


def _unseen() -> str:
    """What kinds say of a picture, sound or film above a question."""
    return _("The picture, sound or film above this question is kept, but learners here do not see it.")


def figure_of(node: Node) -> tuple[str, str]:
    """The picture above a question, or the ground of one that is drawn on; its words for those who do not see it."""
    media = node.params.get("media")
    if isinstance(media, dict):
        inner = media.get("type") if isinstance(media.get("type"), dict) else media
        if isinstance(inner, dict) and str(inner.get("library", "")).startswith("H5P.Image "):
            params = inner.get("params") if isinstance(inner.get("params"), dict) else {}
            return _path(params.get("file")), _text(params.get("alt"))
    question = node.params.get("question")
    if isinstance(question, dict) and isinstance(question.get("settings"), dict):
        return _path(question["settings"].get("background")), node.title
    return "", ""


def _path(file: Any) -> str:
    if not isinstance(file, dict):
        return ""
    return next((path for _place, path in files_named({**file, "mime": file.get("mime", "")})), "")


def _text(value: Any) -> str:
    return plain_text(value)[:255] if isinstance(value, str) else ""


def nodes_of(root: Node) -> Iterator[Node]:
    """This content and all within it, from the outside in."""
    yield root
    for inner in root.inner():
        yield from nodes_of(inner)


# Types that give no points: what they hold is read, seen or heard.
_UNSCORED = (
    "Accordion AdvancedText Agamotto AppearIn Audio AudioRecorder Chart Collage CornellNotes Dialogcards"
    " DocumentExportPage DocumentsUpload ExportableTextArea FacebookPageFeed GoToQuestion GoalsAssessmentPage"
    " GoalsPage GuessTheAnswer IFrameEmbed IVHotspot Image ImageHotspots ImageJuxtaposition ImageSlider InformationWall"
    " Link Nil Shape StandardPage Table Text TextInputField ThreeImage Timeline TwitterUserFeed Video VirtualTour"
)
UNSCORED = frozenset(f"H5P.{name}" for name in _UNSCORED.split())
