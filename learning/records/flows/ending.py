"""Revoking and correcting certificates, issuing them anew: who may, what the records show then, telling the holder."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from certification import flows as certificates
from certification.keys import KeyUnavailable
from certification.models import Certificate
from cms.thai.words import normalise
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.notices.flows import Message, send_notice
from learning.people.models import User
from learning.records.rules import may_change
from learning.workshops.models import Seat


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: User) -> Certificate:
    """It holds no longer, from this moment, wherever it is checked. Raises Refused."""
    _refuse_outsiders(certificate, by=by)
    try:
        ended = certificates.revoke(certificate, reason=reason, by=by)
    except (certificates.AlreadyEnded, certificates.ReasonMissing, KeyUnavailable) as error:
        raise _refused(error) from error
    with translation.override(settings.LANGUAGE_CODE):
        _tell(
            ended,
            title=_("Certificate %(number)s was revoked"),
            text=_(
                "Your certificate for “%(course)s” no longer holds. Reason: %(reason)s. "
                "If you think this is wrong, ask the office that issued it."
            ),
            of=ended,
        )
    return ended


@transaction.atomic
def replace(
    certificate: Certificate,
    *,
    reason: str,
    by: User,
    holder_name: str | None = None,
    holder_name_en: str | None = None,
    holder_role: str | None = None,
    course_title: str | None = None,
    hours: Decimal | None = None,
    started_on: date | None = None,
    completed_on: date | None = None,
) -> Certificate:
    """A corrected one in its place, with a new number; what is None stays as it was. Raises Refused."""
    _refuse_outsiders(certificate, by=by)
    try:
        new = certificates.replace(
            certificate,
            reason=reason,
            by=by,
            holder_name=holder_name,
            holder_name_en=holder_name_en,
            holder_role=holder_role,
            course_title=course_title,
            hours=hours,
            started_on=started_on,
            completed_on=completed_on,
        )
    except (certificates.AlreadyEnded, certificates.ReasonMissing, KeyUnavailable) as error:
        raise _refused(error) from error
    _point_to(new)
    with translation.override(settings.LANGUAGE_CODE):
        _tell(
            new,
            title=_("Certificate %(number)s takes the place of your earlier one"),
            text=_(
                "Your certificate for “%(course)s” was corrected. Reason: %(reason)s. "
                "Use the new one from now on; whoever checks the old one is led to it."
            ),
            of=new.replaces,
        )
    return new


@transaction.atomic
def issue_anew(certificate: Certificate, *, reason: str, by: User) -> Certificate:
    """A new one after a wrong revocation, with the facts of the revoked one, which stays revoked. Raises Refused."""
    _refuse_outsiders(certificate, by=by)
    try:
        new = certificates.issue_anew(certificate, reason=reason, by=by)
    except (certificates.NotRevoked, certificates.ReasonMissing, KeyUnavailable) as error:
        raise _refused(error) from error
    _point_to(new)
    with translation.override(settings.LANGUAGE_CODE):
        _tell(
            new,
            title=_("Certificate %(number)s was issued anew")
            if not new.is_recorded
            else _("Certificate %(number)s was recorded anew"),
            text=_(
                "Your certificate for “%(course)s” had been revoked. You have a new one for it now. "
                "Reason: %(reason)s. Use the new one: the old one stays revoked, and whoever checks it is led to "
                "the new one."
            ),
            of=new.replaces,
            key="anew",
            reason=reason,
        )
    return new


def _point_to(new: Certificate) -> None:
    """The enrollment or the seat shows the new one from now on."""
    for records in (Enrollment.objects, Seat.objects):
        records.filter(certificate=new.replaces_id).update(certificate=new)


def _refuse_outsiders(certificate: Certificate, *, by: User) -> None:
    if not may_change(by, certificate):
        raise Refused(
            _("Certificates are changed by the office that answers for the place, and by the center that issued them."),
            status=HTTPStatus.FORBIDDEN,
        )


def _refused(error: Exception) -> Refused:
    if isinstance(error, (certificates.AlreadyEnded, certificates.NotRevoked)):
        return Refused(error.sentence)
    if isinstance(error, KeyUnavailable):
        return Refused(
            _(
                "The academy's key cannot be reached, so nothing was changed. "
                "Try again later, or tell an administrator."
            ),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )
    return Refused(_("Write the reason, in at most 300 characters."), status=HTTPStatus(422))


def _tell(
    shown: Certificate, *, title: str, text: str, of: Certificate | None, key: str = "", reason: str = ""
) -> None:
    """Tell the holder; a paper that was only recorded may have none, and a closed account is told nothing."""
    holder = User.objects.filter(pk=shown.holder_id or 0, is_active=True).first()
    if holder is None or of is None:
        return
    words = {"number": shown.number, "course": shown.course_title, "reason": normalise(reason) or of.reason}
    send_notice(
        Message(
            holder,
            key=f"certificate-{of.pk}-{key or of.state}",
            title=title % words,
            text=text % words,
            url=reverse("certification:verify", args=[shown.code]),
        )
    )
