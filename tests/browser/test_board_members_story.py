"""A board member learns online and holds a certificate that anyone can check: on a phone, on a desktop."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import zxingcpp

from certification.models import Certificate
from cms.thai.dates import format_be
from cms.thai.digits import to_thai
from courses.catalog.models import CoursePage
from learning.organizations.models import Organization
from learning.sittings.models import Sitting
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.sittings import right_values

Visit = Callable[..., Visitor]


def find_course(reader: Visitor, words: str, slug: str) -> None:
    """From the first page to the catalog, and there by searching."""
    reader.go("/")
    if reader.has_touch:
        reader.press("details.drop.narrow > summary")
        reader.follow("details.drop.narrow nav a[href='/courses/']", "/courses/")
    else:
        reader.follow("nav.wide a[href='/courses/']", "/courses/")
    field = reader.page.locator("#seek-q")
    field.fill(words)
    field.press("Enter")
    reader.page.wait_for_url("**/courses/?q=*")
    reader.look()
    reader.follow(f"[data-found] a[href='/courses/{slug}/']", f"/courses/{slug}/")


def open_account(reader: Visitor, slug: str) -> None:
    """Enrolling asks who she is; as a new person she opens an account by phone number."""
    reader.follow("[data-action=enroll]", f"/account/login/?next=/enroll/{slug}/")
    reader.follow("main a[href*='signup']", f"/account/signup/?next=%2Fenroll%2F{slug}%2F")
    for name, value in {
        "title": "นาง",
        "first_name": "มาลี",
        "last_name": "ใจดี",
        "phone": "089-876-5432",
        "password1": "ทุ่งรวงทอง-2569",
    }.items():
        reader.page.fill(f"[name={name}]", value)
    reader.follow("main form button[type=submit]", f"/enroll/{slug}/")


def add_cooperative_and_enroll(reader: Visitor, cooperative: Organization, slug: str, first_lesson: str) -> None:
    """She finds her cooperative, says what she is there, and enrolls as its member."""
    reader.follow("[data-action=find]", f"/account/organizations/find/?next=/enroll/{slug}/")
    reader.page.fill("#org-q", "ทุ่งรวงทอง")
    reader.page.press("#org-q", "Enter")
    reader.page.wait_for_url("**/find/?next=*&q=*")
    reader.look()
    join = f"/account/organizations/{cooperative.pk}/join/"
    reader.follow(f"main a[href^='{join}']", f"{join}?next=/enroll/{slug}/")
    reader.page.select_option("[name=position]", "board_member")
    reader.page.fill("[name=since]", "๑/๑๐/๒๕๖๘")
    reader.follow("[data-action=join]", f"/enroll/{slug}/")
    reader.press(reader.page.locator("[name=membership]").first)
    reader.follow("[data-action=enroll]", first_lesson)


def read_lessons(reader: Visitor, test: str) -> int:
    """Press on through the lessons until the next one with a test; gives how many were read."""
    read = 0
    while reader.page.locator("[data-action=test]").count() == 0:
        lesson = reader.page.locator("[data-lesson]").get_attribute("data-lesson")
        reader.press("[data-action=finish]")
        reader.page.locator(f"[data-lesson]:not([data-lesson='{lesson}'])").wait_for()
        reader.look()
        read += 1
    reader.follow("[data-action=test]", f"/tests/{test}/")
    return read


def sit_test(reader: Visitor) -> Sitting:
    """Begin, answer every question right, hand in, and see that it is passed."""
    reader.follow("[data-action=begin]", "/sittings/*/**")
    sitting = Sitting.objects.order_by("-opened_at")[0]
    for response in sitting.responses.select_related("question"):
        question = reader.page.locator(f"#q{response.position}")
        question.wait_for()
        for value in right_values(response):
            reader.press(question.locator(f"input[value='{value}']"))
        question.locator("[data-state=saved]").wait_for()
        if sitting.shows_one:
            reader.press("[data-action=next]")
            question.wait_for(state="detached")
            reader.look()
    reader.follow("[data-action=submit]", f"/sittings/{sitting.pk}/result/")
    assert reader.page.locator("[data-passed]").get_attribute("data-passed") == "yes"
    return sitting


def download(reader: Visitor) -> bytes:
    with reader.page.expect_download() as waiting:
        reader.press("[data-action=certificate]")
    return Path(waiting.value.path()).read_bytes()


def check_sheet(content: bytes, certificate: Certificate) -> str:
    """What is printed can be copied from the file; gives the address in its QR code."""
    [page] = pypdf.PdfReader(BytesIO(content)).pages
    text = page.extract_text()
    printed = [
        certificate.holder_name,
        certificate.course_title,
        to_thai(certificate.number),
        format_be(certificate.issued_on, "formal"),
    ]
    assert [words for words in printed if words not in text] == []
    picture = pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil()
    [address] = [code.text for code in zxingcpp.read_barcodes(picture) if code.text.startswith("http")]
    return str(address)


def check_by_outsider(outsider: Visitor, address: str, certificate: Certificate) -> None:
    assert address == f"{outsider.address}/v/{certificate.code}"
    outsider.page.goto(address)
    outsider.look()
    shown = {
        field.get_attribute("data-field"): field.inner_text()
        for field in outsider.page.locator("dl [data-field]").all()
    }
    code = certificate.code
    assert {**shown, "signer": shown["signer"].split("\n"), "state": None} == {
        "holder_name": certificate.holder_name,
        "holder_role": certificate.holder_role,
        "course_title": certificate.course_title,
        "hours": f"{certificate.hours.normalize():f}",
        "completed_on": format_be(certificate.completed_on),
        "number": certificate.number,
        "issued_on": format_be(certificate.issued_on),
        "issuer": certificate.issuer,
        "signer": [certificate.signers[0]["name"], certificate.signers[0]["position"]],
        "code": f"{code[:4]}-{code[4:8]}-{code[8:]}",
        "state": None,
    }
    assert outsider.page.locator(".proven").get_attribute("data-state") == "valid"


def walk(visit: Visit, window: str, *, slug: str, words: str, first_lesson: str, tests: list[str]) -> int:
    """The whole story in one window, with the lessons that hold a test; gives the number of lessons that were read."""
    reader = visit(window)
    cooperative = Organization.objects.get(name="สหกรณ์การเกษตรทุ่งรวงทอง จำกัด")
    find_course(reader, words, slug)
    open_account(reader, slug)
    add_cooperative_and_enroll(reader, cooperative, slug, f"/courses/{slug}/{first_lesson}/")
    read = 0
    for number, one in enumerate(tests):
        if number:
            reader.follow("[data-action=next]", f"/courses/{slug}/*/")
        read += read_lessons(reader, f"{slug}/{one}")
        sit_test(reader)
    certificate = Certificate.objects.get()
    assert certificate.holder_name == "นางมาลี ใจดี"
    assert certificate.holder_role.endswith(cooperative.name)
    address = check_sheet(download(reader), certificate)
    reader.go("/my/")
    assert reader.page.locator(f"[data-certificate='{certificate.code}']").count() == 1
    check_by_outsider(visit(window), address, certificate)
    return read


def test_a_board_member_takes_a_shipped_course_on_her_phone(
    visit: Visit, cast: Cast, shipped_course: CoursePage
) -> None:
    read = walk(
        visit,
        "phone",
        slug="internal-control",
        words="ตรวจนับเงินสด",
        first_lesson="why-the-board-answers",
        tests=["find-the-gap", "final-test"],
    )
    assert read == 7


def test_a_board_member_takes_a_course_at_her_desk(visit: Visit, cast: Cast, course: CoursePage) -> None:
    read = walk(visit, "desktop", slug="control", words="ควบคุมภายใน", first_lesson="lesson-1", tests=["final-test"])
    assert read == 2
