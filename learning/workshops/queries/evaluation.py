"""Reads of evaluations: the form, and what the answers say together."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from learning.workshops.choices import FormKind, ItemKind, ResourceKind, SlotPurpose
from learning.workshops.evaluation_form import FEWEST_SHEETS, Summary, summary_of
from learning.workshops.models import EvaluationAnswer, EvaluationItem, EvaluationSheet, Resource, Workshop


def items_of(workshop: Workshop, form: str) -> QuerySet[EvaluationItem]:
    """The lines of a form, in order."""
    return EvaluationItem.objects.filter(workshop=workshop, form=form).select_related("trainer").order_by("position")


def trainers_of(workshop: Workshop) -> list[Resource]:
    """Who teaches in any session, by name."""
    return list(
        Resource.objects.filter(
            kind=ResourceKind.TRAINER,
            slots__session__workshop=workshop,
            slots__purpose=SlotPurpose.SESSION,
            slots__active=True,
        )
        .distinct()
        .order_by("name", "pk")
    )


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One line with its answers; texts in no order that tells who wrote them."""

    item: EvaluationItem
    summary: Summary | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a form says. `is_hidden`: too few sheets to show without telling who."""

    sheet_count: int
    seat_count: int
    lines: tuple[ItemResult, ...]

    @property
    def is_hidden(self) -> bool:
        return self.sheet_count < FEWEST_SHEETS

    @property
    def overall(self) -> Summary | None:
        """Over all five-point lines about the workshop itself and its trainers."""
        scores = [
            point
            for line in self.lines
            if line.summary
            for point, count in line.summary.points.items()
            for _once in range(count)
        ]
        return summary_of(scores) if scores else None

    @property
    def of_trainers(self) -> tuple[ItemResult, ...]:
        return tuple(line for line in self.lines if line.item.trainer_id)


def results_of(workshop: Workshop, form: str, *, trainer: Resource | None = None) -> Results:
    """Means, spread and texts; below FEWEST_SHEETS the lines are left out. Four queries.

    `trainer` narrows to what was said about one of them.
    """
    sheets = EvaluationSheet.objects.filter(workshop=workshop, form=form).count()
    seats = workshop.seats.filter(state__in=["attended", "confirmed"]).count()
    if sheets < FEWEST_SHEETS:
        return Results(sheets, seats, ())
    items = items_of(workshop, form)
    if trainer is not None:
        items = items.filter(trainer=trainer)
    scores: dict[int, list[int]] = defaultdict(list)
    texts: dict[int, list[str]] = defaultdict(list)
    answers = EvaluationAnswer.objects.filter(item__in=items, sheet__workshop=workshop).order_by("pk")
    for item, score, text in answers.values_list("item_id", "score", "text"):
        if score is not None:
            scores[item].append(score)
        if text:
            texts[item].append(text)
    return Results(
        sheets,
        seats,
        tuple(
            ItemResult(
                item,
                summary_of(scores[item.pk]) if item.kind == ItemKind.SCALE else None,
                tuple(sorted(texts[item.pk])),
            )
            for item in items
        ),
    )


def has_answers(workshop: Workshop, form: str = FormKind.END) -> bool:
    return EvaluationSheet.objects.filter(workshop=workshop, form=form).exists()
