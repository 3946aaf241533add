"""What a duty opens and allows, in words: why somebody sees what they see."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from learning.duties.choices import APPOINTS, ASSIGNS, KEEPS_REGISTER, Role
from learning.duties.models import Duty
from learning.duties.queries import Areas, Post
from learning.organizations.models import Organization
from learning.places.models import District, Province


@dataclass(frozen=True)
class Explained:
    """A duty of today: the places it opens by name, and sentences on what may be seen and done there."""

    duty: Duty
    opens: tuple[str, ...]
    sees_people: bool
    allows: tuple[str, ...]


def explained(areas: Areas) -> list[Explained]:
    """The duties of today in words; at most three queries for their places."""
    provinces = {one.pk: one.full_name for one in Province.objects.filter(pk__in=_all(areas, "provinces"))}
    districts = {
        one.pk: f"{one.full_name} {one.province.full_name}"
        for one in District.objects.filter(pk__in=_all(areas, "districts")).select_related("province")
    }
    organizations = {one.pk: one.name for one in Organization.objects.filter(pk__in=_all(areas, "organizations"))}
    return [
        Explained(post.duty, _opens(post, provinces, districts, organizations), post.sees_people, _allows(post.duty))
        for post in areas.posts
    ]


def _all(areas: Areas, name: str) -> set[object]:
    return {key for post in areas.posts for key in getattr(post.area, name)}


def _opens(
    post: Post, provinces: dict[str, str], districts: dict[str, str], organizations: dict[int, str]
) -> tuple[str, ...]:
    if post.area.is_country:
        return (_("The whole country"),)
    return (
        *(name for key, name in provinces.items() if key in post.area.provinces),
        *(name for key, name in districts.items() if key in post.area.districts),
        *(name for key, name in organizations.items() if key in post.area.organizations),
    )


def _allows(duty: Duty) -> tuple[str, ...]:
    """Sentences, in the order of the work."""
    known = (
        (KEEPS_REGISTER, _("You keep the register: organizations, people and their positions.")),
        ({Role.COORDINATOR, *KEEPS_REGISTER}, _("You enroll members and make codes for them.")),
        (ASSIGNS, _("You say what must be learnt, by whom and by when.")),
        (APPOINTS, _("You give duties to coordinators and to colleagues of your office.")),
    )
    return tuple(sentence for roles, sentence in known if duty.role in roles)
