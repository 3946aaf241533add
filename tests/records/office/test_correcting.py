"""What the office may correct: every word, the hours and the days; old and new beside each other before the deed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from certification.flows import Achievement, issue_certificate
from certification.models import Certificate, CertificateDesign
from learning.records.forms.changing import ReplaceForm
from tests.cast import Cast
from tests.factories.certificates import as_printed, recorded, registered

REASON = "พิมพ์ผิด"
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def in_november() -> Any:
    with time_machine.travel(f"{TODAY}T05:00:00Z", tick=False):
        yield


@pytest.fixture
def old(cast: Cast) -> Certificate:
    """Malee's: 6 hours from 1 to 2 November 2569."""
    achievement = Achievement(
        holder=cast.malee, holder_name="นางมาลี ใจดี", holder_role="กรรมการ", course_title="การควบคุมภายใน",
        hours=Decimal(6), started_on=date(2026, 11, 1), completed_on=date(2026, 11, 2), province_code="18",
        occasion="test:1",
    )  # fmt: skip
    given = issue_certificate(CertificateDesign.objects.get(slug="standard"), achievement, by=cast.wipa)
    given.refresh_from_db()
    return given


def checked(certificate: Certificate, **corrected: str) -> ReplaceForm:
    return ReplaceForm(as_printed(certificate) | corrected | {"reason": REASON}, certificate=certificate)


def test_title_hours_and_days_are_corrected_after_old_and_new_were_compared(somchai: Client, old: Certificate) -> None:
    corrected = {
        "course_title": "การควบคุมภายในของสหกรณ์", "hours": "๑๒.๕", "started_on": "31/10/2569",
        "completed_on": "3/11/2569",
    }  # fmt: skip
    said = as_printed(old) | corrected | {"reason": REASON}
    look = somchai.post(f"/office/certificates/{old.pk}/replace/", said)
    changes = {line["label"]: (line["old"], line["new"]) for line in look.context["form"].changes() if line["differs"]}
    assert list(changes.values()) == [
        ("การควบคุมภายใน", "การควบคุมภายในของสหกรณ์"),
        ("6", "12.5"),
        ("1 พฤศจิกายน 2569", "31 ตุลาคม 2569"),
        ("2 พฤศจิกายน 2569", "3 พฤศจิกายน 2569"),
    ]
    page = look.content.decode()
    assert [name in page for name in ("1 พฤศจิกายน 2569", "31 ตุลาคม 2569", "12.5")] == [True, True, True]
    assert Certificate.objects.count() == 1
    somchai.post(f"/office/certificates/{old.pk}/replace/", said | {"sure": "1"})
    new = Certificate.objects.get(replaces=old)
    assert (new.course_title, new.hours, new.started_on, new.completed_on) == (
        "การควบคุมภายในของสหกรณ์",
        Decimal("12.5"),
        date(2026, 10, 31),
        date(2026, 11, 3),
    )
    assert (new.holder_name, new.holder_role, new.issued_on) == ("นางมาลี ใจดี", "กรรมการ", TODAY)


def test_the_second_look_carries_every_field_on(somchai: Client, old: Certificate) -> None:
    said = as_printed(old) | {"hours": "7", "reason": REASON}
    look = somchai.post(f"/office/certificates/{old.pk}/replace/", said)
    carried = {field.name: field.value() for field in look.context["form"]}
    assert carried == said
    page = look.content.decode()
    assert {name: page.count(f'type="hidden" name="{name}"') for name in said} == dict.fromkeys(said, 1)


@pytest.mark.parametrize("hours", ["0.5", "12.5", "999.5", "๖", "6.0"])
def test_hours_are_whole_or_half_ones(old: Certificate, hours: str) -> None:
    assert checked(old, hours=hours, course_title="อื่น").is_valid()


@pytest.mark.parametrize("hours", ["0", "0.4", "0.25", "12.3", "1000", "-6", "หก", "", "NaN", "1e9"])
def test_other_hours_are_refused(old: Certificate, hours: str) -> None:
    form = checked(old, hours=hours)
    assert (form.is_valid(), list(form.errors)) == (False, ["hours"])


def test_odd_hours_that_stand_there_already_may_stay(cast: Cast) -> None:
    paper = recorded(hours=Decimal("1200.3"))
    form = checked(paper, course_title="อื่น")
    assert (form.is_valid(), form.corrections()) == (True, {"course_title": "อื่น"})


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("completed_on", TODAY + timedelta(days=1)),  # still to come
        ("started_on", TODAY + timedelta(days=1)),
        ("completed_on", date(2026, 10, 31)),  # before it began
        ("completed_on", date(1926, 11, 2)),  # of the other era
        ("started_on", date(1926, 11, 1)),
    ],
)
def test_days_in_the_future_too_early_and_in_the_wrong_order_are_refused(
    old: Certificate, field: str, day: date
) -> None:
    form = checked(old, **{field: f"{day:%d/%m}/{day.year + 543}"})
    assert (form.is_valid(), field in form.errors) == (False, True)


def test_it_may_be_completed_today_and_on_the_day_it_began(old: Certificate) -> None:
    for began, ended in (("20/11/2569", "20/11/2569"), ("1/11/2569", "20/11/2569")):
        assert checked(old, started_on=began, completed_on=ended).is_valid()


def test_a_day_is_corrected_and_not_taken_away(old: Certificate) -> None:
    assert not checked(old, started_on="", hours="7").is_valid()
    assert checked(registered(8, started_on=None), started_on="", hours="7").is_valid()


def test_a_paper_is_not_completed_after_the_day_it_was_issued(cast: Cast) -> None:
    paper = recorded(completed_on=date(2017, 3, 14))  # issued on 15 March 2560
    assert [checked(paper, completed_on=day).is_valid() for day in ("15/3/2560", "16/3/2560")] == [True, False]


def test_who_left_a_text_with_its_line_break_alone_has_not_corrected_it(cast: Cast) -> None:
    paper = recorded(holder_role="กรรมการ\nสหกรณ์  ทุ่งรวงทอง")
    assert not checked(paper).is_valid()
    form = checked(paper, hours="7")
    assert (form.is_valid(), form.corrections()) == (True, {"hours": Decimal(7)})
