"""Who in the register might be the person just typed: the same phone or address, or a name that is alike.

Shown to choose from before a new person is made; nothing is ever merged by itself.
"""

from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from learning.duties.queries import people_in
from learning.people.models import User
from learning.places.areas import Area
from learning.register.reading.likeness import alike_names

MOST = 10


class Why(TextChoices):
    PHONE = "phone", _("The same phone number")
    EMAIL = "email", _("The same e-mail address")
    NAME = "name", _("A name that is alike")


@dataclass(frozen=True, slots=True)
class Typed:
    """What an office writes of a person it enters; `birth_year` of the common era."""

    first_name: str
    last_name: str = ""
    title: str = ""
    name_en: str = ""
    phone: str | None = None
    email: str = ""
    gender: str = ""
    birth_year: int | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Namesake:
    person: User
    why: Why


def namesakes(typed: Typed, area: Area) -> list[Namesake]:
    """People who may be meant, at most ten, at most three queries.

    Of people outside the area only who has both the phone or address and a name like the one typed: the office
    knows already whom it means, so nothing is told that it did not write.
    """
    found: dict[int, Namesake] = {}
    for person in User.objects.filter(_contact(typed)) if typed.phone or typed.email else ():
        is_phone = bool(typed.phone) and person.phone == typed.phone
        found[person.pk] = Namesake(person, Why.PHONE if is_phone else Why.EMAIL)
    if found:
        inside = set(people_in(area).filter(pk__in=found).values_list("pk", flat=True))
        found = {
            pk: one
            for pk, one in found.items()
            if pk in inside or alike_names(typed.name, [f"{one.person.first_name} {one.person.last_name}"])
        }
    beginning = Q(first_name__startswith=typed.first_name[:1])
    if typed.last_name:
        beginning |= Q(last_name=typed.last_name)
    near: dict[str, list[User]] = {}
    for person in people_in(area).filter(beginning):
        near.setdefault(f"{person.first_name} {person.last_name}".strip(), []).append(person)
    for name in alike_names(typed.name, near):
        for person in near[name]:
            found.setdefault(person.pk, Namesake(person, Why.NAME))
    return list(found.values())[:MOST]


def _contact(typed: Typed) -> Q:
    same = Q(pk__in=[])
    if typed.phone:
        same |= Q(phone=typed.phone)
    if typed.email:
        same |= Q(email__iexact=typed.email)
    return same
