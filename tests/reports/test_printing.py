"""An official paper: what a person copies out of it, and in what order it stands on its pages."""

import builtins
import io
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pypdf
import pypdfium2
import pytest
from django.utils import translation
from django.utils.translation import gettext

from certification.rendering.engine import RenderingUnavailable
from learning.reports.printing import formal, printable, write_paper
from learning.reports.tables import HIDDEN, Column, Line, Measure, Table

NAMES = (
    "สหกรณ์การเกษตรบ้านนาน้ำใส จำกัด",
    "สหกรณ์ออมทรัพย์ครูและบุคลากรทางการศึกษาจังหวัดประจวบคีรีขันธ์และใกล้เคียง จำกัด",
    "กลุ่มสตรีแปรรูปผลิตภัณฑ์น้ำผึ้งชันโรงบ้านปึก",
    "สหกรณ์โคนมหนองโพราชบุรี จำกัด (ในพระบรมราชูปถัมภ์)",
    "สหกรณ์บริการเดินรถ 14 จำกัด",
    "กลุ่มเกษตรกรทำไร่ปั้นน้ำเป็นตัว",
)
COLUMNS = (
    Column("enrolled", "ผู้ลงทะเบียนเรียน", hint="นับทุกคนที่ลงทะเบียน"),
    Column("hours", "ชั่วโมงเรียน", Measure.HOURS),
    Column("share", "ร้อยละที่เรียนจบ", Measure.PERCENT),
    Column("last", "เรียนจบล่าสุด", Measure.TEXT),
)
PRINTED_AT = datetime(2026, 9, 30, 17, 5, tzinfo=UTC)  # five past midnight of 1 October in Bangkok


def lines(count: int) -> list[Line]:
    return [
        Line(f"{NAMES[place % len(NAMES)]} แห่งที่ {place}", (1000 + place, 12.5, 74, "23 พ.ย. 2569"))
        for place in range(count)
    ]


def paper(count: int = 1, *, chart: bool = False, **changes: Any) -> bytes:
    facts: dict[str, Any] = {
        "title": "การเรียนรายสหกรณ์",
        "area": "จังหวัดพัทลุง",
        "standing": "ข้อมูล ณ วันที่ 30 กันยายน 2569",
        "by": "องค์กร",
        "columns": COLUMNS,
        "lines": lines(count),
        "total": Line("รวมทั้งสิ้น", (98765, 12.5, 74, "")),
        "notes": ("นับเฉพาะปีงบประมาณ 2569",),
        "filters": ("หลักสูตร: Excel 2019",),
        "shown_in_chart": ("enrolled",),
    }
    return write_paper(
        Table(**{**facts, **changes}),
        office="สำนักงานสหกรณ์จังหวัดพัทลุง",
        printed_by="นายสมชาย ตั้งใจ",
        printed_at=PRINTED_AT,
        chart=chart,
    )


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def in_thai(msgid: str, **gaps: str) -> str:
    with translation.override("th"):
        return gettext(msgid) % gaps


def joined(text: str) -> str:
    """Text without the blanks and line ends that a reader puts where a line is broken."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def sixty() -> bytes:
    return paper(60)


def test_every_line_of_sixty_is_copied_exactly_and_once(sixty: bytes) -> None:
    text = joined("".join(pages(sixty)))
    # A name ends where the figure of its line begins, so that แห่งที่ 5 is not found in แห่งที่ 50.
    found = [text.count(joined(line.label) + "๑,") for line in lines(60)]
    assert found == [1] * 60


def test_pdfium_copies_every_line_too(sixty: bytes) -> None:
    with pypdfium2.PdfDocument(sixty) as document:
        text = joined("".join(page.get_textpage().get_text_range() for page in document))
    assert [text.count(joined(line.label) + "๑,") for line in lines(60)] == [1] * 60


def test_figures_and_dates_are_in_thai_digits() -> None:
    text = pages(paper())[0]
    for words in ("๑,๐๐๐", "๑๒.๕", "๗๔%", "๒๓ พ.ย. ๒๕๖๙", "๙๘,๗๖๕", "นับเฉพาะปีงบประมาณ ๒๕๖๙"):
        assert words in text
    assert set(re.findall(r"[0-9]+", text)) == {"0", "2019"}  # in a name, and in the name of a program


def test_the_paper_opens_with_office_title_area_and_standing() -> None:
    assert pages(paper())[0].splitlines()[:5] == [
        "สำนักงานสหกรณ์จังหวัดพัทลุง",
        in_thai("Report: %(title)s", title="การเรียนรายสหกรณ์"),
        "จังหวัดพัทลุง",
        "ข้อมูล ณ วันที่ ๓๐ กันยายน พ.ศ. ๒๕๖๙",
        "หลักสูตร: Excel 2019",
    ]


def test_a_title_that_says_report_does_not_say_it_twice() -> None:
    assert pages(paper(title="รายงานการเรียน"))[0].splitlines()[1] == "รายงานการเรียน"


def test_every_page_has_the_heading_and_its_number(sixty: bytes) -> None:
    copied = pages(sixty)
    assert 2 <= len(copied) <= 6
    count = "๐๑๒๓๔๕๖๗๘๙"[len(copied)]
    for page, number in zip(copied, "๑๒๓๔๕๖", strict=False):
        assert page.count("องค์กร") == 1
        assert in_thai("Page %(page)s of %(pages)s", page=number, pages=count) in page
        printed = {"printed_by": "นายสมชาย ตั้งใจ", "printed_on": "๑ ตุลาคม พ.ศ. ๒๕๖๙", "printed_time": "๐๐.๐๕ น."}
        assert in_thai("Printed by %(printed_by)s on %(printed_on)s, %(printed_time)s", **printed) in page


def test_no_line_is_split_and_the_total_and_signatures_stand_with_the_last_lines() -> None:
    for count in (14, 15, 16, 17, 18):
        copied = [joined(page) for page in pages(paper(count))]
        assert [sum(joined(line.label) + "๑," in page for page in copied) for line in lines(count)] == [1] * count
        (ending,) = [page for page in copied if "รวมทั้งสิ้น" in page]
        assert ending is copied[-1]
        assert joined(lines(count)[-1].label) in ending
        assert ending.count(joined(in_thai("Signed"))) == 2


def test_a_line_of_many_rows_is_not_split_either() -> None:
    labels = [f"{NAMES[1] * 5} แห่งที่ {place}" for place in range(12)]
    copied = [joined(page) for page in pages(paper(lines=[Line(label, (1, 1.0, 1, "")) for label in labels]))]
    assert [sum(joined(label) + "๑" in page for page in copied) for label in labels] == [1] * 12


def test_two_people_sign_and_no_name_is_filled_in() -> None:
    text = pages(paper())[0]
    assert Counter(in_thai(words) in text for words in ("Report prepared by", "Report checked by")) == {True: 2}
    assert text.count("นายสมชาย") == 1  # at the foot of the page


def test_notes_explain_the_counts_and_what_is_not_shown() -> None:
    copied = joined(pages(paper(lines=[Line("ก", (HIDDEN, None, HIDDEN, ""))]))[0])
    assert "–*––*" in copied
    assert joined("ผู้ลงทะเบียนเรียน: นับทุกคนที่ลงทะเบียน") in copied
    assert joined(in_thai("* This figure is not shown, because very few people stand behind it.")) in copied


def test_a_report_without_lines_says_so() -> None:
    (text,) = pages(paper(0, chart=True))
    assert in_thai("There is no data for this report.") in text
    assert "รวมทั้งสิ้น" not in text


def test_the_chart_stands_before_the_table_with_its_own_values() -> None:
    text = pages(paper(3, chart=True))[0]
    assert text.index("๑,๐๐๒") < text.index("องค์กร") < text.rindex("๑,๐๐๒")
    assert text.count("๑,๐๐๒") == 2


def test_many_columns_lie_on_wide_paper() -> None:
    def width(data: bytes) -> int:
        return round(float(pypdf.PdfReader(io.BytesIO(data)).pages[0].mediabox.width))

    many = tuple(Column(f"q{place}", f"ไตรมาส {place}") for place in range(9))
    assert width(paper(total=None, columns=COLUMNS[:2], lines=[Line("ก", (1, 1.0))])) == 595
    assert width(paper(total=None, columns=many, lines=[Line("ก", (1,) * 9)], shown_in_chart=())) == 842


def test_a_sign_that_the_typeface_cannot_draw_stops_no_report() -> None:
    text = pages(paper(lines=[Line("ร้านค้า 🌾 中 สหกรณ์", (1, 1.0, 1, "a\nb"))]))[0]
    assert "ร้านค้า ? ? สหกรณ์" in text
    assert "a b" in text


def test_markup_in_a_name_is_printed_as_it_is() -> None:
    assert "<b>ก</b>" in pages(paper(lines=[Line("<b>ก</b>", (1, 1.0, 1, ""))]))[0]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ณ วันที่ 30 กันยายน 2569", "ณ วันที่ ๓๐ กันยายน พ.ศ. ๒๕๖๙"),
        ("30 กันยายน พ.ศ. 2569", "๓๐ กันยายน พ.ศ. ๒๕๖๙"),
        ("กันยายน 12 คน", "กันยายน ๑๒ คน"),
        ("Excel 2019 จำนวน 3 คน", "Excel 2019 จำนวน ๓ คน"),
        ("รุ่น 3/2569", "รุ่น ๓/๒๕๖๙"),
    ],
)
def test_a_text_is_written_as_in_an_official_letter(text: str, written: str) -> None:
    assert formal(text) == written


def test_text_is_printed_in_its_one_spelling() -> None:
    assert printable("นํ้าใส\u200b") == "น้ำใส"


def test_missing_libraries_are_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def without_pango(name: str, *args: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return load(name, *args)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(RenderingUnavailable):
        paper()
