"""Who comes to the pages of those who manage tests."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _

from learning.duties.queries import areas_of
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.sittings.rules import may_manage


def managing(request: HttpRequest) -> User:
    """Who asks, when they may change quizzes; the tabs of officers' pages too, for who holds a duty.

    Raises Refused (403) for everybody else.
    """
    if not may_manage(request.user):
        raise Refused(
            _("This page is for those who write the tests."),
            status=HTTPStatus.FORBIDDEN,
            way_on="/my/",
            way_on_label=_("My desk"),
        )
    user: User = request.user  # type: ignore[assignment]
    if areas := areas_of(user):
        user.areas_of_today = areas  # type: ignore[attr-defined]
    return user
