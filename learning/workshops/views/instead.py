"""An alternative that is taken at a click: its button names days, room and trainers."""

from datetime import datetime

from django.http import QueryDict

from learning.workshops.forms.scheduling.plan import place_as_typed
from learning.workshops.free import Alternative
from learning.workshops.looking import days_from
from learning.workshops.models import Resource

LONGEST_KEY = 80


def alternative_written(key: str, center: int, count: int) -> Alternative | None:
    """Days, room and trainers named by a button of ours; None for anything else."""
    parts = key.split("-") if len(key) <= LONGEST_KEY else []
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    try:
        start = datetime.strptime(parts[0], "%Y%m%d").date()  # a day has no zone
    except ValueError:
        return None
    numbers = [int(part) for part in parts[1:]]
    found = Resource.objects.filter(center=center, is_active=True).select_related("venue").in_bulk(numbers)
    room, *trainers = [found.get(number) for number in numbers]
    team = [one for one in trainers if one is not None and one.is_trainer]
    days = days_from(start, count)
    if room is None or not room.is_room or len(team) < len(trainers) or not days or days[0] != start:
        return None
    return Alternative(tuple((day, "am") for day in days), room, tuple(team), ())


def with_alternative(data: QueryDict, center: int, lines: int, *, count: int = 0) -> QueryDict:
    """What was typed, with the days, room and trainers of the button that was pressed."""
    if not (key := data.get("use", "")):
        return data
    written = [data.get(f"day_{number}", "").strip() for number in range(1, lines + 1)]
    found = alternative_written(key, center, len([line for line in written if line]) or count or 1)
    if found is None:
        return data
    typed = data.copy()
    for name, value in place_as_typed(found, lines=lines).items():
        typed.setlist(name, value if isinstance(value, list) else [value])
    return typed
