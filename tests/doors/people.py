"""Who knocks: nobody, learners, and officers of every kind, each with what they answer for."""

from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie

from django.test import Client
from django.utils import timezone

from learning.duties.choices import Role
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.models import PromotionGroup
from tests.doors.district import World
from tests.factories.duties import make_duty, office_of

OUT = frozenset({"anonymous", "inactive"})
WITHOUT_DUTY = frozenset({"malee", "krit", "superuser", "yesterday", "tomorrow"})
APPOINTING = frozenset({"other manager", "other head"})
KEEPING = APPOINTING | {"neighbour"}
NAMES = KEEPING | {"other coordinator"}
ELSEWHERE = NAMES | {"other center"}
# They answer for the province, and see how many, not who.
TOTALS = frozenset({"wipa", "head office"})
ON_DUTY = ELSEWHERE | TOTALS
STRANGERS = OUT | WITHOUT_DUTY | ON_DUTY
EVERYBODY = STRANGERS | {"somchai", "last day"}
SIGNED_IN = STRANGERS - OUT
HEAD = frozenset({"head office"})
# Whose the workshops of one side or the other are (tests/doors/sides.py).
OFFICERS = frozenset({"somchai", "neighbour", "last day", "other manager", "other head"})
CENTERS = frozenset({"wipa", "other center"})
# They meet people by name, and see workshops that these may join.
MEET = NAMES | {"somchai", "last day"}


@dataclass(frozen=True)
class Caller:
    """Somebody with a browser, and the organization of their own area if they have one."""

    name: str
    cookies: dict[str, str]
    own: Organization | None = None

    def client(self) -> Client:
        """As it was after signing in, whatever earlier visits did to the session."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.cookies)
        return client


def callers(world: World) -> dict[str, Caller]:
    """Everybody of STRANGERS, the holder (somchai), and one whose last day is today."""
    today, cast = timezone.localdate(), world.cast
    day = timedelta(days=1)
    first_group = PromotionGroup.objects.get(office=world.group.office, number=1)
    office = office_of("เชียงใหม่")
    users: dict[str, User | None] = {
        "anonymous": None,
        "malee": cast.malee,
        "krit": cast.krit,
        "wipa": cast.wipa,
        "somchai": cast.somchai,
    }
    for name in sorted(EVERYBODY - users.keys()):
        users[name] = User.objects.create_user(name.replace(" ", "-"), first_name="ผู้มาเยือน", last_name=name)
    make_duty(_of(users, "other manager"), Role.MANAGEMENT_OFFICER, office)
    make_duty(_of(users, "other head"), Role.PROVINCIAL_HEAD, office)
    make_duty(_of(users, "neighbour"), Role.PROMOTION_OFFICER, first_group)
    make_duty(_of(users, "yesterday"), Role.PROMOTION_OFFICER, world.group, until=today - day)
    make_duty(_of(users, "last day"), Role.PROMOTION_OFFICER, world.group, until=today)
    make_duty(_of(users, "tomorrow"), Role.PROMOTION_OFFICER, world.group, since=today + day)
    make_duty(_of(users, "inactive"), Role.PROMOTION_OFFICER, world.group)
    make_duty(_of(users, "other coordinator"), Role.COORDINATOR, world.crowd)
    make_duty(_of(users, "other center"), Role.CENTER_STAFF, world.theirs.center)
    make_duty(_of(users, "head office"), Role.HEAD_OFFICE)
    User.objects.filter(pk=_of(users, "superuser").pk).update(is_superuser=True, is_staff=True)
    own = {
        "other manager": world.far_away,
        "other head": world.far_away,
        "neighbour": world.next_door,
        "other coordinator": world.crowd,
    }
    signed_in = {name: Caller(name, _sign_in(user), own.get(name)) for name, user in users.items()}
    User.objects.filter(pk=_of(users, "inactive").pk).update(is_active=False)
    return signed_in


def _of(users: dict[str, User | None], name: str) -> User:
    user = users[name]
    assert user is not None
    return user


def _sign_in(user: User | None) -> dict[str, str]:
    if user is None:
        return {}
    client = Client()
    client.force_login(user)
    return {name: morsel.value for name, morsel in client.cookies.items()}
