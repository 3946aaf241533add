"""Invitations, agenda and signs: the form of official papers, in Thai digits, one letter for each organization."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from wagtail.log_actions import log

from cms.thai.digits import to_thai
from learning.organizations.models import Organization
from learning.workshops.choices import PaperKind
from learning.workshops.models import Allotment, Seat, Session, Workshop, WorkshopPaper
from learning.workshops.printing.facts import day_of, facts_of, span_of
from learning.workshops.printing.letters import addressee
from learning.workshops.printing.shelf import print_paper
from learning.workshops.queries.papers import invited
from tests.cast import Cast
from tests.factories.workshops import expect_people, make_request
from tests.workshops.papers.conftest import NOW, ORGANIZATIONS, joined, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(workshop: Workshop, cast: Cast) -> Callable[..., list[str]]:
    """The pages of the invitation, with what was written into its form."""

    def printed(**details: str) -> list[str]:
        paper = WorkshopPaper.objects.create(workshop=workshop, kind=PaperKind.INVITATION, asked_by=cast.wipa)
        log(paper, "workshops.ask_paper", user=cast.wipa, data={"details": details})
        return [joined(page) for page in pages(print_paper(paper, printed_at=NOW))]

    return printed


def test_each_organization_gets_a_letter_of_its_own(
    letter: Callable[..., list[str]], fill: Callable[[int], list[Seat]]
) -> None:
    fill(7)
    copied = letter()
    assert len(copied) == 3
    counts = {name: number for (name, _kind), number in zip(ORGANIZATIONS, (3, 2, 2), strict=True)}
    for name, count in counts.items():
        (page,) = (page for page in copied if joined(name) in page)
        assert joined(to_thai(str(count))) in page


def test_what_was_written_into_the_form_stands_in_the_letter_in_thai_digits(letter: Callable[..., list[str]]) -> None:
    (page,) = letter(
        number="กษ 1115/ว 25",
        dated_on="2026-11-23",
        signer="นางสาววิภา ใฝ่เรียน",
        signer_position="ผู้อำนวยการ",
        reply_by="2026-12-01",
    )
    for words in (
        "กษ ๑๑๑๕/ว ๒๕",
        "๒๓ พฤศจิกายน ๒๕๖๙",
        "(นางสาววิภา ใฝ่เรียน)",
        "ผู้อำนวยการ",
        "วันอังคารที่ ๑ ธันวาคม ๒๕๖๙",
        "วันที่ ๙ – ๑๐ ธันวาคม ๒๕๖๙",
        "๐๙.๐๐ – ๑๖.๐๐ น.",
        "การควบคุมภายใน รุ่นที่ ๓",
        "๐๕๖ ๔๑๑ ๒๒๒",
    ):
        assert joined(words) in page
    assert [digit for digit in page if digit.isascii() and digit.isdigit()] == []


def test_an_empty_form_leaves_lines_to_be_written_on(letter: Callable[..., list[str]]) -> None:
    (page,) = letter()
    assert ("๒๓พฤศจิกายน" in page, "()" in page) == (False, True)


def test_the_largest_number_that_somebody_gave_is_asked_for(
    workshop: Workshop, cast: Cast, fill: Callable[[int], list[Seat]]
) -> None:
    fill(4)  # two of the first organization
    first, second, third = (Organization.objects.get(name=name) for name, _kind in ORGANIZATIONS)
    request = make_request(cast.somchai, since=date(2026, 12, 1), until=date(2026, 12, 20))
    expect_people(request, first, 10)
    workshop.request = request
    workshop.save()
    Allotment.objects.create(
        workshop=workshop, organization=second, reserved=5, taken=1, release_on=date(2026, 12, 1), by=cast.wipa
    )
    assert dict(invited(workshop)) == {first: 10, second: 6, third: 1}


def test_boards_and_groups_are_addressed_each_in_their_way(fill: Callable[[int], list[Seat]]) -> None:
    cooperative, savings, group = (Organization.objects.get(name=name) for name, _kind in ORGANIZATIONS)
    assert addressee(cooperative) != addressee(group)
    assert [one.name in addressee(one) for one in (cooperative, savings, group)] == [True] * 3
    assert addressee(None) == ""


def test_html_in_a_name_is_only_text(workshop: Workshop, letter: Callable[..., list[str]]) -> None:
    workshop.title, workshop.contact = "<b>บัญชี</b> & 100%", "<i>วิภา</i>"
    workshop.save()
    (page,) = letter()
    assert joined("<b>บัญชี</b> & ๑๐๐%") in page
    assert joined("<i>วิภา</i>") in page


# --- the agenda -----------------------------------------------------------------------------------
def agenda_of(workshop: Workshop, printed: Callable[..., bytes]) -> str:
    return joined("".join(pages(printed(PaperKind.AGENDA))))


def test_lines_that_were_written_stand_in_the_agenda_with_their_hours(
    workshop: Workshop, printed: Callable[..., bytes]
) -> None:
    Session.objects.filter(workshop=workshop, day=date(2026, 12, 9), half="am").update(
        agenda="08.30 ลงทะเบียน\n9:00-10:30 น. หลักการควบคุมภายใน\n๑๐.๓๐ – ๑๒.๐๐ ฝึกปฏิบัติ\nนำเครื่องคิดเลขมาด้วย"
    )
    text = agenda_of(workshop, printed)
    for words in (
        "๐๘.๓๐ น.ลงทะเบียน",
        "๐๙.๐๐ – ๑๐.๓๐ น.หลักการควบคุมภายใน",
        "๑๐.๓๐ – ๑๒.๐๐ น.ฝึกปฏิบัติ",
        "นำเครื่องคิดเลขมาด้วย",
        "วันพุธที่ ๙ ธันวาคม ๒๕๖๙",
        "วันพฤหัสบดีที่ ๑๐ ธันวาคม ๒๕๖๙",
        "นางสาววิภา ใฝ่เรียน",
    ):
        assert joined(words) in text


def test_a_session_without_lines_is_one_line_with_lunch_in_between(
    workshop: Workshop, printed: Callable[..., bytes]
) -> None:
    Session.objects.filter(workshop=workshop, half="pm").update(title="ฝึกตรวจนับเงินสด")
    text = agenda_of(workshop, printed)
    assert text.count(joined("๑๒.๐๐ – ๑๓.๐๐ น.")) == 2
    assert text.count(joined("๑๓.๐๐ – ๑๖.๐๐ น.ฝึกตรวจนับเงินสด")) == 2


def test_lunch_that_was_written_does_not_stand_there_twice(workshop: Workshop, printed: Callable[..., bytes]) -> None:
    Session.objects.filter(workshop=workshop, half="am").update(agenda="09.00 เริ่ม\n12.00 พักกลางวัน")
    assert joined("๑๒.๐๐ – ๑๓.๐๐ น.") not in agenda_of(workshop, printed)


# --- signs and days -------------------------------------------------------------------------------
def test_the_signs_are_for_each_room_the_table_and_three_ways(
    workshop: Workshop, printed: Callable[..., bytes]
) -> None:
    copied = pages(printed(PaperKind.SIGNS))
    assert len(copied) == 5
    assert [joined("ห้องรวงข้าว") in joined(page) for page in copied] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("days", "phrase"),
    [
        ([date(2026, 12, 9)], "วันพุธที่ ๙ ธันวาคม ๒๕๖๙"),
        ([date(2026, 12, 9), date(2026, 12, 10)], "วันที่ ๙ – ๑๐ ธันวาคม ๒๕๖๙"),
        ([date(2026, 11, 30), date(2026, 12, 1)], "วันที่ ๓๐ พฤศจิกายน – ๑ ธันวาคม ๒๕๖๙"),
        ([date(2026, 12, 31), date(2027, 1, 1)], "วันที่ ๓๑ ธันวาคม ๒๕๖๙ – ๑ มกราคม ๒๕๗๐"),
        ([date(2026, 12, 9), date(2026, 12, 11)], "วันที่ ๙ ธันวาคม ๒๕๖๙, ๑๑ ธันวาคม ๒๕๖๙"),
        ([], ""),
    ],
)
def test_days_in_one_phrase(days: list[date], phrase: str) -> None:
    assert span_of(days) == phrase


def test_the_day_of_a_letter_has_no_day_of_the_week() -> None:
    assert day_of(date(2026, 11, 23), weekday=False) == "๒๓ พฤศจิกายน ๒๕๖๙"


def test_hours_of_a_workshop_are_those_on_the_wall(workshop: Workshop, cast: Cast) -> None:
    Session.objects.filter(half="pm").update(starts=time(13, 30), ends=time(16, 45))
    paper = WorkshopPaper.objects.create(workshop=workshop, kind=PaperKind.AGENDA, asked_by=cast.wipa)
    assert facts_of(paper, printed_at=NOW).clock == "๐๙.๐๐ – ๑๖.๔๕ น."


def test_the_same_facts_print_the_same_bytes(printed: Callable[..., bytes]) -> None:
    first: Any = printed(PaperKind.AGENDA)
    assert printed(PaperKind.AGENDA) == first
