"""After a workshop: its costs, its pictures, and the report that closes it."""

from decimal import Decimal
from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.workshops.choices import WORKSHOP_TRANSITIONS, WorkshopState
from learning.workshops.models import CostLine, Workshop, WorkshopPicture
from learning.workshops.pictures import TooMany, smaller
from learning.workshops.rules import may_run

MOST_PICTURES = 12


@transaction.atomic
def add_cost(workshop: Workshop, *, kind: str, text: str, quantity: Decimal, price: Decimal, by: User) -> CostLine:
    """One line of cost, in baht; until the report is closed."""
    _open_to(workshop, by)
    return CostLine.objects.create(workshop=workshop, kind=kind, text=text, quantity=quantity, price=price, added_by=by)


@transaction.atomic
def remove_cost(line: CostLine, *, by: User) -> None:
    """Take a line of cost out again."""
    _open_to(line.workshop, by)
    line.delete()


@transaction.atomic
def add_picture(workshop: Workshop, *, file: UploadedFile, caption: str, by: User) -> WorkshopPicture:
    """Keep a picture, made small enough for paper and without what the camera wrote into it.

    Raises Refused (422) for a file that is no picture, and when there are MOST_PICTURES already.
    """
    _open_to(workshop, by)
    if workshop.pictures.count() >= MOST_PICTURES:
        raise Refused(
            _("There are %(number)d pictures already. Take one out first.") % {"number": MOST_PICTURES},
            status=HTTPStatus(422),
        )
    try:
        content = smaller(file)
    except TooMany:
        raise Refused(
            _("This picture is too large. Choose one of at most 50 million points."), status=HTTPStatus(422)
        ) from None
    except ValueError:
        raise Refused(
            _("This file is not a picture that can be read. Choose a JPEG, PNG or WebP."), status=HTTPStatus(422)
        ) from None
    picture = WorkshopPicture(workshop=workshop, caption=caption, added_by=by)
    picture.image.save("picture.jpg", content, save=True)
    return picture


@transaction.atomic
def remove_picture(picture: WorkshopPicture, *, by: User) -> None:
    """Take a picture out; its file goes when the transaction holds."""
    _open_to(picture.workshop, by)
    image = picture.image
    name, storage = str(image.name), image.storage
    picture.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)


@transaction.atomic
def close_report(workshop: Workshop, *, by: User) -> Workshop:
    """HELD → REPORTED: costs and pictures are final. Certificates of late evaluations still follow."""
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    _open_to(workshop, by)
    if workshop.state != WorkshopState.HELD:
        raise Refused(_("A report is closed after the workshop has been held. Mark it as held first."))
    move(workshop, WorkshopState.REPORTED, transitions=WORKSHOP_TRANSITIONS, stamp="reported_at")
    log(workshop, "workshops.report", user=by)
    return workshop


def _open_to(workshop: Workshop, by: User) -> None:
    if not may_run(by, workshop):
        raise Refused(_("Only the center of this workshop writes its report."), status=HTTPStatus.FORBIDDEN)
    state = Workshop.objects.values_list("state", flat=True).get(pk=workshop.pk)
    if state in {WorkshopState.REPORTED, WorkshopState.CANCELLED}:
        raise Refused(_("The report of this workshop is closed, so nothing is added or taken out any more."))
