"""The sign-in sheet and the badges: every name can be read and copied, every square can be scanned."""

import re
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp

from cms.thai.digits import to_thai
from learning.people.models import User
from learning.workshops.choices import PaperKind, SeatState
from learning.workshops.models import Seat, Workshop
from learning.workshops.printing.badges import FAMILY_POINTS, GIVEN_POINTS
from learning.workshops.printing.badges import NAME_MM as BADGE_MM
from learning.workshops.printing.sheets import fitting, name_of
from learning.workshops.queries.papers import participants
from learning.workshops.tickets.codes import code_of
from learning.workshops.tickets.signing import Ticket, verify
from tests.workshops.papers.conftest import joined, pages

pytestmark = pytest.mark.django_db
DPI = 150  # of an old office printer, read by a phone


def squares(data: bytes, page: int = 0) -> list[Ticket]:
    """What a phone reads from a page."""
    with pypdfium2.PdfDocument(data) as document:
        picture = document[page].render(scale=DPI / 72).to_pil()
    return [verify(found.text) for found in zxingcpp.read_barcodes(picture)]


def test_forty_people_stand_on_the_sheet_of_each_day_once_and_in_order(
    workshop: Workshop, fill: Callable[[int], list[Seat]], printed: Callable[..., bytes]
) -> None:
    fill(40)
    text = joined("".join(pages(printed(PaperKind.SIGN_IN))))
    names = [joined(str(seat.user)) for seat in participants(workshop)]
    assert [text.count(name) for name in names] == [2] * 40
    first_day = text.split("วันพฤหัสบดีที่๑๐ธันวาคม")[0]
    places = [first_day.index(name) for name in names]
    assert places == sorted(places)


def test_each_line_carries_the_ticket_of_its_person_and_the_code_for_typing(
    workshop: Workshop, fill: Callable[[int], list[Seat]], printed: Callable[..., bytes]
) -> None:
    fill(5)
    data = printed(PaperKind.SIGN_IN, session=workshop.sessions.order_by("day", "starts")[0])
    seats = list(participants(workshop))
    assert sorted(squares(data)) == sorted(Ticket(workshop.pk, seat.pk) for seat in seats)
    assert [code_of(seat.pk) in pages(data)[0] for seat in seats] == [True] * 5


def test_three_hundred_people_have_a_heading_on_every_page_and_none_is_parted(
    workshop: Workshop, fill: Callable[[int], list[Seat]], printed: Callable[..., bytes]
) -> None:
    fill(300)
    copied = pages(printed(PaperKind.SIGN_IN, session=workshop.sessions.order_by("day", "starts")[0]))
    assert len(copied) == 39
    for number, page in enumerate(copied, start=1):
        assert joined("การควบคุมภายใน รุ่นที่ ๓") in joined(page)
        assert joined("วันพุธที่ ๙ ธันวาคม ๒๕๖๙ · ๐๙.๐๐ – ๑๖.๐๐ น. · ห้องรวงข้าว อาคารฝึกอบรม") in joined(page)
        assert f"หน้า {to_thai(number)} จาก ๓๙" in page
    text = joined("".join(copied))
    assert [text.count(joined(str(seat.user))) for seat in participants(workshop)] == [1] * 300
    assert "๓๐๓" in text  # with three lines to be filled by hand


def test_a_sheet_for_nobody_has_lines_to_be_filled_by_hand(printed: Callable[..., bytes]) -> None:
    copied = pages(printed(PaperKind.SIGN_IN))
    lines = re.findall(r"^[๐-๙]+$", copied[0], flags=re.MULTILINE)
    assert lines[:8] == [to_thai(number) for number in range(1, 9)]
    assert len(copied) == 6  # two days of sixteen lines, and who signed


def test_the_sheet_of_one_day_has_that_day_only(workshop: Workshop, printed: Callable[..., bytes]) -> None:
    text = joined("".join(pages(printed(PaperKind.SIGN_IN, session=workshop.sessions.order_by("-day")[0]))))
    assert ("วันพฤหัสบดีที่๑๐" in text, "วันพุธที่๙" in text) == (True, False)


def test_only_who_has_a_seat_is_on_the_papers(
    workshop: Workshop, fill: Callable[[int], list[Seat]], printed: Callable[..., bytes]
) -> None:
    seats = fill(5)
    for seat, state in zip(seats, (SeatState.CANCELLED, SeatState.DECLINED, SeatState.REQUESTED), strict=False):
        Seat.objects.filter(pk=seat.pk).update(state=state)
    for kind in (PaperKind.SIGN_IN, PaperKind.BADGES):
        text = joined("".join(pages(printed(kind))))
        assert [joined(seat.user.last_name) in text for seat in seats] == [False, False, False, True, True]


def test_eight_badges_stand_on_a_sheet_with_name_organization_and_ticket(
    workshop: Workshop, fill: Callable[[int], list[Seat]], printed: Callable[..., bytes]
) -> None:
    fill(9)
    data = printed(PaperKind.BADGES)
    copied = [joined(page) for page in pages(data)]
    assert len(copied) == 2
    seats = list(participants(workshop))
    for place, seat in enumerate(seats):
        for words in (f"{seat.user.title}{seat.user.first_name}", seat.user.last_name, seat.organization.name):
            assert joined(words) in copied[place // 8]
    assert sorted(squares(data)) == sorted(Ticket(workshop.pk, seat.pk) for seat in seats[:8])


def test_badges_for_nobody_say_so(printed: Callable[..., bytes]) -> None:
    assert len(pages(printed(PaperKind.BADGES))) == 1


def test_a_sign_that_cannot_be_printed_stops_nothing(
    workshop: Workshop, fill: Callable[[int], list[Seat]], printed: Callable[..., bytes]
) -> None:
    (seat,) = fill(1)
    seat.user.last_name = "ใจดี ☺ 龍"
    seat.user.save()
    workshop.title = "อบรม 🌾 ข้าว"
    workshop.save()
    for kind in (PaperKind.SIGN_IN, PaperKind.BADGES, PaperKind.AGENDA, PaperKind.SIGNS, PaperKind.INVITATION):
        assert joined("อบรม ? ข้าว") in joined(pages(printed(kind))[0])
    assert joined("ใจดี ? ?") in joined(pages(printed(PaperKind.SIGN_IN))[0])


@pytest.mark.parametrize(
    ("given", "family", "lines", "points"),
    [
        ("มาลี", "ใจดี", ["นางมาลี ใจดี"], 12),
        ("ประภัสสร", "พงษ์ประเสริฐสุขสันต์", ["นางประภัสสร พงษ์ประเสริฐสุขสันต์"], 11),
        (
            "ประภัสสรสุวรรณรัตน์",
            "พงษ์ประเสริฐสุขสันต์วัฒนากุล",
            ["นางประภัสสรสุวรรณรัตน์", "พงษ์ประเสริฐสุขสันต์วัฒนากุล"],
            11,
        ),
        ("ก" * 100, "", [f"นาง{'ก' * 100}"], 9),
        ("ก" * 100, "ข" * 100, [f"นาง{'ก' * 100}", "ข" * 100], 6),
    ],
)
def test_a_long_name_is_set_smaller_or_in_two_lines(given: str, family: str, lines: list[str], points: int) -> None:
    seat = Seat(user=User(title="นาง", first_name=given, last_name=family))
    assert name_of(seat) == (lines, points)


def test_a_short_name_on_a_badge_is_as_large_as_can_be() -> None:
    assert fitting("นางมาลี", GIVEN_POINTS, BADGE_MM) == 32
    assert fitting("ใจดี", FAMILY_POINTS, BADGE_MM) == 20
