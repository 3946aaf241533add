"""A knock at a door, everything that is heard of it, and whether it changed anything."""

import contextlib
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote_plus, urljoin

import pypdf
from django.core.cache import cache
from django.db import connection, transaction

from tests.doors.people import Caller

WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# The session, and counts kept ready, which say nothing that the facts do not say.
HARMLESS = re.compile(r"django_session|reports_(?!reportfile)\w+|django_cache")
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
RANDOM = re.compile(r'(name="csrfmiddlewaretoken" value=|nonce=)"[^"]*"')
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
SHORT = 5
CHANGING_HEADERS = {"Content-Length", "Content-Security-Policy", "Expires"}


@dataclass
class Answer:
    """What came back: the status, all words of it in plain text, and the tables that were written to."""

    status: int
    text: str
    location: str = ""
    wrote: list[str] = field(default_factory=list)
    response: Any = None

    def tells(self, secrets: Iterable[str]) -> list[str]:
        """The secrets that can be read in it."""
        return [secret for secret in secrets if secret in self.text]

    def links(self) -> list[str]:
        """Addresses of officers' pages that it leads to, in its own order."""
        base = self.response.wsgi_request.path
        page = self.response.content.decode() if "html" in self.kind else ""
        found = [urljoin(base, html.unescape(one)) for one in LINK.findall(page)]
        return [one for one in found if one.startswith("/office/")]

    @property
    def kind(self) -> str:
        return str(self.response.headers.get("Content-Type", ""))


def knock(
    caller: Caller,
    address: str,
    sent: Mapping[str, Any] | None = None,
    *,
    is_read: bool = True,
    is_json: bool = False,
) -> Answer:
    """GET, or POST of what is sent; whatever it changes is undone. What is not read is only a status."""
    client = caller.client()
    kind: dict[str, Any] = {"content_type": "application/json"} if is_json else {}
    with transaction.atomic():
        with _watching() as wrote:
            response = client.get(address) if sent is None else client.post(address, sent, **kind)
            text = told(response) if is_read or response.streaming else ""  # read, so that its file is closed
        transaction.set_rollback(True)
    return Answer(response.status_code, text, response.headers.get("Location", ""), sorted(set(wrote)), response)


def walk(caller: Caller, start: str, most: int = 45) -> dict[str, Answer]:
    """Every link is followed from there, as far as it goes on officers' pages."""
    cache.clear()
    seen: dict[str, Answer] = {}
    waiting = [start]
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = seen[address] = knock(caller, address)
        waiting += answer.links()
    return seen


@contextlib.contextmanager
def _watching() -> Iterator[list[str]]:
    wrote: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITING.match(sql)
        if found and not HARMLESS.fullmatch(found[1]):
            wrote.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield wrote


def told(response: Any) -> str:
    """Headers, cookies and body as a person or a program could read them, of pages, JSON, workbooks and papers."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = [f"{name}: {value}" for name, value in response.headers.items() if name not in CHANGING_HEADERS]
    cookies = [morsel.value for name, morsel in response.cookies.items() if name not in {"csrftoken", "sessionid"}]
    head = unquote_plus("\n".join([*headers, *cookies]))
    kind = response.headers.get("Content-Type", "")
    return f"{head}\n{_read(content, kind)}"


def _read(content: bytes, kind: str) -> str:
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = book.namelist()
            return "\n".join(names) + html.unescape("\n".join(book.read(name).decode() for name in names))
    if "pdf" in kind:
        return paper_text(content)
    if "json" in kind:
        return json.dumps(json.loads(content), ensure_ascii=False)
    if kind.startswith("image/"):
        return repr(content)
    if "calendar" in kind:
        return content.decode().replace("\r\n ", "")  # long lines are folded
    page = html.unescape(content.decode())
    return f"{page}\n{unquote_plus(page)}" if "%" in page else page


def paper_text(content: bytes) -> str:
    """The words of a PDF, and what it says of itself."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    return "\n".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)])


def without(text: str, *said: str) -> str:
    """The text without what the visitor said, and without what is drawn by lot for each page."""
    text = RANDOM.sub(r"\1", text)
    heard = {spelt for one in said if one for spelt in (one, one.replace("+", " "), quote(one, safe=""))}
    if any(len(one) < SHORT for one in heard):  # such a number stands in drawings too
        text = DRAWING.sub("", text)
    for one in sorted(heard, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(one)}\b", "¤", text) if len(one) < SHORT else text.replace(one, "¤")
    return text
