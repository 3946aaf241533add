"""The report of a workshop: who came from where, scores, evaluation, costs. Numbers of people, no names."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from courses.quizzes.statistics.gain import ClassGain
from learning.organizations.choices import Kind, Position
from learning.people.models import Gender
from learning.workshops.choices import TAKEN_SEATS, FormKind, SeatState
from learning.workshops.evaluation_form import FEWEST_SHEETS as FEWEST
from learning.workshops.models import CostLine, Resource, Seat, Session, Workshop, WorkshopPicture
from learning.workshops.queries.evaluation import Results, results_of, trainers_of
from learning.workshops.queries.learning import QuestionGain, gain_by_question, gain_of, standings


@dataclass(frozen=True, slots=True)
class CountLine:
    """One value and how many people stand behind it."""

    label: str
    seats: int
    attended: int
    completed: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """People by one thing; `total` is each person once."""

    title: str
    lines: tuple[CountLine, ...]
    total: CountLine


@dataclass(frozen=True, slots=True)
class Costs:
    """In baht."""

    lines: tuple[CostLine, ...]
    total: Decimal
    attended: int

    @property
    def per_head(self) -> Decimal | None:
        """By everybody who attended, rounded to the satang; None when nobody did."""
        return (self.total / self.attended).quantize(Decimal("0.01")) if self.attended else None


@dataclass(frozen=True, slots=True)
class Report:
    workshop: Workshop
    sessions: tuple[Session, ...]
    trainers: tuple[Resource, ...]
    people: CountLine
    breakdowns: tuple[Breakdown, ...]
    mean_attendance: int | None
    gain: ClassGain | None
    questions: tuple[QuestionGain, ...]
    evaluation: Results
    follow_up: Results
    costs: Costs
    pictures: tuple[WorkshopPicture, ...]


def report_of(workshop: Workshop) -> Report:
    """Everything at once; the number of queries does not depend on the number of people."""
    seats = list(
        Seat.objects.filter(workshop=workshop, state__in=TAKEN_SEATS).select_related("organization").order_by("pk")
    )
    lines = standings(workshop) if workshop.pre_test_id and workshop.post_test_id else []
    everybody = _line(_("Everybody"), seats)
    shares = [seat.attended_percent for seat in seats if seat.attended_percent is not None]
    return Report(
        workshop=workshop,
        sessions=tuple(Session.objects.filter(workshop=workshop).order_by("day", "starts")),
        trainers=tuple(trainers_of(workshop)),
        people=everybody,
        breakdowns=(
            _breakdown(_("Cooperative or group"), seats, lambda seat: seat.organization.name, everybody),
            _breakdown(_("Kind of organization"), seats, _label(Kind.choices, "kind"), everybody),
            _breakdown(_("Position"), seats, _label(Position.choices, "position"), everybody),
            _breakdown(_("Gender"), seats, _label(Gender.choices, "gender"), everybody),
        ),
        mean_attendance=round(sum(shares) / len(shares)) if shares else None,
        gain=gain_of(lines),
        questions=tuple(gain_by_question(workshop)) if lines else (),
        evaluation=results_of(workshop, FormKind.END),
        follow_up=results_of(workshop, FormKind.FOLLOW_UP),
        costs=costs_of(workshop, attended=everybody.attended),
        pictures=tuple(WorkshopPicture.objects.filter(workshop=workshop)),
    )


def for_totals(report: Report) -> Report:
    """As somebody may see it who sees totals only: no table in which a few people could be known, and no pictures.

    A table goes as a whole, since a single cell left out could be subtracted back from its total.
    """
    return replace(report, breakdowns=tuple(part for part in report.breakdowns if _is_safe(part)), pictures=())


def _is_safe(part: Breakdown) -> bool:
    """Nowhere one to four people, nor all but one to four."""
    numbers = [
        number
        for line in part.lines
        for number in (
            line.seats,
            line.attended,
            line.seats - line.attended,
            line.completed,
            line.seats - line.completed,
        )
    ]
    return all(number == 0 or number >= FEWEST for number in numbers)


def _label(choices: Iterable[tuple[str, object]], field: str) -> Callable[[Seat], str]:
    words = {str(value): str(label) for value, label in choices}
    return lambda seat: words.get(str(getattr(seat, field)), _("not known"))


def _breakdown(title: str, seats: list[Seat], label_of: Callable[[Seat], str], total: CountLine) -> Breakdown:
    """Most people first; equal ones in the order of their first seat."""
    labels = Counter(label_of(seat) for seat in seats)
    lines = [
        _line(label, [seat for seat in seats if label_of(seat) == label]) for label, _count in labels.most_common()
    ]
    return Breakdown(title, tuple(lines), total)


def _line(label: str, seats: list[Seat]) -> CountLine:
    return CountLine(
        label,
        len(seats),
        sum(seat.state == SeatState.ATTENDED for seat in seats),
        sum(seat.completed_at is not None for seat in seats),
    )


def costs_of(workshop: Workshop, *, attended: int) -> Costs:
    lines = tuple(CostLine.objects.filter(workshop=workshop))
    return Costs(lines, sum((line.amount for line in lines), Decimal(0)), attended)
