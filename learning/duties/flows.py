"""Giving and ending duties."""

from datetime import date, timedelta
from http import HTTPStatus

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.thai.dates import format_be
from learning.duties.choices import PLACE_OF
from learning.duties.models import Duty
from learning.duties.rules import may_end_duty, may_give_duty
from learning.kernel.refusals import Refused
from learning.people.models import User


@transaction.atomic
def give_duty(
    user: User,
    *,
    role: str,
    place: models.Model | None,
    since: date,
    until: date | None = None,
    order_ref: str = "",
    by: User,
) -> Duty:
    """Appoint a person. The same duty of exactly these days is given back unchanged.

    Raises Refused when the person has it on some of the days already: no day of a duty stands in two rows, so
    ending it closes the area.
    """
    if not may_give_duty(by, role, place):
        raise Refused(
            _("You may give duties only in the area of your own office. Ask the office that answers for this place."),
            status=HTTPStatus.FORBIDDEN,
        )
    if until and until < since:
        raise Refused(_("A duty cannot end before it begins. Choose a later day."), status=HTTPStatus(422))
    User.objects.select_for_update().get(pk=user.pk)  # two clicks make one duty
    column = PLACE_OF[role]
    held = {column: place} if column else {}
    existing = Duty.objects.filter(user=user, role=role, since=since, until=until, **held).first()
    if existing:
        return existing
    duty = Duty(user=user, role=role, since=since, until=until, order_ref=order_ref, given_by=by, **held)
    _require_free_days(duty)
    duty.save()
    log(duty, "duties.give", user=by)
    return duty


@transaction.atomic
def end_duty(duty: Duty, *, on: date, by: User) -> Duty:
    """The last day of a duty: from the day after, its holder sees nothing of the area.

    A transfer takes effect at once when the last day is yesterday; a duty that began today or begins later is
    then taken back. Refused for a day before it began, when it has ended already, and for a day of the same duty
    that follows.
    """
    if not may_end_duty(by, duty):
        raise Refused(
            _("You may not end this duty. Ask the head of the office that gave it."), status=HTTPStatus.FORBIDDEN
        )
    User.objects.select_for_update().get(pk=duty.user_id)  # a later last day meets nothing given meanwhile
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    today = timezone.localdate()
    if duty.until and duty.until < today:
        raise Refused(
            _("This duty has already ended, on %(day)s.") % {"day": format_be(duty.until)},
            way_on="/office/duties/",
            way_on_label=_("To the duties"),
        )
    if on < duty.since < today:
        raise Refused(_("A duty cannot end before it begins. Choose a later day."), status=HTTPStatus(422))
    if on < duty.since:  # taken back before it held for a whole day
        log(duty, "duties.end", user=by)
        duty.delete()
        return duty
    duty.until = on
    _require_free_days(duty)
    log(duty, "duties.end", user=by)
    duty.save(update_fields=["until"])
    return duty


def _require_free_days(duty: Duty) -> None:
    """Raises Refused when the person has the same duty on some of these days. With the person's row locked."""
    if held := duty.clash():
        raise Refused(held.days_in_words(), status=HTTPStatus(422))


def yesterday() -> date:
    """The last day of a duty that is taken away today."""
    return timezone.localdate() - timedelta(days=1)
