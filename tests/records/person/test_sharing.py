"""A link to the wallet: made for a time, counted, taken back; what a stranger sees through it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification.checking.limiting import WRONG_CODES
from learning.kernel.refusals import Refused
from learning.records.flows.showing import LONGEST_SHARE, MOST_OPEN_LINKS, share_wallet, take_back
from learning.records.models import WalletShare
from tests.cast import Cast
from tests.factories.learned import issued_certificate, recorded_paper, revoked

pytestmark = pytest.mark.django_db
SHARING = "/my/sharing/"


def in_days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


@pytest.fixture
def share(cast: Cast) -> WalletShare:
    return share_wallet(cast.malee, ends_on=in_days(90), by=cast.malee)


def address(share: WalletShare) -> str:
    return reverse("records:shared", args=[share.token])


def test_a_link_is_offered_for_ninety_days_and_made_for_the_day_that_is_chosen(malee: Client, cast: Cast) -> None:
    assert f'value="{in_days(90):%d/%m/}{in_days(90).year + 543}"' in malee.get(SHARING).content.decode()
    answer = malee.post(SHARING, {"ends_on": written(in_days(10))})
    assert (answer.status_code, answer["Location"]) == (302, SHARING)
    made = WalletShare.objects.get()
    assert (made.person, made.ends_on, made.seen_count) == (cast.malee, in_days(10), 0)
    assert address(made) in malee.get(SHARING).content.decode()


@pytest.mark.parametrize("days", [-1, LONGEST_SHARE.days + 1])
def test_a_link_is_not_made_for_the_past_or_for_more_than_a_year(malee: Client, cast: Cast, days: int) -> None:
    assert malee.post(SHARING, {"ends_on": written(in_days(days))}).status_code == 422
    with pytest.raises(Refused):
        share_wallet(cast.malee, ends_on=in_days(days), by=cast.malee)
    assert WalletShare.objects.count() == 0


@pytest.mark.parametrize("days", [0, LONGEST_SHARE.days])
def test_today_and_a_year_from_today_are_days_to_choose(malee: Client, days: int) -> None:
    assert malee.post(SHARING, {"ends_on": written(in_days(days))}).status_code == 302


def test_tokens_are_long_and_never_the_same(cast: Cast) -> None:
    tokens = {share_wallet(cast.malee, ends_on=in_days(1), by=cast.malee).token for _ in range(MOST_OPEN_LINKS)}
    assert {len(token) for token in tokens} == {43}, "43 characters of base64url are 256 bits"
    assert len(tokens) == MOST_OPEN_LINKS


def test_ten_links_are_open_at_once_and_one_taken_back_makes_room(cast: Cast) -> None:
    made = [share_wallet(cast.malee, ends_on=in_days(1), by=cast.malee) for _ in range(MOST_OPEN_LINKS)]
    with pytest.raises(Refused):
        share_wallet(cast.malee, ends_on=in_days(1), by=cast.malee)
    take_back(made[0], by=cast.malee)
    share_wallet(cast.malee, ends_on=in_days(1), by=cast.malee)


def test_a_stranger_sees_name_certificates_their_standing_and_hours(cast: Cast, share: WalletShare) -> None:
    good = recorded_paper(cast.malee, "เลขานุการ", date(2024, 7, 15), hours="12")
    bad = issued_certificate(cast.malee, "การเงิน", **revoked())
    page = Client().get(address(share))
    text = page.content.decode()
    assert (page.status_code, "นางมาลี ใจดี" in text, "ออกผิดคน" in text) == (200, True, False)
    assert [(card["certificate"].code, card["standing"]) for card in page.context["cards"]] == [
        (bad.code, "revoked"),
        (good.code, "recorded"),
    ]
    assert [reverse("certification:verify", args=[one.code]) in text for one in (good, bad)] == [True, True]
    assert page.context["learned"].hours == 12


def test_a_stranger_sees_nothing_of_how_to_reach_the_person(cast: Cast, share: WalletShare) -> None:
    text = Client().get(address(share)).content.decode()
    assert [word in text for word in (cast.malee.phone, "0812345678", cast.malee.username)] == [False, False, False]


def test_the_page_is_kept_nowhere_found_nowhere_and_told_nobody(share: WalletShare) -> None:
    answer = Client().get(address(share))
    assert (answer["X-Robots-Tag"], answer["Cache-Control"], answer["Referrer-Policy"]) == (
        "noindex, nofollow",
        "private, no-store",
        "no-referrer",
    )


def test_openings_are_counted_but_not_those_of_the_person(malee: Client, share: WalletShare) -> None:
    for client in (malee, Client(), Client()):
        client.get(address(share))
    Client().head(address(share))
    share.refresh_from_db()
    assert share.seen_count == 2


def test_the_last_day_still_counts_and_the_next_is_gone(cast: Cast, share: WalletShare) -> None:
    WalletShare.objects.update(ends_on=in_days(0))
    assert Client().get(address(share)).status_code == 200
    WalletShare.objects.update(ends_on=in_days(-1))
    answer = Client().get(address(share))
    text = answer.content.decode()
    assert (answer.status_code, "มาลี" in text, answer["Cache-Control"]) == (410, False, "private, no-store")


def test_a_link_taken_back_is_gone_at_once(malee: Client, share: WalletShare) -> None:
    end = reverse("records:end_share", args=[share.pk])
    assert malee.get(end).status_code == 405
    assert malee.post(end).status_code == 302
    assert Client().get(address(share)).status_code == 410
    assert address(share) not in malee.get(SHARING).content.decode()
    ended = WalletShare.objects.get().ended_at
    malee.post(end)
    assert WalletShare.objects.get().ended_at == ended, "the moment is that of the first time"


def test_nobody_else_takes_a_link_back_or_sees_it(client: Client, cast: Cast, share: WalletShare) -> None:
    client.force_login(cast.krit)
    assert client.post(reverse("records:end_share", args=[share.pk])).status_code == 404
    assert share.token not in client.get(SHARING).content.decode()
    assert WalletShare.objects.get().ended_at is None


def test_the_link_of_somebody_who_left_shows_nothing(cast: Cast, share: WalletShare) -> None:
    cast.malee.is_active = False
    cast.malee.save(update_fields=["is_active"])
    assert Client().get(address(share)).status_code == 410


@pytest.mark.parametrize("token", ["x", "%00", "ก" * 43, "a" * 300])
def test_a_token_that_was_never_given_out_is_not_found(cast: Cast, share: WalletShare, token: str) -> None:
    assert Client().get(f"/w/{token}").status_code == 404


def test_guessing_is_stopped_and_a_true_link_never_is(share: WalletShare) -> None:
    answers = {Client().get(f"/w/guess-{number}").status_code for number in range(WRONG_CODES.count)}
    stopped = Client().get("/w/one-more")
    assert (answers, stopped.status_code, "Retry-After" in stopped) == ({404}, 429, True)
    assert Client().get(address(share)).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_a_shared_wallet_costs_seven_queries(
    cast: Cast, share: WalletShare, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        recorded_paper(cast.malee, f"เรื่องที่ {number}", date(2026, 1, 1) + timedelta(days=number), hours="1")
    # the link with its person · one more opening · certificates · enrollments · seats · workshop lessons · papers
    with django_assert_num_queries(7):
        page = Client().get(address(share))
    assert len(page.context["cards"]) == count


@pytest.mark.parametrize("count", [1, 9])
def test_the_page_of_links_costs_three_queries(
    malee: Client, cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        share_wallet(cast.malee, ends_on=in_days(1), by=cast.malee)
    with django_assert_num_queries(3):  # session · person · links
        page = malee.get(SHARING)
    assert len(page.context["shares"]) == count
