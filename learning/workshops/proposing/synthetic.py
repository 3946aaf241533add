"""A made-up fiscal year to measure with: same seed, same year. Places, centers and people do not exist."""

import random
from datetime import date, timedelta

from learning.workshops.proposing.problem import Half, Problem, Room, Slot, Trainer, Wish

FIRST, LAST = date(2026, 10, 1), date(2027, 9, 30)  # fiscal year 2570
REGIONS = ("north", "northeast", "central", "east", "south")
PROVINCES = tuple((f"P{number:02}", REGIONS[number % len(REGIONS)]) for number in range(77))
TOPICS = tuple(f"topic {number}" for number in range(12))
HOLIDAYS = 16
CAPACITIES = (30, 40, 50, 60, 80, 100, 150)


def year(
    seed: int = 1,
    *,
    wishes: int = 300,
    centers: int = 20,
    trainers: int = 80,
    window_days: tuple[int, int] = (20, 60),
) -> Problem:
    """About 245 working days, two rooms a center or a little less (36 to 42 for 20), leave, closed days, windows.

    `window_days` are the least and the greatest length of a window in days of the calendar.
    """
    dice = random.Random(seed)  # noqa: S311  not for secrets
    days = working_days(dice)
    homes = dice.sample(PROVINCES, centers)
    rooms = tuple(
        Room(1000 + number, center, dice.choice(CAPACITIES), province, district(dice, province), region)
        for number, (center, (province, region)) in enumerate(
            (center, homes[center])
            for center in range(centers)
            for _room in range(3 if center == 0 else 2 if dice.random() < 0.95 else 1)
        )
    )
    people = []
    for number in range(trainers):
        center = number % centers
        province, region = homes[center]
        topics = frozenset(dice.sample(TOPICS, dice.randint(2, 5)))
        people.append(Trainer(2000 + number, center, topics, province, region, district(dice, province)))
    most = {one.id: dice.choice((None, 15, 20, 25)) for one in people}
    busy: dict[int, set[Slot]] = {one.id: leave(dice, days) for one in people}
    busy |= {room.id: leave(dice, days) for room in rooms}
    closed = {center: set(dice.sample(days, 3)) for center in range(centers)}
    largest = {one: max(room.capacity for room in rooms if room.center == one) for one in range(centers)}
    asked = tuple(wish(dice, number, homes, largest, window_days) for number in range(wishes))
    return Problem(days, rooms, tuple(people), asked, closed, busy, most)


def working_days(dice: random.Random) -> tuple[date, ...]:
    """Monday to Friday of the fiscal year without the public holidays."""
    week = [day for number in range((LAST - FIRST).days + 1) if (day := FIRST + timedelta(number)).weekday() < 5]
    off = set(dice.sample(week, HOLIDAYS))
    return tuple(day for day in week if day not in off)


def district(dice: random.Random, province: str) -> str:
    return f"{province}-{dice.randint(1, 8)}"


def leave(dice: random.Random, days: tuple[date, ...]) -> set[Slot]:
    """Two to five stretches of one to four days on which someone or something is not to be had."""
    taken: set[Slot] = set()
    halves: tuple[Half, ...] = ("am", "pm")
    for _stretch in range(dice.randint(2, 5)):
        first = dice.randrange(len(days))
        taken |= {(day, half) for day in days[first : first + dice.randint(1, 4)] for half in halves}
    return taken


def wish(
    dice: random.Random,
    number: int,
    homes: list[tuple[str, str]],
    largest: dict[int, int],
    window_days: tuple[int, int],
) -> Wish:
    """A request of one to three days from somewhere; every third names its center, and asks what fits there."""
    center = dice.randrange(len(homes)) if dice.random() < 1 / 3 else None
    province, region = dice.choice(PROVINCES) if center is None else homes[center]
    return Wish(
        id=number,
        center=center,
        topic=dice.choice(TOPICS),
        people=min(dice.choice((20, 25, 30, 40, 50, 60)), max(largest.values()) if center is None else largest[center]),
        days=dice.choice((1, 1, 2, 2, 3)),
        halves=dice.choices(("full", "am", "pm"), (8, 1, 1))[0],
        windows=tuple(window(dice, window_days) for _window in range(dice.choice((1, 1, 2)))),
        province=province,
        district=district(dice, province),
        region=region,
        priority=dice.choice((1, 1, 1, 2, 3)),
        trainers=2 if dice.random() < 0.1 else 1,
    )


def window(dice: random.Random, length: tuple[int, int]) -> tuple[date, date]:
    days = dice.randint(*length)
    first = FIRST + timedelta(dice.randrange((LAST - FIRST).days - days))
    return first, first + timedelta(days)
