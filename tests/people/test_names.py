"""Names the Thai way: any title, one spelling for what looks alike, nothing that cannot be seen."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.utils.translation import gettext

from learning.people.models import User

SignUp = Callable[..., HttpResponse]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("น" + "\u0e49" + "\u0e4d" + "\u0e32" + "ฝน", "น้ำฝน"),  # tone mark, then ำ in its two parts
        ("น" + "\u0e4d" + "\u0e49" + "\u0e32" + "ฝน", "น้ำฝน"),  # the parts in the other order
        ("น" + "\u0e33" + "\u0e49" + "ฝน", "น้ำฝน"),  # the tone mark after ำ
        ("เเก้ว", "แก้ว"),  # แ as เ and เ
        ("มา\u200bลี", "มาลี"),  # a zero-width space, as copied from a web page
        ("  มาลี \u00a0 พร ", "มาลี พร"),
    ],
)
def test_a_name_has_one_spelling_however_it_was_typed(sign_up: SignUp, typed: str, kept: str) -> None:
    sign_up(username="malee", first_name=typed)
    assert User.objects.get().first_name == kept


@pytest.mark.parametrize("title", ["นาง", "ว่าที่ร้อยตรีหญิง", "ดร.", "พระครู", ""])
def test_any_title_is_taken(sign_up: SignUp, title: str) -> None:
    sign_up(username="malee", title=title)
    assert str(User.objects.get()) == f"{title}มาลี ใจดี"


def test_a_person_may_have_no_family_name(sign_up: SignUp) -> None:
    sign_up(username="malee", title="พระ", last_name="")
    assert str(User.objects.get()) == "พระมาลี"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\ufeff \u200b"])
def test_a_name_of_nothing_to_see_is_no_name(sign_up: SignUp, typed: str) -> None:
    response = sign_up(username="malee", first_name=typed)
    assert dict(response.context["form"].errors) == {"first_name": [gettext("This field is required.")]}
    assert User.objects.count() == 0


def test_the_usual_titles_are_offered(sign_up: SignUp) -> None:
    page = sign_up().content.decode()
    assert [page.count(f'<option value="{title}">') for title in ("นาย", "นาง", "นางสาว")] == [1, 1, 1]
