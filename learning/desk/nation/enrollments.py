"""Enrollments with the facts of their moment, what happened to them, and the lessons that were done."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from learning.desk.nation.courses import Course
from learning.desk.nation.organizations import Body
from learning.desk.nation.people import People
from learning.desk.nation.plan import DAY_MINUTES, Calendar, Scale
from learning.desk.nation.writing import Row, next_key, write
from learning.enrollments.choices import EnrollmentState, EventKind
from learning.enrollments.events import DELTAS
from learning.enrollments.models import Enrollment, EnrollmentEvent
from learning.progress.models import LessonCompletion

# How many of a hundred people have so many enrollments: five each on average, and nine have none.
_SHARES = {0: 9, 1: 7, 2: 8, 3: 10, 4: 11, 5: 11, 6: 11, 7: 10, 8: 8, 9: 6, 10: 4, 11: 3, 12: 2}
AVERAGE = [number for number, share in _SHARES.items() for _ in range(share)]
COMPLETED, ACTIVE, WITHDRAWN = 0.55, 0.85, 0.95  # the rest has lapsed
FIRST_COURSE_FOR = 0.75  # of enrollments count for a person's first organization
MOST_DAYS = 90  # of learning
OPENS, CLOSES = 8 * 60, 20 * 60  # when people enroll and finish, in minutes of the day
SWEEP = 10  # the minute of the night in which what is overdue is found
OFFICER_ENROLLS = 0.5

# An event is kept as one number until it is written: moment, enrollment, and the place in this list.
_EVENTS = (
    (EventKind.ENROLLED, 0),
    (EventKind.OVERDUE, 1),
    (EventKind.COMPLETED, 0),
    (EventKind.COMPLETED, -1),
    (EventKind.WITHDRAWN, 0),
    (EventKind.WITHDRAWN, -1),
    (EventKind.LAPSED, 0),
    (EventKind.LAPSED, -1),
)
_CODE = {event: code for code, event in enumerate(_EVENTS)}
_ENDS = {
    EnrollmentState.COMPLETED.value: EventKind.COMPLETED,
    EnrollmentState.WITHDRAWN.value: EventKind.WITHDRAWN,
    EnrollmentState.LAPSED.value: EventKind.LAPSED,
}


@dataclass
class Aftermath:
    """What the enrollments leave to be written after them; one entry for each enrollment, but for `events`."""

    events: list[int] = field(default_factory=list)
    courses: "array[int]" = field(default_factory=lambda: array("B"))
    begins: "array[int]" = field(default_factory=lambda: array("i"))
    spans: "array[int]" = field(default_factory=lambda: array("i"))
    lessons: "array[int]" = field(default_factory=lambda: array("B"))


def write_enrollments(
    scale: Scale,
    people: People,
    bodies: list[Body],
    courses: list[Course],
    officers: dict[str, int],
    calendar: Calendar,
    rng: Random,
) -> Aftermath:
    """In the order in which people enrolled; `officers` are those of the districts."""
    came = Aftermath()
    planned = _plan(scale, people, len(courses), calendar, rng)
    write(
        Enrollment,
        "id user_id course_id state organization_id position kind parent_id province_id district_id gender birth_year"
        " enrolled_by_id enrolled_at due_on is_overdue completed_at hours ended_at last_lesson_id",
        _rows(planned, scale, people, bodies, courses, officers, calendar, rng, came, next_key(Enrollment)),
    )
    return came


def _plan(scale: Scale, people: People, courses: int, calendar: Calendar, rng: Random) -> list[int]:
    """Moment, person, course and membership of each enrollment as one number, sorted by moment."""
    draw = rng.random
    numbers = [min(AVERAGE[int(draw() * len(AVERAGE))], courses) for _ in range(scale.people)]
    missing = scale.enrollments - sum(numbers)
    step = 1 if missing > 0 else -1
    while missing:
        person = int(draw() * scale.people)
        if 0 <= numbers[person] + step <= courses:
            numbers[person] += step
            missing -= step
    windows = [
        (max(seat.since, 0), min(calendar.last - 1 if seat.until is None else seat.until, calendar.last - 1))
        for seat in people.seats
    ]
    planned: list[int] = []
    all_courses = range(courses)
    for person, number in enumerate(numbers):
        choices = [(place, *windows[seat]) for place, seat in enumerate(people.held[person])]
        choices = [choice for choice in choices if choice[1] <= choice[2]]
        for course in rng.sample(all_courses, number):
            is_first = len(choices) == 1 or draw() < FIRST_COURSE_FOR
            place, since, until = choices[0 if is_first else int(draw() * len(choices))]
            day = since + int(draw() * (until - since + 1))
            moment = day * DAY_MINUTES + OPENS + int(draw() * (CLOSES - OPENS))
            planned.append(((moment * scale.people + person) * courses + course) * 8 + place)
    planned.sort()
    return planned


def _rows(
    planned: list[int],
    scale: Scale,
    people: People,
    bodies: list[Body],
    courses: list[Course],
    officers: dict[str, int],
    calendar: Calendar,
    rng: Random,
    came: Aftermath,
    first: int,
) -> Iterator[Row]:
    draw, iso, moment_of = rng.random, calendar.iso, calendar.moment
    total, last = len(planned), calendar.last
    states = [state.value for state in (EnrollmentState.COMPLETED, EnrollmentState.ACTIVE)]
    completed, active = states
    add_event = came.events.append
    for number, code in enumerate(planned):
        code, place = divmod(code, 8)
        code, course_number = divmod(code, len(courses))
        begin, person = divmod(code, scale.people)
        day = begin // DAY_MINUTES
        seat = people.seats[people.held[person][place]]
        body, course = bodies[seat.body], courses[course_number]
        drawn = draw()
        state = (
            completed
            if drawn < COMPLETED
            else active
            if drawn < ACTIVE
            else EnrollmentState.WITHDRAWN.value
            if drawn < WITHDRAWN
            else EnrollmentState.LAPSED.value
        )
        due = end = end_day = None
        if state == active:
            end_day = last
            if draw() < 1 / 3:
                is_past = draw() < 1 / 3 and day < last - 1
                due = day + 1 + int(draw() * (last - day - 1)) if is_past else last + int(draw() * MOST_DAYS)
        else:
            end_day = day + 1 + int(draw() * min(MOST_DAYS, last - day))
            end = end_day * DAY_MINUTES + OPENS + int(draw() * (CLOSES - OPENS))
            # Nobody leaves a course that was assigned to them.
            if state != EnrollmentState.WITHDRAWN and draw() < 0.2:
                due = day + 10 + int(draw() * 100)
        was_overdue = due is not None and due < end_day
        base = number * 8
        add_event(begin * total * 8 + base)
        if was_overdue:
            add_event(((due + 1) * DAY_MINUTES + SWEEP) * total * 8 + base + 1)
        if end is not None:
            add_event(end * total * 8 + base + _CODE[_ENDS[state], -int(was_overdue)])
        lessons = course.lessons
        done = len(lessons) if state == completed else int(draw() * len(lessons)) if state == active else 0
        came.courses.append(course_number)
        came.begins.append(begin)
        came.spans.append((end or min(begin + 14 * DAY_MINUTES, last * DAY_MINUTES + CLOSES)) - begin)
        came.lessons.append(done)
        user = people.first_key + person
        yield (
            first + number,
            user,
            course.pk,
            state,
            body.pk,
            seat.position,
            body.kind,
            body.parent,
            body.district[:2],
            body.district,
            people.genders[person],
            people.births[person] or None,
            officers[body.district] if draw() < OFFICER_ENROLLS else user,
            moment_of(begin),
            None if due is None else iso(due),
            int(was_overdue and state == active),
            moment_of(end) if state == completed else None,
            course.hours if state == completed else "0.0",
            moment_of(end) if end is not None and state != completed else None,
            lessons[done - 1] if done else None,
        )


def write_events(came: Aftermath, courses: list[Course], calendar: Calendar) -> int:
    """In the order in which they happened; gives their number."""
    total = len(came.begins)
    first, enrollments = next_key(EnrollmentEvent), next_key(Enrollment) - total
    counts = []
    for kind, overdue in _EVENTS:
        delta = DELTAS[kind]
        counts.append((kind.value, delta.enrolled, delta.active, delta.completed, overdue))
    came.events.sort()

    def rows() -> Iterator[Row]:
        for key, packed in enumerate(came.events, first):
            packed, code = divmod(packed, 8)
            moment, number = divmod(packed, total)
            kind, enrolled, active, completed, overdue = counts[code]
            hours = courses[came.courses[number]].hours if completed else "0.0"
            day = calendar.days[moment // DAY_MINUTES]
            yield (
                *(key, enrollments + number, kind, day, enrolled, active, completed, overdue, hours),
                calendar.moment(moment),
            )

    names = "id enrollment_id kind on enrolled active completed overdue hours recorded_at"
    write(EnrollmentEvent, names, rows())
    return len(came.events)


def write_lesson_completions(came: Aftermath, courses: list[Course], calendar: Calendar) -> int:
    """Lesson after lesson of each enrollment, the last of a completed one in the moment of completing it."""
    first = next_key(LessonCompletion)
    enrollments = next_key(Enrollment) - len(came.begins)

    def rows() -> Iterator[Row]:
        key, moment = first, calendar.moment
        of_all = zip(came.courses, came.begins, came.spans, came.lessons, strict=True)
        for enrollment, (course, begin, span, done) in enumerate(of_all, enrollments):
            for place, lesson in enumerate(courses[course].lessons[:done], 1):
                yield key, enrollment, lesson, moment(begin + span * place // done)
                key += 1

    write(LessonCompletion, "id enrollment_id lesson_id completed_at", rows())
    return sum(came.lessons)
