"""Requests straight into the WSGI application, subject and baseline by turns."""

import gc
import io
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

NOT_QUERIES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Request:
    """One request; `expects` is the status that makes it count."""

    path: str
    cookies: str = ""
    form: dict[str, Any] | None = None
    expects: int = 200

    def environ(self) -> dict[str, Any]:
        parts = urlsplit(self.path)
        body = urlencode(self.form, doseq=True).encode() if self.form is not None else b""
        return {
            "REQUEST_METHOD": "POST" if self.form is not None else "GET",
            "PATH_INFO": parts.path.encode().decode("latin-1"),
            "SCRIPT_NAME": "",
            "QUERY_STRING": quote(parts.query, safe="=&%"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_ACCEPT": "application/json" if self.form is not None else "text/html",
            "HTTP_COOKIE": self.cookies,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


@dataclass(frozen=True)
class Measured:
    """Wall times in milliseconds; `ratio` is the median over the baseline's; `bytes` of one uncompressed answer."""

    name: str
    median_ms: float
    p95_ms: float
    baseline: str
    baseline_ms: float
    ratio: float
    queries: int
    bytes: int
    requests: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class WrongAnswer(Exception):
    """A request did not get the status it should: timing it would measure an error page."""


def measure(name: str, subject: Callable[[int], Request], baseline: Request, *, rounds: int, warm_up: int) -> Measured:
    """Time `subject(n)` and the baseline by turns, A B A B, after a warm-up of both."""
    application = WSGIHandler()
    size = 0
    for turn in range(warm_up):
        size = ask(application, subject(turn))[1]
        ask(application, baseline)
    with CaptureQueriesContext(connection) as captured:
        ask(application, subject(warm_up))
    queries = sum(not query["sql"].startswith(NOT_QUERIES) for query in captured)  # the next request empties the log
    times: list[float] = []
    bare: list[float] = []
    gc.collect()
    gc.freeze()
    for turn in range(warm_up + 1, warm_up + 1 + rounds):
        times.append(ask(application, subject(turn))[0])
        bare.append(ask(application, baseline)[0])
    gc.unfreeze()
    median, baseline_median = statistics.median(times), statistics.median(bare)
    return Measured(
        name=name,
        median_ms=round(median, 3),
        p95_ms=round(sorted(times)[int(len(times) * 0.95)], 3),
        baseline=baseline.path,
        baseline_ms=round(baseline_median, 3),
        ratio=round(median / baseline_median, 2),
        queries=queries,
        bytes=size,
        requests=rounds,
    )


def ask(application: WSGIHandler, request: Request) -> tuple[float, int]:
    """Milliseconds and bytes of one answer. Raises WrongAnswer."""
    statuses: list[str] = []
    environ = request.environ()
    begun = time.perf_counter()
    response = application(environ, lambda status, headers, *rest: statuses.append(status))
    body = b"".join(response)
    response.close()
    took = (time.perf_counter() - begun) * 1000
    if int(statuses[0].split()[0]) != request.expects:
        raise WrongAnswer(f"{request.path} answered {statuses[0]}: {body[:300].decode(errors='replace')}")
    return took, len(body)
