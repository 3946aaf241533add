"""People who walk through an academy while pictures are taken."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from console import Stop

COURSE = "internal-control"
PASSWORD = "sahakorn-2569"  # of the demo cast
LARGEST = 250_000  # bytes of one picture


def keep(png: bytes, path: Path) -> None:
    """Write a picture with as many colors as fit into the limit."""
    from PIL import Image

    picture = Image.open(BytesIO(png)).convert("RGB")
    for colors in (256, 128, 64, 32):
        small = BytesIO()
        picture.quantize(colors, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        if small.tell() <= LARGEST:
            path.write_bytes(small.getvalue())
            return
    raise Stop(f"{path.name} does not fit into {LARGEST} bytes.")


class Walk:
    """Somebody's walk. A picture of an address is taken in both windows; who walks acts in the phone's."""

    def __init__(self, contexts: dict[str, object], address: str, database: Path, folder: Path) -> None:
        self.pages = {window: context.new_page() for window, context in contexts.items()}  # type: ignore[attr-defined]
        self.phone = self.pages["phone"]
        self.address = address
        self.database = database
        self.folder = folder

    def show(self, name: str, path: str, arrange: Callable[[object], None] = lambda page: None) -> None:
        """Open an address in both windows and keep what each shows."""
        for window, page in self.pages.items():
            page.goto(f"{self.address}{path}", wait_until="networkidle")
            page.evaluate("document.fonts.ready")
            arrange(page)
            keep(page.screenshot(), self.folder / f"{name}-{window}.png")

    def press(self, selector: str, to: str) -> None:
        self.phone.locator(selector).first.tap()
        self.phone.wait_for_url(f"{self.address}{to}")

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as line:
            return line.execute(query, values).fetchall()

    def sign_in(self, name: str, to: str) -> None:
        for page in self.pages.values():
            page.goto(f"{self.address}/account/login/?next={to}")
            page.fill("[name=login]", name)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(f"{self.address}{to}")

    def leave(self) -> None:
        for page in self.pages.values():
            page.context.clear_cookies()  # type: ignore[attr-defined]

    def enroll(self, course: str) -> None:
        self.phone.goto(f"{self.address}/enroll/{course}/")
        self.press("[data-action=enroll]", f"/courses/{course}/*/")

    def read(self, until: str) -> None:
        """Finish lesson after lesson until the one called `until` is open."""
        while not self.phone.url.endswith(f"/{until}/"):
            self.finish_lesson()

    def finish_lesson(self) -> None:
        lesson = self.phone.locator("[data-lesson]").get_attribute("data-lesson")
        self.phone.locator("[data-action=finish]").tap()
        self.phone.locator(f"[data-lesson]:not([data-lesson='{lesson}'])").wait_for()

    def right_answers(self) -> list[tuple[int, list[str]]]:
        """Place → values of the right answer, read from the database of this academy."""
        found = self.rows(
            "SELECT r.position, v.body, r.presentation FROM sittings_response r"
            " JOIN quizzes_questionversion v ON v.id = r.question_id"
            " JOIN sittings_sitting s ON s.id = r.sitting_id WHERE s.state = 'open' ORDER BY r.position"
        )
        return [(int(str(place)), self._right(*(json.loads(str(part)) for part in parts))) for place, *parts in found]

    @staticmethod
    def _right(body: dict[str, Any], presentation: dict[str, Any]) -> list[str]:
        if "correct" in body:
            return ["true" if body["correct"] else "false"]
        if "choices" in body:
            right = [choice["id"] for choice in body["choices"] if choice["correct"]]
        else:  # a process in which somebody holds two duties
            steps = [step for weakness in body["weaknesses"] for step in weakness["steps"]]
            right = [*steps, *(fix["id"] for fix in body["fixes"] if fix["weakness"])]
        return [presentation["tokens"][one] for one in right]

    def sit(self, course: str, lesson: str) -> str:
        """Begin the test of a lesson; gives the path of the sitting."""
        self.press("[data-action=test]", f"/tests/{course}/{lesson}/")
        self.press("[data-action=begin]", "/sittings/**")
        return self.phone.url.removeprefix(self.address).split("?")[0]

    def practise(self, course: str, lesson: str, name: str) -> None:
        """Work through a practice of one question per page, with a picture of its first page."""
        sitting = self.sit(course, lesson)
        self.show(name, sitting)
        for place, values in self.right_answers():
            self.answer(place, values)
            self.phone.locator("[data-action=next]").tap()
            self.phone.locator(f"#q{place}").wait_for(state="detached")
        self.press("[data-action=submit]", f"{sitting}result/")
        self.press("[data-action=next]", f"/courses/{course}/*/")

    def answer(self, place: int, values: list[str]) -> None:
        for value in values:
            self.phone.locator(f"#q{place} input[value='{value}']").tap()
        self.phone.locator(f"#q{place} [data-state=saved]").wait_for()

    def certificate(self) -> str:
        """The code of her newest certificate, once the worker has made its file."""
        self.phone.goto(f"{self.address}/my/")
        code = str(self.phone.locator("[data-certificate]").first.get_attribute("data-certificate"))
        self.phone.locator(f"[data-certificate='{code}']:not([data-waiting])").wait_for(timeout=60_000)
        return code

    def sheet(self, code: str) -> None:
        """The first page of the file, as it prints."""
        import pypdfium2

        with self.phone.expect_download() as waiting:
            self.phone.locator(f"[data-certificate='{code}'] [data-action=certificate]").tap()
        page = pypdfium2.PdfDocument(waiting.value.path().read_bytes())[0]
        picture = BytesIO()
        page.render(scale=1400 / page.get_width()).to_pil().save(picture, "PNG")
        keep(picture.getvalue(), self.folder / "certificate-sheet.png")


class OfficersDay(Walk):
    """Somchai's day: what his province has learned, a list of people read in, a course assigned."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        from tests.factories import messy_files  # openpyxl is in .venv

        self.file = messy_files

    def enter(self, kind: str, name: str, parent: str = "") -> None:
        self.phone.goto(f"{self.address}/office/organizations/add/")
        self.phone.select_option("[name=kind]", kind)
        self.phone.fill("[name=name]", name)
        self.phone.select_option("[name=place]", label=self.file.DISTRICT)
        self.phone.fill("[name=parent]", parent)
        with self.phone.expect_navigation():
            self.phone.locator("[data-action=save]").tap()

    def upload(self) -> str:
        """The address of the report, once the worker has read the file."""
        self.phone.goto(f"{self.address}/office/imports/new/")
        self.phone.locator("[name=kind][value=people]").tap()
        content = self.file.messy_people_file()
        file = {"name": "กรรมการบ้านหนองบัว.xlsx", "mimeType": "application/octet-stream", "buffer": content}
        self.phone.set_input_files("[name=file]", file)
        self.phone.locator("[data-action=upload]").tap()
        self.phone.locator(".tiles").wait_for(timeout=60_000)
        return self.phone.url.removeprefix(self.address)

    def save(self) -> None:
        self.phone.locator("[data-action=save]").tap()
        self.phone.locator("[data-action=undo]").wait_for(state="attached", timeout=60_000)

    def assign(self) -> str:
        """The address of an assignment for the new board and its women's group, once everybody is enrolled."""
        self.phone.goto(f"{self.address}/office/assignments/new/")
        self.phone.fill("[name=title]", "การควบคุมภายในสำหรับกรรมการ")
        [(course,)] = self.rows("SELECT id FROM wagtailcore_page WHERE slug = ?", COURSE)
        self.phone.select_option("[name=course_1]", str(course))
        self.phone.locator("[name=where][value=organizations]").tap()
        self.phone.fill("#q", self.file.COOPERATIVE)
        self.phone.locator("button[value=search]").tap()
        self.phone.locator("label", has_text=self.file.COOPERATIVE).locator("[name=organizations]").check()
        self.phone.locator("button[value=check]").tap()
        self.phone.locator("button[value=open]").tap()
        self.phone.locator(".data-table tfoot").wait_for(timeout=60_000)
        return self.phone.url.removeprefix(self.address)


class WorkshopsDay(Walk):
    """A request of somchai, a workshop with the people of his province, and what wipa's center prints of it."""

    ORGANIZATIONS = 3

    def register(self) -> None:
        """Everybody of the largest organizations of the province gets a seat, as far as there are any."""
        found = self.rows(
            "SELECT m.organization_id FROM organizations_membership m JOIN organizations_organization o"
            " ON o.id = m.organization_id WHERE o.province_id = '18' AND m.until IS NULL"
            " GROUP BY m.organization_id ORDER BY count(*) DESC, 1 LIMIT ?",
            self.ORGANIZATIONS,
        )
        for (organization,) in found:
            self.phone.goto(f"{self.address}/office/workshops/1/seats/add/?organization={organization}")
            for box in self.phone.locator("input[name=people]").all():
                box.check()
            with self.phone.expect_navigation():
                self.phone.locator("[data-action=add]").tap()

    def sheet_to_sign(self) -> None:
        """The first page of the sign-in sheet, as it prints."""
        import pypdfium2

        self.phone.goto(f"{self.address}/office/workshops/1/papers/")
        with self.phone.expect_navigation():
            self.phone.locator("button[value=sign_in]").tap()
        link = self.phone.locator("main a[href$='/file/']")
        link.wait_for(timeout=60_000)
        reply = self.phone.context.request.get(f"{self.address}{link.get_attribute('href')}")
        page = pypdfium2.PdfDocument(reply.body())[0]
        picture = BytesIO()
        page.render(scale=1600 / page.get_width()).to_pil().save(picture, "PNG")
        keep(picture.getvalue(), self.folder / "workshop-sign-in-sheet.png")
