"""Who may open the register of certificates, change what stands in it, and record papers of before."""

from http import HTTPStatus

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext as _

from certification.models import Certificate
from learning.duties.queries import areas_of
from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.records.queries import Reach, certificates_changed_by, reach_of


def may_see_register(user: AbstractBaseUser | AnonymousUser, *, reach: Reach | None = None) -> bool:
    """Who meets people by name, the staff of centers, and administrators."""
    return bool(reach_of(user) if reach is None else reach)


def may_change(user: AbstractBaseUser | AnonymousUser, certificate: Certificate, *, reach: Reach | None = None) -> bool:
    """Revoke and replace: the office that answers for the place, the center that issued it, administrators.

    Coordinators see the certificates of their people and change none.
    """
    return certificates_changed_by(user, reach=reach).filter(pk=certificate.pk).exists()


def may_record_paper(user: AbstractBaseUser | AnonymousUser, *, reach: Reach | None = None) -> bool:
    """Certificates on paper are recorded by who keeps the register of a place, and by administrators."""
    return (reach_of(user) if reach is None else reach).may_record


def register_reach(user: AbstractBaseUser) -> Reach:
    """The reach of somebody who opens the register of certificates. Raises Refused (403) for everybody else."""
    if getattr(user, "is_superuser", False):
        areas = areas_of(user)
        if areas:
            user.areas_of_today = areas  # type: ignore[attr-defined]  # for the tabs of the page
        return reach_of(user, areas=areas)
    reach = reach_of(user, areas=duties_of_today(user))
    if reach:
        return reach
    raise Refused(
        _(
            "The register of certificates holds names, so it is open to the offices that answer for these people. "
            "You see their numbers in the reports."
        ),
        status=HTTPStatus.FORBIDDEN,
        way_on="/office/reports/",
        way_on_label=_("To the reports"),
    )


def recording_reach(user: AbstractBaseUser) -> Reach:
    """The reach of somebody who may record papers of before. Raises Refused (403) for everybody else."""
    reach = register_reach(user)
    if reach.may_record:
        return reach
    raise Refused(
        _(
            "Certificates on paper are recorded by the provincial cooperative office of the place. "
            "Send your list to that office."
        ),
        status=HTTPStatus.FORBIDDEN,
        way_on="/office/certificates/",
        way_on_label=_("Register of certificates"),
    )
