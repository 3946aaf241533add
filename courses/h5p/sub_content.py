"""One question of the bank as content: as it was read when nothing of it has changed, else as its kind writes it."""

import uuid
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.h5p.attaching import Media
from courses.h5p.libraries import CONTENT_TYPES, IMAGE
from courses.h5p.mapping import figure_of, mapped
from courses.h5p.titles import short_title
from courses.h5p.walking import Node, machine_name
from courses.quizzes.choices import Format
from courses.quizzes.kinds import kind_of, kind_reading
from courses.quizzes.markup import as_html
from courses.quizzes.models import Question

DRAWN_ON = "H5P.DragQuestion"
SHOWS_MEDIA = frozenset(
    f"H5P.{name}" for name in ("MultiChoice", "TrueFalse", "Blanks", "DragText", "MarkTheWords", "Essay")
)
ROOM = uuid.UUID("0c2f6a0e-9c4b-4b5c-8a57-6f0f6a1d2b43")  # of the ids that our questions get


@dataclass(frozen=True)
class Left:
    """A question that is not in the package, and why."""

    uid: str
    reason: str


def sub_content(question: Question, media: Media) -> dict[str, Any] | Left:
    """Content with `library`, `params`, `metadata` and `subContentId`, its picture put into `media`."""
    kept = question.body.get("h5p") if isinstance(question.body.get("h5p"), dict) else {}
    if _is_as_read(question, kept):
        library, params = kept["library"], kept["params"]
    else:
        content = question.content if question.format == Format.HTML else as_html(question.content)
        made = kind_of(question.kind).to_h5p(content, question.body)
        if made is None:
            return Left(question.uid, _("H5P has nothing like this kind of question."))
        library, params = made.library, deepcopy(made.params)
    params = _with_figure(question, library, params, media)
    is_same_type = machine_name(kept.get("library")) == machine_name(library)
    return {
        "library": library,
        "params": params,
        "subContentId": (is_same_type and kept.get("subContentId")) or str(uuid.uuid5(ROOM, question.uid)),
        "metadata": (is_same_type and kept.get("metadata")) or metadata(question.content, library),
    }


def metadata(title: str, library: str) -> dict[str, Any]:
    """What H5P keeps of every piece of content."""
    title = short_title(title)
    return {
        "title": title,
        "extraTitle": title,
        "license": "U",
        "authors": [],
        "changes": [],
        "contentType": CONTENT_TYPES.get(machine_name(library), machine_name(library)),
    }


def _is_as_read(question: Question, kept: dict[str, Any]) -> bool:
    """Whether reading the kept content again would give the very same question."""
    name = machine_name(kept.get("library"))
    if name not in kind_reading() or not isinstance(kept.get("params"), dict):
        return False
    node = Node(kept["library"], kept["params"], (), kept.get("metadata"), str(kept.get("subContentId") or ""))
    try:
        read = mapped(node)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, ValidationError):
        return False
    said = (read.kind, read.content, read.explanation, read.body)
    return said == (question.kind, question.content, question.explanation, question.body)


def _with_figure(question: Question, library: str, params: dict[str, Any], media: Media) -> dict[str, Any]:
    """The picture of a question, where its library shows one."""
    image = question.figure
    if image is None:
        return params
    name = machine_name(library)
    there, _alt = figure_of(Node(library, params))
    if there and media.holds(there, image):
        return params
    if name not in SHOWS_MEDIA | {DRAWN_ON}:
        media.remarks.append(
            _("The picture of “%(uid)s” is not written: this type of H5P content shows none.") % {"uid": question.uid}
        )
        return params
    file = media.add(image)
    if file is None:
        return params
    params = deepcopy(params)
    if name == DRAWN_ON:
        params.setdefault("question", {}).setdefault("settings", {})["background"] = file
        return params
    alt = image.default_alt_text
    params["media"] = {
        "type": {
            "library": IMAGE,
            "params": {"contentName": "Image", "alt": alt, "decorative": False, "file": file},
            "subContentId": str(uuid.uuid5(ROOM, f"{question.uid}/media")),
            "metadata": metadata(alt, IMAGE),
        },
        "disableImageZooming": False,
    }
    return params
