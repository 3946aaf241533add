"""Nothing of the district is heard by asking: no search, filter, order, area or key tells that it is there."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from learning.register.choices import ImportState, RowAction
from learning.register.forms.filters import SORTS
from learning.register.models import Import, ImportRow
from learning.reports.shelf import REPORTS
from tests.doors.district import CROWD, World
from tests.doors.judging import secrets_from
from tests.doors.knocking import knock, walk, without
from tests.doors.people import ELSEWHERE, NAMES, ON_DUTY, Caller
from tests.doors.twins import NO_KEY, Twin, asked, differences, sent

pytestmark = pytest.mark.django_db


def test_asking_for_the_district_sounds_like_asking_for_nothing(world: World, people: dict[str, Caller]) -> None:
    assert differences(people.values(), asked(world), world.secrets) == {}


def test_sending_keys_of_the_district_is_like_sending_no_keys(world: World, people: dict[str, Caller]) -> None:
    assert differences(people.values(), sent(world), world.secrets) == {}


def test_a_question_that_would_tell_is_found(world: World, people: dict[str, Caller]) -> None:
    """The twins themselves: somchai, who holds the district, hears something else of it than of nothing."""
    twins = [Twin("register:people", frozenset({"somchai"}), world.people[1].first_name, "ฟหกดเอ", "q")]
    assert list(differences(people.values(), twins, ())) == [f"somchai: {twins[0]}"]


@pytest.mark.parametrize("name", sorted(ON_DUTY))
def test_no_order_and_no_page_of_a_list_tells_of_the_district(
    name: str, world: World, people: dict[str, Caller]
) -> None:
    cache.clear()
    caller = people[name]
    columns = ["people", "enrolled", "active", "completed", "overdue", "percent", "hours", "name", "password", "pk"]
    orders = ["first_name", "-phone", "user__password", *(sign + column for column in columns for sign in ("", "-"))]
    addresses = [f"{reverse('register:organizations')}?state=all&sort={sort}" for sort in [*SORTS, "users__phone"]]
    addresses += [f"{reverse('reports:report', args=['kinds'])}?sort={sort}" for sort in orders[::3]]
    addresses += [f"{reverse('reports:report', args=[slug])}?sort=-people" for slug in REPORTS]
    lists = ["register:organizations", "register:people", "register:imports", "enrollments:assignments"]
    lists += ["duties:duties", "reports:files"]
    addresses += [f"{reverse(door)}?page={page}" for door in lists for page in (2, 9999)]
    found = {address: knock(caller, address) for address in addresses}
    told = {address: got.tells(secrets_from(caller, world)) for address, got in found.items()}
    assert {address: secrets for address, secrets in told.items() if secrets} == {}
    assert {got.status for got in found.values()} <= {200, 403, 404}
    assert sum(got.status == 200 for got in found.values()) >= 20


def test_no_link_on_any_page_leads_a_stranger_into_the_district(world: World, people: dict[str, Caller]) -> None:
    """From the dashboard every link is followed, as far as it goes on officers' pages."""
    found = {}
    for name in ("neighbour", "other head", "wipa"):
        for address, answer in walk(people[name], "/office/").items():
            hidden = set(secrets_from(people[name], world))
            if address.startswith("/office/workshops/"):
                hidden.discard(CROWD)  # a center meets who comes to its workshops
            if told := answer.tells(hidden):
                found[f"{name}: {address}"] = f"{answer.status}: tells {told}"
            if answer.status not in {200, 302}:
                found[f"{name}: {address}"] = f"{answer.status}: a link that leads nowhere"
    assert found == {}


def test_an_imports_row_takes_nobody_of_another_area(world: World, people: dict[str, Caller]) -> None:
    """A key sent by hand, and the phone number of somebody outside: the answer names nobody."""
    cache.clear()
    caller = people["neighbour"]
    own = Import.objects.create(
        kind="people",
        file_name="ของเรา.xlsx",
        sha256="1" * 64,
        state=ImportState.CHECKED,
        columns=["first_name", "last_name", "phone", "organization", "province", "position"],
        total_count=1,
        created_by_id=int(caller.client().session["_auth_user_id"]),
    )
    cells = {"first_name": "แปลก", "last_name": "ถิ่นไกล", "organization": "สหกรณ์การเกษตรข้างบ้าน จำกัด"}
    cells |= {"province": "ชัยนาท", "position": "สมาชิก", "phone": ""}
    ImportRow.objects.create(batch=own, number=2, cells=cells, action=RowAction.ASK, alike=[])
    row = reverse("register:import_row", args=[own.pk, 2])
    decide = reverse("register:decide_row", args=[own.pk, 2])
    for key in (world.people[0].pk, NO_KEY):
        answer = knock(caller, decide, {"answer": f"same_one:{key}"})
        assert (answer.status, answer.wrote, answer.tells(world.secrets)) == (422, [], [])
    answer = knock(caller, row, {"phone": "0899007701"})
    assert answer.status in {302, 422}
    assert [one for one in answer.tells(world.secrets) if "89900770" not in one] == []


@pytest.mark.parametrize("name", sorted(NAMES | ELSEWHERE))
def test_what_does_not_exist_and_what_is_not_yours_are_one_page(
    name: str, world: World, people: dict[str, Caller]
) -> None:
    """Also by the key in the path: the same status and the same words."""
    keys = {
        "register:organization": world.cooperative.pk,
        "register:edit_organization": world.cooperative.pk,
        "register:person": world.people[0].pk,
        "register:end_membership": world.seats[0].pk,
        "enrollments:learners": world.cooperative.pk,
    }
    for door, key in keys.items():
        answers = [knock(people[name], reverse(door, args=[one])) for one in (key, NO_KEY)]
        said = [(one.status, without(one.text, str(key), str(NO_KEY))) for one in answers]
        assert (door, said[0]) == (door, said[1])
