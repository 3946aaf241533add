"""Browsers of many people, in a process of their own. Standard library only."""

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from queue import SimpleQueue
from urllib.parse import urlencode

TIMEOUT = 60  # seconds for one reply
Told = tuple[int, str]  # the place of a question, and the value that was said to be saved


@dataclass
class Visit:
    """What one person was told: the address of their test, seconds the start took, the answers that are saved."""

    number: int
    sitting: str = ""
    start_seconds: float = 0.0
    saved: list[Told] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Radios(HTMLParser):
    """The values of the radio buttons of each question."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[int, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "input" and found.get("type") == "radio" and name[:1] == "q" and name[1:].isdigit():
            self.values.setdefault(int(name[1:]), []).append(found.get("value") or "")


class Browser:
    """One connection that is kept open, as a browser does; every request carries the cookies of its person."""

    def __init__(self, port: int, token: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self.token = token

    def ask(self, path: str, cookies: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        headers = {"Cookie": cookies, "Accept-Encoding": "identity"}
        body = None
        if form is not None:
            body = urlencode({**form, "csrfmiddlewaretoken": self.token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        for attempt in (1, 2):
            try:
                self.line.request("GET" if body is None else "POST", path, body, headers)
                reply = self.line.getresponse()
                return reply.status, reply.headers.get("Location", ""), reply.read().decode()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # The server may close an idle connection at any time; a browser opens another.
                self.line.close()
                if attempt == 2:
                    raise
        raise AssertionError


def visit_all(
    port: int, people: Sequence[tuple[int, str]], *, start: str, token: str, threads: int, answers: int
) -> tuple[list[Visit], float]:
    """Everybody begins, as many at a time as there are threads; then everybody saves so many answers.

    `people` are a number and cookies. Gives the visits, and the seconds until the last had begun.
    """
    browsers: SimpleQueue[Browser] = SimpleQueue()
    for _thread in range(threads):
        browsers.put(Browser(port, token))

    def begin(person: tuple[int, str]) -> Visit:
        visit = Visit(person[0])
        browser = browsers.get()
        began = time.perf_counter()
        try:
            status, leads, _page = browser.ask(start, person[1], {})
            if status == 302 and leads.startswith("/sittings/"):
                visit.sitting = leads
            else:
                visit.errors.append(f"start {status}")
        except OSError as error:
            visit.errors.append(f"start {type(error).__name__}")
        finally:
            browsers.put(browser)
        visit.start_seconds = time.perf_counter() - began
        return visit

    def answer(pair: tuple[Visit, str]) -> None:
        visit, cookies = pair
        browser = browsers.get()
        try:
            status, _leads, page = browser.ask(visit.sitting, cookies)
            if status != 200:
                visit.errors.append(f"page {status}")
                return
            radios = Radios()
            radios.feed(page)
            for place in sorted(radios.values)[:answers]:
                values = radios.values[place]
                value = values[visit.number % len(values)]
                status, _leads, _page = browser.ask(
                    f"{visit.sitting}answers/{place}/", cookies, {"answer": value, "revision": "0"}
                )
                if status == 200:
                    visit.saved.append((place, value))
                else:
                    visit.errors.append(f"answer {status}")
        except OSError as error:
            visit.errors.append(f"answer {type(error).__name__}")
        finally:
            browsers.put(browser)

    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        visits = list(pool.map(begin, people))
        seconds = time.perf_counter() - began
        cookies = dict(people)
        list(pool.map(answer, [(visit, cookies[visit.number]) for visit in visits if visit.sitting]))
    return visits, seconds
