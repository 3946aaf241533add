"""How texts go to H5P and come back. What was read is kept, and written letter by letter where nothing changed."""

import html
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.quizzes.kinds.javascript import as_dict, as_text, section
from courses.quizzes.kinds.kind import Body, H5PContent, Kind
from courses.quizzes.markup import BLOCK, clean_html

_MARKUP = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK))})\b[^>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.IGNORECASE)


def html_of(text: str) -> str:
    """A text of ours as HTML within a line. With a tag or an entity in it, it is HTML already."""
    return clean_html(text, inline=True) if _MARKUP.search(text) else html.escape(text, quote=False)


def kept_params(body: Body, machine_name: str) -> dict[str, Any]:
    """The parameters that a question was read from; none when it was another type of content, or written here."""
    kept = as_dict(body.get("h5p"))
    is_same_type = as_text(kept.get("library")).split(" ")[0] == machine_name
    return dict(section(kept, "params")) if is_same_type else {}


def kept_library(body: Body, fresh: str) -> str:
    """The library with its version that a question was read from, else the one we write."""
    kept = as_text(as_dict(body.get("h5p")).get("library"))
    return kept if kept.split(" ")[0] == fresh.split(" ")[0] else fresh


def block(text: Any) -> str:
    """Cleaned HTML of what is asked."""
    return clean_html(as_text(text))


def line(text: Any) -> str:
    """Cleaned HTML of what stands within a line."""
    return clean_html(as_text(text), inline=True)


def block_or_kept(kept: Any, content: str) -> Any:
    """What was read, if it still says the same; else what stands here now."""
    return kept if kept is not None and block(kept) == content else content


def line_or_kept(kept: Any, text: str) -> Any:
    """What was read, if it still says the same; else our text as HTML. No text and none before leave it as it was."""
    if kept is None and not text:
        return kept
    return kept if isinstance(kept, str) and line(kept) == text else html_of(text)


def cleaned_body(kind: Kind, body: Body) -> Body:
    """The body in its canonical form; ValueError with the sentence for what the kind refuses."""
    try:
        return kind.clean_body(body)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error


def params_of(content: H5PContent) -> dict[str, Any]:
    if not isinstance(content.params, dict) or not content.params:
        raise ValueError(_("Its content is missing."))
    return content.params


def remarks_on_media(params: dict[str, Any]) -> list[str]:
    """What to say of a picture, sound or film above a question: it stays in the content, learners do not see it."""
    media = section(params, "media")
    holder = media if "library" in media else section(media, "type")
    if not as_text(holder.get("library")) or not section(holder, "params"):
        return []
    return [_("The picture, sound or film above this question is kept, but learners here do not see it.")]
