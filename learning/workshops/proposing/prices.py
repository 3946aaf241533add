"""What a choice costs, in points: one point is one person travelling one step of distance."""

from learning.workshops.proposing.problem import Place, Problem, Room, Trainer, Wish

# Steps of distance between two places.
SAME_DISTRICT, SAME_PROVINCE, SAME_REGION, FAR = 0, 1, 3, 6
TRAINER_STEP = 20  # a trainer travels by car of the office, with per diem: as dear as 20 people
OTHER_CENTER = 30  # trainers of the center that owns the room come first
EMPTY_SEATS = 4  # seats left empty for one point: a large room is kept for a large workshop
LATER_WINDOW = 40  # each window down the list of wishes
OUTSIDE_WINDOWS = 150  # only for alternatives that a person looks at; no plan goes there
OVER_SHARE = 15  # each half-day a trainer gives above an even share
NO_PLACE = 20_000  # a wish without a place, times its priority
# A change to what people have already been told.
MOVED_DATE, MOVED_ROOM, NEW_TRAINER = 200, 300, 10


def distance(one: Place, other: Place) -> int:
    """Steps between two places: district 0, province 1, region 3, else 6; an unknown district is another one."""
    if one.province == other.province:
        known = one.district is not None and one.district == other.district
        return SAME_DISTRICT if known else SAME_PROVINCE
    return SAME_REGION if one.region == other.region else FAR


def of_room(wish: Wish, room: Room) -> int:
    """Points for the way of the people to the room and for its empty seats."""
    return distance(wish, room) * wish.people + (room.capacity - wish.people) // EMPTY_SEATS


def of_trainer(trainer: Trainer, room: Room) -> int:
    """Points for the way of one trainer: none within the own center."""
    if trainer.center == room.center:
        return 0
    return OTHER_CENTER + TRAINER_STEP * distance(trainer, room)


def of_window(number: int) -> int:
    """Points for lying in the window at place `number` of the list, counted from 0."""
    return LATER_WINDOW * number


def even_share(problem: Problem) -> int:
    """Half-days that each trainer would give if all gave the same, rounded up."""
    asked = sum(wish.load * wish.trainers for wish in problem.wishes)
    return -(-asked // len(problem.trainers)) if problem.trainers else 0


def of_load(half_days: int, share: int) -> int:
    """Points for what a trainer gives above the even share."""
    return OVER_SHARE * max(0, half_days - share)


def of_no_place(wish: Wish) -> int:
    return NO_PLACE * wish.priority
