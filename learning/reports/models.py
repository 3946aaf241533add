"""Counts kept ready: what each area has learnt, until now and until past days; boards; files made of reports."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.organizations.models import Organization
from learning.reports.choices import FileState


class Counts(models.Model):
    """The measures of one line: an area, one value of one axis, one course or all (0).

    `people` and `people_completed` count each person once, however many enrollments stand behind them.
    """

    area = models.CharField(max_length=12)
    axis = models.CharField(max_length=8)
    value = models.CharField(max_length=20)
    course = models.PositiveIntegerField()
    enrolled = models.IntegerField(default=0)
    active = models.IntegerField(default=0)
    completed = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    hours = models.DecimalField(max_digits=12, decimal_places=1, default=0)
    people = models.IntegerField(default=0)
    people_completed = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Tally(Counts):
    """The counts of now. Only `counting.fold` and `counting.rebuild` write them."""

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(fields=["area", "axis", "course", "value"], name="one_tally_a_line"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.axis}={self.value} {self.course}"


class Span(models.Model):
    """A past stretch of days counted for one area, kept because the past does not change.

    `since` None: from the beginning; that is "as of" the day `until`.
    """

    area = models.CharField(max_length=12)
    since = models.DateField(null=True)
    until = models.DateField()
    counted_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    # Of the members of the area at the time: a change of its districts makes the count anew.
    members = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("counted span of days")
        verbose_name_plural = _("counted spans of days")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "since", "until"], condition=models.Q(since__isnull=False), name="one_span_between_days"
            ),
            models.UniqueConstraint(
                fields=["area", "until"], condition=models.Q(since__isnull=True), name="one_span_until_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.since or ''}–{self.until}"


class SpanTally(Counts):
    """The counts of a span: of its area and of the areas and organizations one step below."""

    span = models.ForeignKey(Span, models.CASCADE, related_name="tallies")

    class Meta:
        verbose_name = _("tally of a span")
        verbose_name_plural = _("tallies of spans")
        constraints = [
            models.UniqueConstraint(
                fields=["span", "area", "axis", "course", "value"], name="one_tally_a_line_and_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.span_id} {self.area} {self.axis}={self.value} {self.course}"


class CountedArea(models.Model):
    """An area whose members may change (a group's districts, a center's provinces), and those it was counted with."""

    area = models.CharField(max_length=12, primary_key=True)
    members = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("counted area")
        verbose_name_plural = _("counted areas")

    def __str__(self) -> str:
        return self.area


class BoardCount(models.Model):
    """Seats of one board or committee and how many of their holders have completed a course (0: any course).

    `span` None: today. Kind and place are those it was counted with, so that a move takes it from the old
    place and adds it to the new one.
    """

    span = models.ForeignKey(Span, models.CASCADE, related_name="boards", null=True)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="board_counts")
    course = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    province = models.CharField(max_length=2)
    district = models.CharField(max_length=4, blank=True)
    seats = models.PositiveSmallIntegerField()
    trained = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("count of a board")
        verbose_name_plural = _("counts of boards")
        indexes = [
            models.Index(fields=["province", "course"], name="boards_of_a_province"),
            models.Index(fields=["district", "course"], name="boards_of_a_district"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "course"], condition=models.Q(span__isnull=True), name="one_count_a_board"
            ),
            models.UniqueConstraint(
                fields=["span", "organization", "course"],
                condition=models.Q(span__isnull=False),
                name="one_count_a_board_and_span",
            ),
            models.CheckConstraint(
                name="no_more_trained_than_seats", condition=models.Q(trained__lte=models.F("seats"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.course}: {self.trained}/{self.seats}"

    @property
    def is_below_half(self) -> bool:
        return self.trained * 2 < self.seats


def report_files() -> object:
    """Reports may hold names: never under a public address."""
    return storages["reports"]


class ReportFile(models.Model):
    """A report being made into a PDF by the worker; only who asked for it may fetch it.

    `has_small_cells`: made for somebody who meets people, with nothing hidden in it.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    query = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    file = models.FileField(storage=report_files, upload_to="%Y/%m", blank=True)
    has_small_cells = models.BooleanField(default=True)
    refusal = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        constraints = [
            models.CheckConstraint(name="report_file_state_is_known", condition=models.Q(state__in=FileState.values)),
        ]

    def __str__(self) -> str:
        return self.title
