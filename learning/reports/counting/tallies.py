"""The counts of now: new events added in small steps, all of it counted anew, and the proof that both agree."""

from collections.abc import Iterable
from itertools import chain

from django.db import OperationalError, transaction
from django.db.models import Min, Q

from learning.enrollments.models import EnrollmentEvent
from learning.organizations.models import Organization
from learning.reports.counting import boards, writing
from learning.reports.counting.contributions import Counted, Key, Measures, contributions, difference
from learning.reports.counting.facts import by_person, facts
from learning.reports.counting.places import COUNTRY, Places, places_of_today
from learning.reports.counting.recount import recount, recounted
from learning.reports.models import BoardCount, CountedArea, Span, Tally

# A page counts so many new events itself; more are left to the worker.
AT_ONCE = 300
BATCH = 2000
COUNTED = Q(is_counted=True)


def is_behind() -> bool:
    """Whether something has happened that the counts do not know; two questions to small indexes."""
    return (
        EnrollmentEvent.objects.filter(is_counted=False).exists()
        or Organization.objects.filter(is_counted=False).exists()
    )


def catch_up() -> bool:
    """Before a page shows counts: add what is new when it is little. Gives whether the counts are complete."""
    if not is_behind():
        return True
    try:
        with transaction.atomic():
            if not writing.take_lock(wait=False):
                return False
            return _fold_once(AT_ONCE) < AT_ONCE
    except OperationalError:  # SQLite lets one writer in at a time, and this one waited too long
        return False


def fold() -> int:
    """Add everything that is new, a batch a transaction: a worker killed in between has lost nothing.

    Gives how many events and boards were counted.
    """
    count = 0
    while True:
        with transaction.atomic():
            writing.take_lock(wait=True)
            done = _fold_once(BATCH)
        count += done
        if done < BATCH:
            return count


def _fold_once(most: int) -> int:
    ids = list(EnrollmentEvent.objects.filter(is_counted=False).order_by("pk").values_list("pk", flat=True)[:most])
    users = set(EnrollmentEvent.objects.filter(pk__in=ids).order_by().values_list("enrollment__user", flat=True))
    places = places_of_today()
    _note_changed(places)
    _forget_spans(ids)
    before = _contributions(users, places)
    EnrollmentEvent.objects.filter(pk__in=ids).update(is_counted=True)
    after = _contributions(users, places)
    changed = difference(after, before)
    stale = boards.stale_boards(users, most)
    _forget_boards(stale, places)
    merge(changed, boards.renew(stale, places))
    writing.add(changed)
    return max(len(ids), len(stale))


def _note_changed(places: Places) -> None:
    """An area that has other members now is counted anew as a whole, even if it gets the old ones back meanwhile.

    One that is new is counted anew too, for what was there before it; but for the first count of all.
    """
    known = dict(CountedArea.objects.values_list("area", "members"))
    changed = [code for code, members in known.items() if members and places.members.get(code) != members]
    if changed:
        CountedArea.objects.filter(area__in=changed).update(members="")
    new = places.members.keys() - known.keys()
    if new:
        is_first = not Tally.objects.exists()
        CountedArea.objects.bulk_create(
            CountedArea(area=code, members=places.members[code] if is_first else "") for code in sorted(new)
        )


def _forget_spans(events: list[int]) -> None:
    """What a late job finds belongs to a day that may have been counted without it."""
    first = EnrollmentEvent.objects.filter(pk__in=events).aggregate(first=Min("on"))["first"]
    if first:
        Span.objects.filter(until__gte=first, counted_at__isnull=False).delete()


def _forget_boards(stale: Iterable[int], places: Places) -> None:
    """Somebody may have been entered in a seat of the past: the areas around forget how boards stood on past days.

    The country and the centers, where somebody is entered at any time, forget once a day (`tasks.tend_counts`).
    """
    changed = Organization.objects.filter(pk__in=stale, is_counted=False).order_by()
    codes = set()
    for pk, parent, province, district in changed.values_list("pk", "parent_id", "province_id", "district_id"):
        codes |= {f"o{pk}", f"o{parent}", *places.areas(province, district)}
    narrow = {code for code in codes if code[0] not in "nc"}
    Span.objects.filter(area__in=narrow, since__isnull=True, counted_at__isnull=False).delete()


def _contributions(users: Iterable[int], places: Places) -> Counted:
    total: Counted = {}
    for own in by_person(facts(Q(enrollment__user__in=users), COUNTED)):
        merge(total, contributions(own, places))
    return total


def lines_of_organization(enrollments: Q, code: str) -> Counted:
    """Every line of one organization, counted while the page waits: only its total is kept ready."""
    total: Counted = {}
    for own in by_person(facts(enrollments, COUNTED)):
        merge(total, contributions(own, None, whole=code))
    return {key: line for key, line in total.items() if key.area == code}


def merge(total: Counted, other: Counted) -> None:
    """Add one count to another."""
    for key, line in other.items():
        total.setdefault(key, Measures()).add(line)


def rebuild() -> int:
    """Count everything anew and write it in place of what stands there; one transaction. Gives the lines."""
    with transaction.atomic():
        writing.take_lock(wait=True)
        places = places_of_today()
        EnrollmentEvent.objects.filter(is_counted=False).update(is_counted=True)
        BoardCount.objects.filter(span__isnull=True).delete()
        of_boards = boards.renew_all(places)
        Tally.objects.all().delete()
        # Boards have an axis of their own: no line is written twice.
        writing.write(chain(of_boards.items(), recounted(by_person(facts(Q(), COUNTED)), places)))
        CountedArea.objects.all().delete()
        CountedArea.objects.bulk_create(
            CountedArea(area=code, members=members) for code, members in places.members.items()
        )
    return Tally.objects.count()


def differences() -> dict[Key, tuple[Measures | None, Measures | None]]:
    """Every line in which the counts kept ready differ from the facts: (kept, true). Empty when all is well."""
    with transaction.atomic():
        writing.take_lock(wait=True)
        places = places_of_today()
        kept = writing.stored()
        wrong: dict[Key, tuple[Measures | None, Measures | None]] = {}
        people = by_person(facts(Q(), COUNTED))
        for key, true in chain(boards.recount_all(places).items(), recounted(people, places)):
            found = kept.pop(key, None)
            if found != true:
                wrong[key] = (found, true)
    wrong.update({key: (found, None) for key, found in kept.items()})
    return wrong


def renew_changed_areas() -> list[str]:
    """Count anew the centers, offices and groups whose provinces or districts are not those they were counted with."""
    renewed = []
    with transaction.atomic():
        writing.take_lock(wait=True)
        places = places_of_today()
        known = dict(CountedArea.objects.values_list("area", "members"))
        changed = [code for code in known.keys() | places.members.keys() if known.get(code) != places.members.get(code)]
        lines_of_boards = boards.counted_lines(places) if changed else {}
        for code in sorted(changed):
            _renew_area(code, places, lines_of_boards)
            renewed.append(code)
        if any(code.startswith("c") for code in changed):
            # Past days of the country hold a line for each center, as it was put together when they were counted.
            Span.objects.filter(area=COUNTRY, counted_at__isnull=False).delete()
    return renewed


def _renew_area(code: str, places: Places, lines_of_boards: Counted) -> None:
    Tally.objects.filter(area=code).delete()
    CountedArea.objects.filter(area=code).delete()
    if code not in places.members:
        return
    provinces = [province for province, codes in places.centers.items() if code in codes]
    districts = [district for district, codes in places.inner.items() if code in codes]
    inside = Q(enrollment__province__in=provinces) | Q(enrollment__district__in=districts)
    counted = recount(by_person(facts(inside, COUNTED)), places)
    merge(counted, {key: line for key, line in lines_of_boards.items() if key.area == code})
    writing.write((key, line) for key, line in counted.items() if key.area == code)
    CountedArea.objects.create(area=code, members=places.members[code])
