"""The page of a lesson, printed once per state and filled in for each reader.

Django's template language takes twice as long as everything else a lesson page does, and prints the
same page for everybody but for a handful of places. So the page is printed once with marks in those
places, cut there, and joined with what belongs to one reader. A mark carries a word that this
process made up when it started, so nothing that an author writes can look like one.
docs/decisions/0006 has the figures.
"""

import re
import secrets
from types import SimpleNamespace
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from courses.catalog.memory import remembered
from courses.catalog.queries import LessonToRead

_WORD = secrets.token_hex(8)
_MARK = re.compile(f"\x02{_WORD}([a-z]+)([0-9]*)\x03")


def _mark(name: str, number: int | str = "") -> SafeString:
    return mark_safe(f"\x02{_WORD}{name}{number}\x03")  # noqa: S308  nothing of anybody's in it


class _AnyReader:
    """Stands where the person will be named."""

    is_authenticated = True

    def __str__(self) -> str:
        return _mark("name")

    def __html__(self) -> str:
        return _mark("name")

    def get_short_name(self) -> SafeString:
        return _mark("short")


def lesson_page(request: HttpRequest, ready: LessonToRead, done: frozenset[int]) -> str:
    """The whole page for this reader."""
    is_done = ready.id in done
    done = done.intersection(line.id for line in ready.outline.lessons)  # not what is no longer published
    is_authoring = bool(request.user.is_staff or request.user.is_superuser)  # type: ignore[union-attr]
    if get_messages(request):
        return "".join(_fill(_print(request, ready, is_done, messages=get_messages(request)), request, done))
    key = (ready.id, ready.version, get_language(), is_done, is_authoring)
    parts = remembered("lesson-page", key, lambda: _print(request, ready, is_done))
    return "".join(_fill(parts, request, done))


def _print(request: HttpRequest, ready: LessonToRead, is_done: bool, **personal: Any) -> list[str]:
    """The page in pieces: text, then the name and number of a mark, then text again, and so on."""
    stand_in = SimpleNamespace(user=_AnyReader(), path=request.path, get_full_path=lambda: request.path)
    context = {
        "lesson": ready,
        "line": ready.line,
        "outline": ready.outline,
        "lines": [
            {"lesson": line, "class_if_done": _mark("class", line.id), "word_if_done": _mark("word", line.id)}
            for line in ready.outline.lessons
        ],
        "is_done": is_done,
        "done_count": _mark("count"),
        "lesson_count": len(ready.outline.lessons),
        "request": stand_in,
        "user": stand_in.user,
        "csrf_token": _mark("token"),
        "messages": (),
        **personal,
    }
    return _MARK.split(render_to_string("progress/lesson.html", context, request=request))


def _fill(parts: list[str], request: HttpRequest, done: frozenset[int]) -> list[str]:
    person = request.user
    word = f'<span class="sr-only"> {gettext("(done)")}</span>'
    once = {
        "name": escape(str(person)),
        "short": escape(person.get_short_name()),  # type: ignore[union-attr]
        "token": get_token(request),
        "count": str(len(done)),
    }
    out = [parts[0]]
    for name, lesson, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if not lesson:
            out.append(once[name])
        elif int(lesson) in done:
            out.append(' class="done"' if name == "class" else word)
        out.append(text)
    return out
