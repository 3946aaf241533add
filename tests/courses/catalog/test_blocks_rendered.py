"""Every block of a lesson as a reader gets it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from cms.models import AcademyImage
from courses.catalog.blocks import LessonBlocks
from courses.catalog.models import LessonPage
from tests.factories.packs import SVG, png
from tests.factories.quizzes import make_quiz

pytestmark = pytest.mark.django_db


def rendered(kind: str, value: Any) -> BeautifulSoup:
    page = LessonPage(title="ก", slug="a", body=[(kind, value)])
    return BeautifulSoup(str(page.body.render_as_block({})), "html.parser")


def document(name: str) -> Any:
    return get_document_model().objects.create(title=name, file=ContentFile(b"paper", name=name))


def test_a_table_has_heads_a_total_and_amounts_to_the_right() -> None:
    cells = [
        *[{"row": row, "col": 1, "className": "htRight"} for row in range(3)],
        {"row": 3, "col": 0, "className": "total-line"},
        {"row": 3, "col": 1, "className": "htRight total-line"},
    ]
    data = [["รายการ", "บาท"], ["ยอด<ยกมา>", "1,000.00"], ["รับ", None], ["รวม", "1,000.00"]]
    soup = rendered("table", {"caption": "เงินสด & เงินฝาก", "table": {"data": data, "cell": cells}})
    assert soup.caption.get_text(strip=True) == "เงินสด & เงินฝาก"
    assert [(cell.get_text(), cell.get("class"), cell["scope"]) for cell in soup.select("thead th")] == [
        ("รายการ", None, "col"),
        ("บาท", ["right"], "col"),
    ]
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.select("tbody tr")]
    assert rows == [["ยอด<ยกมา>", "1,000.00"], ["รับ", ""], ["รวม", "1,000.00"]]
    assert [row.get("class") for row in soup.select("tbody tr")] == [None, None, ["total"]]
    assert [cell.get("class") for cell in soup.select("tbody td")] == [["right"]] * 3
    assert [cell["scope"] for cell in soup.select("tbody th")] == ["row"] * 3
    region = soup.select_one("[role=region]")
    assert region["tabindex"] == "0"
    assert "เงินสด & เงินฝาก" in region["aria-label"]


def test_a_table_without_amounts_has_no_total() -> None:
    soup = rendered("table", {"caption": "ก", "table": {"data": [["", "ข"], ["ค", "ง"]], "cell": None}})
    assert soup.select(".right, .total") == []
    assert [cell.name for cell in soup.select("thead tr > *")] == ["td", "th"]


def test_a_self_check_keeps_its_answer_in_details_and_needs_no_script() -> None:
    value = {
        "question": "นับเงินสดเมื่อใด",
        "choices": [
            {"text": "ทุกสิ้นวัน", "correct": True, "feedback": "เพราะยังจำได้"},
            {"text": "ทุกสิ้นปี", "correct": False, "feedback": ""},
        ],
    }
    soup = rendered("check", value)
    assert [tag["type"] for tag in soup.select("fieldset input")] == ["radio", "radio"]
    assert soup.legend.get_text(" ", strip=True).endswith("นับเงินสดเมื่อใด")
    details = soup.select_one("details")
    assert details.get("open") is None
    assert [" ".join(item["class"]) for item in details.select("li")] == ["is-right", "is-wrong"]
    assert "เพราะยังจำได้" in details.get_text()
    soup.select_one("details").decompose()
    assert "เพราะยังจำได้" not in soup.get_text()
    value["choices"][1]["correct"] = True
    assert [tag["type"] for tag in rendered("check", value).select("fieldset input")] == ["checkbox", "checkbox"]


def test_a_video_has_captions_and_a_transcript() -> None:
    video, captions = document("count.mp4"), document("count.vtt")
    soup = rendered(
        "video", {"title": "นับเงิน", "video": video, "captions": captions, "transcript": "<p>หนึ่ง <b>สอง</b></p>"}
    )
    assert soup.source["src"] == video.file.url
    track = soup.track
    assert (track["kind"], track["src"], track["srclang"], track.has_attr("default")) == (
        "captions",
        captions.file.url,
        "th",
        True,
    )
    assert soup.video["aria-label"] == "นับเงิน"
    assert soup.details.get_text().strip().endswith("หนึ่ง สอง")


def test_a_recording_has_a_transcript() -> None:
    soup = rendered("audio", {"title": "เสียง", "audio": document("a.mp3"), "transcript": "<p>คำพูด</p>"})
    assert soup.audio["aria-label"] == "เสียง"
    assert soup.details.get_text().strip().endswith("คำพูด")


def test_a_document_tells_its_kind_and_size() -> None:
    paper = document("form.pdf")
    link = rendered("document", {"title": "แบบฟอร์ม", "document": paper}).a
    assert link["href"] == paper.url
    assert "แบบฟอร์ม" in link.get_text()
    assert "PDF" in link.get_text()


@pytest.mark.parametrize(("name", "content"), [("box.svg", SVG.encode()), ("box.png", png())])
def test_an_image_is_told_in_words(name: str, content: bytes) -> None:
    image = AcademyImage.objects.create(title=name, file=ContentFile(content, name=name))
    soup = rendered("image", {"image": image, "alt": 'กล่อง "เงิน"', "caption": "ปิดอยู่"})
    assert (soup.img["alt"], soup.figcaption.get_text()) == ('กล่อง "เงิน"', "ปิดอยู่")
    assert soup.img["src"].startswith("/media/")
    assert (soup.img.get("width") is not None, soup.img["loading"]) == (True, "lazy")
    assert rendered("image", {"image": image, "alt": "ก", "caption": ""}).figcaption is None


def test_steps_and_examples_are_named_groups() -> None:
    steps = {"title": "นับเงิน", "steps": [{"title": "ปิดยอด", "text": "ก\nข"}, {"title": "นับ", "text": ""}]}
    soup = rendered("example", {"title": "มาลีนับเงิน", "content": [("text", "<p>ก</p>"), ("steps", steps)]})
    assert [tag["aria-label"] for tag in soup.select("[role=group]")] == ["มาลีนับเงิน", "นับเงิน"]
    assert [item.get_text(" ", strip=True) for item in soup.select("ol li")] == ["ปิดยอด ก ข", "นับ"]


@pytest.mark.parametrize("kind", ["note", "tip", "warning", "law"])
def test_a_callout_says_its_kind_by_class_and_icon(kind: str) -> None:
    soup = rendered("callout", {"kind": kind, "title": "มาตรา 65", "text": "<p>ลงบัญชี</p>"})
    assert soup.aside["class"] == ["callout", kind]
    assert soup.svg is not None


def test_a_quiz_shows_its_rules_and_none_of_its_answers() -> None:
    quiz = make_quiz(questions=3, time_limit_minutes=30, description="15 ข้อ")
    text = rendered("quiz", {"quiz": quiz}).get_text(" ", strip=True)
    assert [word for word in ("70", "30", "15 ข้อ", quiz.title) if word not in text] == []
    assert [word for word in ("คำถามที่", "คำอธิบาย") if word in text] == []


def test_text_of_authors_is_never_a_tag() -> None:
    evil = "<img src=x onerror=alert(1)>"
    for kind, value in (
        ("table", {"caption": evil, "table": {"data": [[evil], [evil]], "cell": []}}),
        ("steps", {"title": evil, "steps": [{"title": evil, "text": evil}]}),
        ("check", {"question": evil, "choices": [{"text": evil, "correct": True, "feedback": evil}] * 2}),
        ("callout", {"kind": "note", "title": evil, "text": "<p>ก</p>"}),
        ("example", {"title": evil, "content": [("text", "<p>ก</p>")]}),
        ("audio", {"title": evil, "audio": document("a.mp3"), "transcript": "<p>ก</p>"}),
    ):
        assert rendered(kind, value).find("img") is None


def test_every_kind_of_block_is_rendered_here() -> None:
    tried = {"table", "check", "video", "audio", "document", "image", "steps", "example", "callout", "quiz", "text"}
    assert set(LessonBlocks().child_blocks) == tried
