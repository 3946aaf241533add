"""A name in English is kept as its owner writes it: nobody makes one up, and nothing else is taken for one."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from learning.people.english import LONGEST, EnglishNameField
from learning.people.flows import enter_person
from learning.people.models import User
from tests.cast import Cast
from tests.factories.organizations import make_membership

DETAILS = {"title": "นาง", "first_name": "มาลี", "last_name": "ใจดี", "phone": "081-234-5678"}


@pytest.fixture
def malee(client: Client, cast: Cast) -> Client:
    client.force_login(cast.malee)
    return client


def kept(person: User) -> str:
    return User.objects.get(pk=person.pk).name_en


def test_nobody_has_one_until_it_is_written(malee: Client, cast: Cast) -> None:
    assert kept(cast.malee) == ""
    malee.post(reverse("people:details"), DETAILS)
    assert kept(cast.malee) == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Mrs. Malee Jaidee", "Mrs. Malee Jaidee"),
        ("  Malee \u00a0  JAIDEE\u200b ", "Malee JAIDEE"),
        ("malee jaidee", "malee jaidee"),
        ("Malee O’Jaidee", "Malee O'Jaidee"),
        ("Malee Jaidee‑Na Nan", "Malee Jaidee-Na Nan"),
        ("M", "M"),
        ("M" * LONGEST, "M" * LONGEST),
        ("Malee" + " " * 200 + "Jaidee", "Malee Jaidee"),
        ("Malee\nJaidee", "Malee Jaidee"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_it_is_kept_in_one_spelling_with_the_capitals_of_its_owner(
    malee: Client, cast: Cast, written: str, name: str
) -> None:
    assert malee.post(reverse("people:details"), {**DETAILS, "name_en": written}).status_code == 302
    assert kept(cast.malee) == name
    assert malee.get(reverse("people:details")).context["form"]["name_en"].value() == name


@pytest.mark.parametrize(
    "written", ["มาลี ใจดี", "Malee ใจดี", "Malee1", "Malee_Jaidee", "Zoë", "Мalee", "Malee (Jaidee)", "-", ". '", "<b>"]
)
def test_what_no_id_card_prints_is_refused_and_stays_in_its_line(malee: Client, cast: Cast, written: str) -> None:
    User.objects.filter(pk=cast.malee.pk).update(name_en="Malee Jaidee")
    response = malee.post(reverse("people:details"), {**DETAILS, "last_name": "ใจงาม", "name_en": written})
    sentence = gettext(
        "Write the name in English letters, A to Z, as on the ID card. "
        "Besides them only spaces, hyphens, apostrophes and full stops may stand in it."
    )
    form = response.context["form"]
    assert (response.status_code, dict(form.errors)) == (422, {"name_en": [sentence]})
    assert form["name_en"].value() == written
    assert User.objects.filter(pk=cast.malee.pk, name_en="Malee Jaidee", last_name="ใจดี").exists()


def test_a_hundred_signs_and_not_one_more(malee: Client, cast: Cast) -> None:
    assert User._meta.get_field("name_en").max_length == EnglishNameField().max_length == LONGEST
    response = malee.post(reverse("people:details"), {**DETAILS, "name_en": "M" * (LONGEST + 1)})
    assert (response.status_code, list(response.context["form"].errors), kept(cast.malee)) == (422, ["name_en"], "")


def test_its_owner_takes_it_away_again(malee: Client, cast: Cast) -> None:
    for written in ("Malee Jaidee", ""):
        malee.post(reverse("people:details"), {**DETAILS, "name_en": written})
        assert kept(cast.malee) == written


def test_the_office_sees_it_and_corrects_it_until_the_person_has_signed_in(client: Client, cast: Cast) -> None:
    person = enter_person(first_name="บุญมา", last_name="ทองใบ", name_en="Bunma Thongbai", by=cast.somchai)
    make_membership(person, cast.board_seat.organization)
    page, form = (reverse(f"register:{name}", args=[person.pk]) for name in ("person", "edit_person"))
    client.force_login(cast.somchai)
    assert '<dd lang="en">Bunma Thongbai</dd>' in client.get(page).content.decode()
    right = {"first_name": "บุญมา", "last_name": "ทองใบ", "name_en": "Boonma  Thongbai"}
    assert client.post(form, right).status_code == 302
    assert kept(person) == "Boonma Thongbai"
    assert client.post(form, {**right, "name_en": "บุญมา"}).status_code == 422
    client.force_login(cast.krit)
    assert client.get(page).status_code in {403, 404}


def test_an_office_that_enters_somebody_may_write_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.somchai)
    organization = cast.board_seat.organization
    said = {"first_name": "บุญมา", "last_name": "ทองใบ", "name_en": "Bunma Thongbai", "position": "manager"}
    client.post(reverse("register:add_member", args=[organization.pk]) + "?who=new", {**said, "since": "1/11/2569"})
    assert User.objects.get(first_name="บุญมา").name_en == "Bunma Thongbai"
