"""What is said to a person is said once, shown in the site, and mailed when there is an address."""

from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from learning.notices import schedule, tasks
from learning.notices.flows import Message, send_notice, send_notices
from learning.notices.models import Notice
from learning.notices.queries import unread_count
from learning.people.models import User
from tests.cast import Cast
from tests.factories.organizations import make_organization
from tests.factories.people import make_members

pytestmark = pytest.mark.django_db
PAGE = "/my/notices/"


def message(user: User, key: str = "once", **fields: str) -> Message:
    return Message(user, **{"key": key, "title": "ใกล้ครบกำหนด", "text": "เรียนให้จบภายในวันศุกร์", "url": "/my/", **fields})


def test_the_same_occasion_is_told_once(cast: Cast) -> None:
    assert send_notices([message(cast.malee), message(cast.malee), message(cast.malee, "other")]) == 2
    assert send_notices([message(cast.malee)]) == 0
    assert send_notices([]) == 0
    assert Notice.objects.count() == 2


def test_twelve_hundred_are_told_with_few_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    people = make_members(make_organization("สหกรณ์ร้านค้าทดลอง จำกัด"), 1200)
    with django_assert_max_num_queries(20):
        assert send_notices(message(person, f"key-{person.pk}") for person in people) == 1200


def test_a_long_title_is_cut_to_what_fits(cast: Cast) -> None:
    send_notice(message(cast.malee, title="ก" * 500))
    assert len(Notice.objects.get().title) == 200


def test_mail_goes_after_the_work_is_kept_with_the_address_of_the_site(
    cast: Cast, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://academy.example.org/"
    User.objects.filter(pk=cast.malee.pk).update(email="malee@example.org")
    with django_capture_on_commit_callbacks(execute=True) as calls:
        send_notices([message(User.objects.get(pk=cast.malee.pk)), message(cast.krit, "krit")])
        assert mail.outbox == []
    assert (len(calls), [one.to for one in mail.outbox]) == (1, [["malee@example.org"]])
    assert "https://academy.example.org/my/" in mail.outbox[0].body
    assert schedule.mail_what_waits() == 0


def test_a_notice_that_somebody_else_mails_is_not_mailed_again(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=cast.malee.pk).update(email="malee@example.org")
    malee = User.objects.get(pk=cast.malee.pk)
    with django_capture_on_commit_callbacks(execute=True) as calls:
        send_notice(Message(malee, key="once", title="ที่นั่ง", text="ยืนยันแล้ว", is_mailed=False))
    assert (len(calls), tasks.mail_notices(), len(mail.outbox)) == (0, 0, 0)
    assert Notice.objects.get(user=malee).is_mail_wanted is False


def test_a_mail_server_that_is_away_leaves_the_rest_for_the_next_run(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=cast.malee.pk).update(email="malee@example.org")
    send_notice(message(User.objects.get(pk=cast.malee.pk)))

    def away(*args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError("no server")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        assert tasks.mail_notices() == 0
    assert Notice.objects.get().mailed_at is None
    assert tasks.mail_notices() == 1
    assert tasks.mail_notices() == 0


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (SMTPRecipientsRefused({"malee@example.org": (550, b"no such user")}), False),
        (SMTPRecipientsRefused({"malee@example.org": (451, b"try again later")}), True),
        (SMTPDataError(554, b"refused"), False),
        (SMTPDataError(452, b"full"), True),
        (ValueError("Invalid address"), False),
    ],
)
def test_a_refused_address_holds_up_nobody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, error: Exception, waits: bool
) -> None:
    User.objects.filter(pk=cast.malee.pk).update(email="malee@example.org")
    User.objects.filter(pk=cast.krit.pk).update(email="krit@example.org")
    send_notices([message(User.objects.get(pk=cast.malee.pk)), message(User.objects.get(pk=cast.krit.pk), "krit")])
    send = EmailBackend.send_messages

    def refuses_malee(backend: EmailBackend, mails: list[EmailMessage]) -> int:
        if mails[0].to == ["malee@example.org"]:
            raise error
        return send(backend, mails)

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuses_malee)
        assert tasks.mail_notices() == 1
        assert [sent.to for sent in mail.outbox] == [["krit@example.org"]]
        assert tasks.mail_notices() == 0
    assert tasks.mail_notices() == int(waits)
    assert Notice.objects.filter(user=cast.malee.pk).count() == 1


def test_the_page_shows_ones_own_and_looking_at_it_changes_nothing(cast: Cast, malee: Client) -> None:
    send_notices([message(cast.malee), message(cast.krit, "krit", title="ลับของกฤต")])
    for _ in range(2):
        page = malee.get(PAGE)
        assert ([one.user for one in page.context["page_obj"]], page.context["unread"]) == ([cast.malee], 1)
    assert "ลับของกฤต" not in page.content.decode()


def test_the_button_marks_ones_own_as_read(cast: Cast, malee: Client) -> None:
    send_notices([message(cast.malee), message(cast.krit, "krit")])
    assert malee.post(PAGE)["Location"] == PAGE
    assert (unread_count(cast.malee), unread_count(cast.krit)) == (0, 1)
    assert malee.get(PAGE).context["unread"] == 0


def test_an_empty_page_and_a_page_that_is_not_there_are_answered(malee: Client) -> None:
    assert [malee.get(f"{PAGE}{rest}").status_code for rest in ("", "?page=99", "?page=x")] == [200] * 3


def test_a_stranger_signs_in_first(client: Client, cast: Cast) -> None:
    assert client.get(PAGE)["Location"] == f"/account/login/?next={PAGE}"


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_and_for_thirty(
    cast: Cast, malee: Client, count: int, django_assert_num_queries: Any
) -> None:
    send_notices([message(cast.malee, f"key-{number}") for number in range(count)])
    malee.get(PAGE)
    with django_assert_num_queries(5):  # session · person · how many · the list · how many are new
        assert len(malee.get(PAGE).context["page_obj"]) == min(count, 25)
