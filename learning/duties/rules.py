"""Who may give and end duties, and who may open the pages of officers."""

from http import HTTPStatus

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.duties.queries import Areas, areas_of, last_duty, organizations_in, visible_to
from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.places.areas import Area
from learning.places.models import PromotionGroup, ProvincialOffice


def duties_of_today(user: AbstractBaseUser) -> Areas:
    """The areas of somebody who opens a page of officers.

    Raises Refused (403) for who holds no duty today, naming the one that ended.
    """
    areas = areas_of(user)
    if areas:
        user.areas_of_today = areas  # type: ignore[attr-defined]  # for the tabs of the page (`context`)
        return areas
    last = last_duty(user, before=timezone.localdate())
    if last and last.until:
        raise Refused(
            _("Your duty as %(duty)s ended on %(day)s, so this page is closed to you. What you saved is kept.")
            % {"duty": last, "day": format_be(last.until)},
            status=HTTPStatus.FORBIDDEN,
            way_on="/my/",
            way_on_label=_("My desk"),
        )
    raise Refused(
        _("This page is for officers and coordinators. Ask your provincial cooperative office for the duty."),
        status=HTTPStatus.FORBIDDEN,
        way_on="/my/",
        way_on_label=_("My desk"),
    )


def appointing_areas(user: AbstractBaseUser) -> Areas:
    """The areas of somebody who may give duties today. Raises Refused (403) for everybody else."""
    areas = duties_of_today(user)
    if areas.appointing:
        return areas
    raise Refused(
        _(
            "Duties are given by the provincial cooperative officer and the management development group. "
            "Ask them when somebody new should have one."
        ),
        status=HTTPStatus.FORBIDDEN,
        way_on="/office/my-areas/",
        way_on_label=_("What I may see, and why"),
    )


def may_give_duty(by: AbstractBaseUser, role: str, place: Model | None) -> bool:
    """An office gives duties to its own groups and to coordinators in its area; an administrator gives all."""
    if getattr(by, "is_superuser", False):
        return True
    area = areas_of(by).appointing
    if not area:
        return False
    match role:
        case Role.PROMOTION_OFFICER:
            return isinstance(place, PromotionGroup) and _serves(area, place.office)
        case Role.MANAGEMENT_OFFICER:
            return isinstance(place, ProvincialOffice) and _serves(area, place)
        case Role.COORDINATOR:
            return isinstance(place, Organization) and organizations_in(area).filter(pk=place.pk).exists()
    return False


def may_end_duty(by: AbstractBaseUser, duty: Duty) -> bool:
    """Who may give a duty may end it; nobody ends their own or that of the head."""
    if getattr(by, "is_superuser", False):
        return True
    return duty.user_id != by.pk and duty.role != Role.PROVINCIAL_HEAD and visible_to(by).filter(pk=duty.pk).exists()


def _serves(area: Area, office: ProvincialOffice) -> bool:
    districts = set(office.districts.values_list("code", flat=True))
    return area.has_province(office.province_id) or bool(districts and districts <= area.districts)
