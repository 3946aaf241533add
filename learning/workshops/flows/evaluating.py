"""Evaluations: the form of a workshop, and handing one in without a name."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.workshops.choices import FormKind, ItemKind, SeatState
from learning.workshops.completing import complete_seat
from learning.workshops.evaluation_form import END_FORM, FOLLOW_UP_FORM
from learning.workshops.models import (
    Attendance,
    EvaluationAnswer,
    EvaluationItem,
    EvaluationSheet,
    Seat,
    Workshop,
)
from learning.workshops.queries.evaluation import has_answers, items_of, trainers_of
from learning.workshops.queries.learning import is_time_for_after, is_time_for_follow_up
from learning.workshops.rules import may_run

LONGEST = 2000  # characters of a text


@transaction.atomic
def prepare_form(workshop: Workshop, form: str) -> list[EvaluationItem]:
    """The lines of a form; the usual ones are written when there are none, trainers as they stand then."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    found = list(items_of(workshop, form))
    if found:
        return found
    rows: list[EvaluationItem] = []
    for line in END_FORM if form == FormKind.END else FOLLOW_UP_FORM:
        for trainer in trainers_of(workshop) if line.per_trainer else [None]:
            rows.append(
                EvaluationItem(
                    workshop=workshop,
                    form=form,
                    kind=line.kind,
                    section=line.section,
                    text=line.text,
                    trainer=trainer,
                    position=len(rows) + 1,
                )
            )
    EvaluationItem.objects.bulk_create(rows)
    return list(items_of(workshop, form))


@transaction.atomic
def change_form(workshop: Workshop, form: str, *, lines: Sequence[Mapping[str, str]], by: User) -> None:
    """Put other lines in place of those that are there; after the first answer the form stays as it is.

    Lines about trainers follow from who teaches and are kept.
    """
    if not may_run(by, workshop):
        raise Refused(_("Only the center of this workshop changes its evaluation."), status=HTTPStatus.FORBIDDEN)
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    if has_answers(workshop, form):
        raise Refused(_("Somebody has answered already, so the questions can no longer be changed."))
    wanted = [line for line in lines if line.get("text", "").strip()]
    if not wanted:
        raise Refused(_("Leave at least one question."), status=HTTPStatus(422))
    kept = list(items_of(workshop, form).filter(trainer__isnull=False))
    EvaluationItem.objects.filter(workshop=workshop, form=form).delete()
    rows = [
        EvaluationItem(
            workshop=workshop,
            form=form,
            kind=ItemKind.TEXT if line.get("kind") == ItemKind.TEXT else ItemKind.SCALE,
            section=line.get("section", "").strip()[:100],
            text=line["text"].strip()[:300],
        )
        for line in wanted
    ]
    scales = [row for row in rows if row.kind == ItemKind.SCALE]
    texts = [row for row in rows if row.kind == ItemKind.TEXT]
    for item in kept:
        item.pk = None
    ordered = [*scales, *kept, *texts]
    for position, item in enumerate(ordered, 1):
        item.position = position
    EvaluationItem.objects.bulk_create(ordered)
    log(workshop, "workshops.change_form", user=by, data={"form": form})


def refuse_evaluation(seat: Seat, form: str) -> None:
    """Raises Refused with the reason why this person cannot fill in this form now; `seat.workshop` must be loaded."""
    workshop = seat.workshop
    back: dict[str, Any] = {
        "way_on": reverse("workshops:ticket", args=[seat.pk]),
        "way_on_label": _("Back to my workshop"),
    }
    done = seat.has_evaluated if form == FormKind.END else seat.has_followed_up
    if done:
        raise Refused(_("You have sent this form already. Thank you."), **back)
    if form == FormKind.END and not is_time_for_after(workshop):
        raise Refused(_("This form opens on the last day of the workshop and closes a month later."), **back)
    if form == FormKind.FOLLOW_UP and not is_time_for_follow_up(workshop):
        raise Refused(_("This form opens 90 days after the workshop and closes two months later."), **back)
    was_there = seat.state == SeatState.ATTENDED or (
        seat.state == SeatState.CONFIRMED and Attendance.objects.filter(seat=seat).exists()
    )
    if not was_there:
        raise Refused(
            _("This form is for those who attended. If you were there, ask the staff of the center to enter you."),
            status=HTTPStatus.FORBIDDEN,
            **back,
        )


@transaction.atomic
def send_evaluation(seat: Seat, form: str, *, scores: Mapping[int, int], texts: Mapping[int, str], by: User) -> None:
    """Hand in a form, once. That it was sent is kept on the seat; what was said is kept without a name or a moment.

    `scores` and `texts` by the id of their line. Raises Refused (422) while a five-point line is not answered.
    """
    seat = Seat.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=seat.pk)
    if seat.user_id != by.pk:
        raise Refused(_("Everybody fills in their own form."), status=HTTPStatus.FORBIDDEN)
    refuse_evaluation(seat, form)
    items = prepare_form(seat.workshop, form)
    unanswered = [item for item in items if item.kind == ItemKind.SCALE and scores.get(item.pk) not in range(1, 6)]
    if unanswered:
        raise Refused(
            _("%(number)d questions are not answered yet. Choose one of the five points for each.")
            % {"number": len(unanswered)},
            status=HTTPStatus(422),
        )
    flag = "has_evaluated" if form == FormKind.END else "has_followed_up"
    Seat.objects.filter(pk=seat.pk).update(**{flag: True})
    setattr(seat, flag, True)
    sheet = EvaluationSheet.objects.create(workshop=seat.workshop, form=form)
    EvaluationAnswer.objects.bulk_create(
        EvaluationAnswer(
            sheet=sheet,
            item=item,
            score=scores[item.pk] if item.kind == ItemKind.SCALE else None,
            text=texts.get(item.pk, "").strip()[:LONGEST] if item.kind == ItemKind.TEXT else "",
        )
        for item in items
        if item.kind == ItemKind.SCALE or texts.get(item.pk, "").strip()
    )
    if form == FormKind.END:
        complete_seat(seat, by=by)
