"""What people change about themselves, and people whom an office enters."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.people.phones import e164

# Small letters and figures that are not mistaken for each other.
LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
LENGTH = 10
MARK = "p-"


@transaction.atomic
def change_details(
    user: User,
    *,
    title: str,
    first_name: str,
    last_name: str,
    phone: str | None,
    name_en: str = "",
    gender: str = "",
    birth_year: int | None = None,
    by: User,
) -> User:
    """Change both names, phone, and what is for statistics only (`birth_year` of the common era).

    Certificates already issued keep the names they were printed with, enrollments the gender and birth year.
    """
    if phone != user.phone:
        user.phone_verified = False
    user.title, user.first_name, user.last_name, user.phone = title, first_name, last_name, phone
    user.name_en, user.gender, user.birth_year = name_en, gender, birth_year
    names = ["title", "first_name", "last_name", "name_en"]
    user.save(update_fields=[*names, "phone", "phone_verified", "gender", "birth_year"])
    return user


@transaction.atomic
def enter_person(
    *,
    title: str = "",
    first_name: str,
    last_name: str = "",
    name_en: str = "",
    phone: str | None = None,
    email: str = "",
    gender: str = "",
    birth_year: int | None = None,
    by: User,
) -> User:
    """An office enters a person, without a password: nobody signs in until an invitation has been used.

    Raises Refused when the phone number or the e-mail address is that of another person.
    """
    if phone and User.objects.filter(phone=phone).exists():
        raise Refused(_("Somebody in the register has this phone number already. Check it, or leave it empty."))
    if email and User.objects.filter(email__iexact=email).exists():
        raise Refused(_("Somebody in the register has this e-mail address already. Check it, or leave it empty."))
    person = User(
        username=new_username(),
        title=title,
        first_name=first_name,
        last_name=last_name,
        name_en=name_en,
        phone=phone or None,
        email=email,
        gender=gender,
        birth_year=birth_year,
    )
    person.set_unusable_password()
    person.save()
    log(person, "people.enter", user=by)
    return person


def new_username() -> str:
    """A name for an account that nobody has chosen one for: p- and ten letters or figures, 6·10¹⁴ of them."""
    while True:
        name = MARK + "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
        if e164(name) == name:  # one of 100,000 holds a number, and would be looked for among the phones
            return name
