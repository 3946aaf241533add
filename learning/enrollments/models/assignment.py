"""Assignment: who must learn what, by when. Obligation: one person's part of it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.catalog.models import CoursePage
from learning.enrollments.choices import AssignmentState, CountsFrom, ObligationState
from learning.organizations.models import Membership, Organization
from learning.places.models import District, Province

REMINDERS = [-14, -3, 1, 7]


def usual_reminders() -> list[int]:
    return list(REMINDERS)


class Assignment(models.Model):
    """Courses for an audience: positions × kinds of organization × places × single organizations.

    An empty list of positions, kinds or organizations means all of them; the places are never empty,
    except for the whole country.
    """

    title = models.CharField(_("title"), max_length=150)
    reason = models.TextField(_("why"), max_length=600, blank=True)
    courses = models.ManyToManyField(CoursePage, through="AssignmentCourse", related_name="assignments")
    positions = models.JSONField(_("positions"), default=list)
    kinds = models.JSONField(_("kinds"), default=list)
    is_country = models.BooleanField(_("the whole country"), default=False)
    provinces = models.ManyToManyField(Province, related_name="+", blank=True)
    districts = models.ManyToManyField(District, related_name="+", blank=True)
    organizations = models.ManyToManyField(Organization, related_name="assignments", blank=True)
    includes_groups = models.BooleanField(_("also the groups attached to these organizations"), default=True)
    starts_on = models.DateField(_("begins"), default=timezone.localdate)
    counts_from = models.CharField(
        _("days are counted from"), max_length=10, choices=CountsFrom, default=CountsFrom.DATE
    )
    due_days = models.PositiveSmallIntegerField(_("days to complete"), default=60)
    reminders = models.JSONField(_("days of reminders before (-) and after"), default=usual_reminders)
    # Done when all courses are completed, or, when hours are given, when the completed ones make so many.
    required_hours = models.DecimalField(_("required hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    validity_months = models.PositiveSmallIntegerField(_("valid for months"), null=True, blank=True)
    renews_each_term = models.BooleanField(_("anew with each term"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=AssignmentState, default=AssignmentState.OPEN)
    closed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # How far the last walk through the audience is, for the page that waits for it.
    applied_count = models.PositiveIntegerField(default=0)
    audience_count = models.PositiveIntegerField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                name="assignment_state_is_known", condition=models.Q(state__in=AssignmentState.values)
            ),
            models.CheckConstraint(name="assignment_gives_time", condition=models.Q(due_days__range=(1, 1000))),
            models.CheckConstraint(
                name="required_hours_are_hours",
                condition=models.Q(required_hours__isnull=True) | models.Q(required_hours__gt=Decimal(0)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == AssignmentState.OPEN


class AssignmentCourse(models.Model):
    """A course of an assignment, in its order."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="course_lines")
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name = _("course of an assignment")
        verbose_name_plural = _("courses of an assignment")
        constraints = [models.UniqueConstraint(fields=["assignment", "course"], name="a_course_once_in_an_assignment")]

    def __str__(self) -> str:
        return str(self.course)


class Obligation(models.Model):
    """One person owes an assignment, through one membership, by a day. A renewal is a further round."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="obligations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="obligations")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="obligations")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=ObligationState, default=ObligationState.OPEN)
    begun_on = models.DateField(_("since"))
    # Completions before this day do not count; None: whenever it was learnt.
    counts_since = models.DateField(null=True)
    due_on = models.DateField(pgettext_lazy("of a course", "due"))
    done_on = models.DateField(_("done on"), null=True)
    expires_on = models.DateField(_("valid until"), null=True)
    lifted_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        indexes = [models.Index(fields=["assignment", "state", "due_on"], name="obligation_by_due_day")]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "user", "round"], name="one_obligation_a_round"),
            models.CheckConstraint(
                name="obligation_state_is_known", condition=models.Q(state__in=ObligationState.values)
            ),
            models.CheckConstraint(
                name="done_obligation_has_its_day",
                condition=models.Q(done_on__isnull=False) | ~models.Q(state=ObligationState.DONE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.assignment}"

    @property
    def is_overdue(self) -> bool:
        return self.state == ObligationState.OPEN and self.due_on < timezone.localdate()
