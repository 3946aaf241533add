"""Telling holders that a certificate is about to expire, while there is time to renew it."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from certification.models import Certificate
from cms.thai.dates import format_be
from courses.catalog.models import CoursePage
from learning.notices.flows import Message, send_notices
from learning.people.models import User
from learning.records.expiring import DAYS_BEFORE, about_to_expire


def tell_of_expiry(*, today: date) -> int:
    """Sixty and thirty days before the last day, once each, unless it was renewed since. Gives how many were told."""
    return sum(send_notices(_messages(days, today=today)) for days in DAYS_BEFORE)


def _messages(days: int, *, today: date) -> Iterator[Message]:
    found = about_to_expire(days, today=today)
    holders = User.objects.in_bulk({certificate.holder_id for certificate in found})
    courses = CoursePage.objects.live().in_bulk(
        {int(key) for one in found for kind, _colon, key in [one.subject.partition(":")] if kind == "course"}
    )
    with translation.override(settings.LANGUAGE_CODE):
        for one in found:
            course = courses.get(int(one.subject.partition(":")[2] or 0)) if one.subject.startswith("course:") else None
            yield _message(one, holders[one.holder_id or 0], course, days=days)


def _message(certificate: Certificate, holder: User, course: CoursePage | None, *, days: int) -> Message:
    assert certificate.valid_until is not None, "Chosen by its last day."
    words = {
        "course": certificate.course_title,
        "day": format_be(certificate.valid_until),
        "number": certificate.number,
    }
    if course is not None:
        text = _(
            "Certificate %(number)s for “%(course)s” is valid until %(day)s. "
            "Take the course again to renew it; the new one follows when you have completed it."
        )
    else:
        text = _(
            "Certificate %(number)s for “%(course)s” is valid until %(day)s. "
            "Ask your provincial cooperative office for the next workshop, to renew it."
        )
    return Message(
        holder,
        key=f"certificate-{certificate.pk}-expires-{days}",
        title=_("Your certificate expires on %(day)s") % words,
        text=text % words,
        url=(course.url or "") if course is not None else reverse("certification:verify", args=[certificate.code]),
    )
