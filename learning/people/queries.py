"""Reads of people."""

import re

from django.db.models import Q, QuerySet
from django.db.models.functions import Collate

from cms.thai.digits import to_arabic
from cms.thai.names import COLLATION
from cms.thai.words import normalise
from learning.people.models import User
from learning.people.phones import e164

MOST_WORDS = 5


def in_name_order(people: QuerySet[User]) -> QuerySet[User]:
    """By given name, then family name, in the order of a Thai dictionary."""
    return people.order_by(Collate("first_name", COLLATION), Collate("last_name", COLLATION), "pk")


def naming(text: str) -> Q:
    """People whose given or family name holds every word of the text, or whose phone number it is."""
    written = normalise(text)
    phone = e164(written)
    if phone.startswith("+"):
        return Q(phone=phone)
    digits = re.sub(r"[\s-]", "", to_arabic(written))
    if digits.isdigit() and len(digits) >= 4:
        return Q(phone__contains=digits.removeprefix("0"))
    condition = Q()
    for word in written.split()[:MOST_WORDS]:
        condition &= Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(title=word)
    return condition
