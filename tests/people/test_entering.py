"""An office enters a person who cannot sign in until an invitation has been used."""

import re

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from learning.kernel.refusals import Refused
from learning.people.flows import enter_person
from learning.people.models import User
from learning.people.phones import e164
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_name_is_enough(cast: Cast) -> None:
    person = enter_person(first_name="บุญมี", by=cast.somchai)
    kept = User.objects.get(pk=person.pk)
    assert (kept.full_name, kept.phone, kept.email, kept.gender, kept.birth_year) == ("บุญมี", None, "", "", None)
    assert (kept.has_usable_password(), kept.is_active, kept.phone_verified) == (False, True, False)
    assert ModelLogEntry.objects.get(action="people.enter").user == cast.somchai


def test_the_username_is_made_up_and_is_no_phone_number(cast: Cast) -> None:
    names = {enter_person(first_name="บุญมี", by=cast.somchai).username for _time in range(20)}
    assert len(names) == 20
    assert all(re.fullmatch("p-[a-z2-9]{10}", name) and e164(name) == name for name in names)


@pytest.mark.parametrize("contact", [{"phone": "+66812345678"}, {"email": "Malee@example.org"}])
def test_a_contact_of_somebody_else_is_refused(cast: Cast, contact: dict[str, str]) -> None:
    User.objects.filter(pk=cast.malee.pk).update(email="malee@example.org")
    with pytest.raises(Refused):
        enter_person(first_name="บุญมี", by=cast.somchai, **contact)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="x", first_name="บุญมี", **contact)
    assert User.objects.count() == 4


@pytest.mark.parametrize("facts", [{"gender": "nobody"}, {"birth_year": 1899}, {"birth_year": 2510}])
def test_the_database_refuses_facts_that_cannot_be(cast: Cast, facts: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        enter_person(first_name="บุญมี", by=cast.somchai, **facts)


@pytest.mark.parametrize("name", ["p-ef426pqmkh", "p-abc4567xyz", "0800-FLOWERS", "malee08"])
def test_a_name_with_letters_is_read_as_no_phone_number(name: str) -> None:
    assert e164(name) == name
