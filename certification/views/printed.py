"""The page of a certificate, printed once for each of its shapes and filled in for each certificate.

Django's template language takes several times as long as the query, and prints the same page for every certificate
but for the words in it. So a page is printed once for each shape (language, standing, which lines there are) with
marks in the places of the words, cut there, and joined with the words of one certificate. A mark carries a word that
this process made up when it started, so nothing on a sheet can look like one.
"""

import re
import secrets
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from certification.checking.shown import Shown
from certification.choices import CertificateState
from certification.codes import grouped
from cms.thai.dates import format_be

TEMPLATE = "certification/verify.html"
MOST_SHAPES = 300  # 20 kB each
SHAPE = (
    "standing",
    "recorded",
    "trial",
    "filed",
    "badged",
    "english",
    "role",
    "started",
    "until",
    "reason",
    "replaced",
    "followed",
    "signers",
)
_WORD = secrets.token_hex(8)
_MARK = re.compile(f"\x02{_WORD}([a-z_0-9.]+)\x03")
_printed: dict[tuple[Any, ...], list[str]] = {}


def certificate_page(request: HttpRequest, shown: Shown) -> str:
    """The whole page. Whoever is signed in, or has a message waiting, gets it printed for himself."""
    words = _words(shown)
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return render_to_string(TEMPLATE, _context(shown, words), request=request)
    shape = (get_language(), *_shape(shown))
    parts = _printed.get(shape)
    if parts is None:
        if len(_printed) >= MOST_SHAPES:
            _printed.clear()
        parts = _printed[shape] = _print(request, shown, words)
    words["path"] = escape(request.get_full_path())
    words["token"] = get_token(request)
    return "".join([words[part] if place % 2 else part for place, part in enumerate(parts)])


def _print(request: HttpRequest, shown: Shown, words: dict[str, str]) -> list[str]:
    """Text, the name of a word, text again, and so on."""
    stand_in = SimpleNamespace(
        user=AnonymousUser(), path=mark("path"), get_full_path=lambda: mark("path"), COOKIES={}, META={}
    )
    context = {
        **_context(shown, {name: mark(name) for name in words}),
        "request": stand_in,
        "user": stand_in.user,
        "csrf_token": mark("token"),
        "messages": (),
    }
    return _MARK.split(render_to_string(TEMPLATE, context, request=request))


def mark(name: str) -> SafeString:
    return mark_safe(f"\x02{_WORD}{name}\x03")  # noqa: S308  nothing of anybody's in it


def _shape(shown: Shown) -> tuple[Any, ...]:
    """Whatever the template asks with `if` or `for`."""
    return (
        shown.standing,
        shown.is_recorded,
        shown.is_signed_for_trial,
        shown.has_file,
        shown.has_badge,
        bool(shown.holder_name_en),
        bool(shown.holder_role),
        shown.started_on is not None and shown.started_on != shown.completed_on,
        shown.valid_until is not None,
        bool(shown.reason) and shown.state != CertificateState.VALID,
        shown.replaced_by is not None,
        shown.is_followed,
        len(shown.signers),
    )


def _context(shown: Shown, words: dict[str, str]) -> dict[str, Any]:
    """`shape` holds it by name, `word` every word of this certificate as HTML, escaped."""
    shape = dict(zip(SHAPE, _shape(shown), strict=True))
    signers = [
        {"name": _safe(words[f"signer.{place}"]), "position": _safe(words[f"position.{place}"])}
        for place in range(len(shown.signers))
    ]
    return {"shape": shape, "word": {name: _safe(html) for name, html in words.items()}, "signers": signers}


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  escaped in _words


def _words(shown: Shown) -> dict[str, str]:
    words = {
        "code": shown.code,
        "grouped": grouped(shown.code),
        "number": escape(shown.number),
        "holder_name": escape(shown.holder_name),
        "holder_name_en": escape(shown.holder_name_en),
        "holder_role": escape(shown.holder_role),
        "statement": escape(shown.statement),
        "course_title": escape(shown.course_title),
        "hours": f"{shown.hours.normalize():f}",
        "started_on": format_be(shown.started_on) if shown.started_on else "",
        "completed_on": format_be(shown.completed_on),
        "issued_on": format_be(shown.issued_on),
        "valid_until": format_be(shown.valid_until) if shown.valid_until else "",
        "issuer": escape(shown.issuer),
        "ended_on": format_be(localtime(shown.ended_at)) if shown.ended_at else "",
        "reason": escape(shown.reason),
        "replaced_by": shown.replaced_by or "",
        "replaced_by_grouped": grouped(shown.replaced_by) if shown.replaced_by else "",
        "sha256": shown.sha256,
    }
    for place, signer in enumerate(shown.signers):
        words[f"signer.{place}"] = escape(signer["name"])
        words[f"position.{place}"] = "<br>".join(escape(line) for line in signer["position"].splitlines())
    return words
