"""Officers of every office, group and center, and coordinators; their user names say what they answer for."""

from collections.abc import Iterator
from random import Random

from learning.desk.nation.names import MEN, WOMEN, family_name
from learning.desk.nation.organizations import Body
from learning.desk.nation.people import PASSWORD, write_users
from learning.desk.nation.plan import Calendar
from learning.desk.nation.writing import next_key, write
from learning.duties.choices import PLACE_OF, PLACES, Role
from learning.duties.models import Duty
from learning.people.models import User
from learning.places.models import PromotionGroup, ProvincialOffice, TransferCenter

STAFF_OF_A_CENTER = 3
HEAD_OFFICE = 5
COOPERATIVES_OF_A_COORDINATOR = 10


def _posts(bodies: list[Body]) -> Iterator[tuple[str, str, object]]:
    """User name, role and the key of the place: group-12 answers for the promotion group 12."""
    for code in ProvincialOffice.objects.order_by("code").values_list("code", flat=True):
        yield f"head-{code}", Role.PROVINCIAL_HEAD, code
        yield f"management-{code}", Role.MANAGEMENT_OFFICER, code
    for pk in PromotionGroup.objects.order_by("pk").values_list("pk", flat=True):
        yield f"group-{pk}", Role.PROMOTION_OFFICER, pk
    for number in TransferCenter.objects.order_by("number").values_list("number", flat=True):
        # The first of a center has its bare number, the others -2 and -3 behind it.
        for place in range(1, STAFF_OF_A_CENTER + 1):
            yield f"center-{number}" + (f"-{place}" if place > 1 else ""), Role.CENTER_STAFF, number
    for number in range(1, HEAD_OFFICE + 1):
        yield f"headoffice-{number}", Role.HEAD_OFFICE, None
    standing = [body for body in bodies if body.is_cooperative and body.ended is None]
    for body in standing[::COOPERATIVES_OF_A_COORDINATOR]:
        yield f"coordinator-{body.pk}", Role.COORDINATOR, body.pk


def write_officers(bodies: list[Body], calendar: Calendar, rng: Random) -> tuple[dict[int, int], int]:
    """Gives the officer of each promotion group, and how many officers there are."""
    first, appointed, entered = next_key(User), calendar.iso(-30), calendar.moment(-5)
    users, duties, of_groups = [], [], {}
    for person, (name, role, place) in enumerate(_posts(bodies), first):
        is_woman = rng.random() < 0.5
        title, given = ("นาง", rng.choice(WOMEN)) if is_woman else ("นาย", rng.choice(MEN))
        users.append((person, name, title, given, family_name(rng), entered, PASSWORD))
        held = [place if column == PLACE_OF[role] else None for column in PLACES]
        duties.append((len(duties), person, str(role), *held, appointed, entered))
        if role == Role.PROMOTION_OFFICER:
            of_groups[int(str(place))] = person
    write_users("id username title first_name last_name date_joined password", iter(users))
    columns = " ".join(f"{name}_id" for name in PLACES)
    key = next_key(Duty)
    rows = ((key + number, *rest) for number, *rest in duties)
    write(Duty, f"id user_id role {columns} since created_at", rows)
    return of_groups, len(users)
