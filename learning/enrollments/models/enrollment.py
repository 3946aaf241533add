"""Enrollment: a person learns a course, as a member of one organization; EnrollmentEvent: what happened to it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.models import Certificate
from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.choices import CURRENT, EnrollmentState, EventKind
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Organization
from learning.places.models import District, Province


class Enrollment(models.Model):
    """Organization, kind, position, place, gender and birth year are those of the moment of enrolling.

    They are never rewritten: a report of a past day asked again next year shows what it showed then.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrollments")
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="enrollments")
    state = models.CharField(_("state"), max_length=10, choices=EnrollmentState, default=EnrollmentState.ACTIVE)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="enrollments")
    position = models.CharField(_("position"), max_length=20, choices=Position)
    kind = models.CharField(pgettext_lazy("of an organization", "kind"), max_length=20, choices=Kind)
    # The cooperative that the group was attached to.
    parent = models.ForeignKey(Organization, models.PROTECT, related_name="+", null=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True)
    gender = models.CharField(max_length=6, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    # Who enrolled: the person, or the officer or coordinator who did it for the group.
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    enrolled_at = models.DateTimeField(_("enrolled"), default=timezone.now)
    # The earliest day by which an assignment wants it done; None when nobody waits for it.
    due_on = models.DateField(pgettext_lazy("of a course", "due"), null=True)
    is_overdue = models.BooleanField(default=False)  # as of the last event; what ends it also takes this back
    completed_at = models.DateTimeField(_("completed"), null=True)
    # Hours of the course on the day of completing; later editions may take longer.
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, default=0)
    ended_at = models.DateTimeField(_("ended"), null=True)
    # A completed enrollment whose knowledge had to be renewed: the next one is current.
    renewed_at = models.DateTimeField(_("renewed"), null=True)
    last_lesson = models.ForeignKey(LessonPage, models.PROTECT, related_name="+", null=True)
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="enrollment", null=True)

    class Meta:
        ordering = ["-enrolled_at"]
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        # The question of every lesson page. The unique constraint below is partial, and without statistics
        # SQLite would rather walk all enrollments of a course.
        indexes = [
            models.Index(fields=["user", "course"], name="enrollment_by_person_course"),
            models.Index(
                fields=["due_on"], name="enrollment_due", condition=models.Q(state="active", is_overdue=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="enrollment_state_is_known", condition=models.Q(state__in=EnrollmentState.values)
            ),
            models.UniqueConstraint(
                fields=["user", "course"],
                condition=models.Q(state__in=[str(state) for state in CURRENT], renewed_at__isnull=True),
                name="one_current_enrollment_per_course",
            ),
            models.CheckConstraint(
                name="completed_enrollment_has_its_moment",
                condition=models.Q(completed_at__isnull=False) | ~models.Q(state=EnrollmentState.COMPLETED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.course}"

    @property
    def is_open(self) -> bool:
        return self.state == EnrollmentState.ACTIVE

    @property
    def is_completed(self) -> bool:
        return self.state == EnrollmentState.COMPLETED

    @property
    def is_renewable(self) -> bool:
        """Completed, and its certificate is about to expire or holds no longer: learnt again it earns another."""
        return self.is_completed and self.certificate is not None and self.certificate.is_renewable()


class EnrollmentEvent(models.Model):
    """What happened to an enrollment on a day, and by how much it changed the counts. Rows are only added.

    The state of the whole on any past day is the sum of the rows until then. `is_counted` says that
    the counts kept ready for reports have it.
    """

    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind)
    on = models.DateField()
    enrolled = models.SmallIntegerField(default=0)
    active = models.SmallIntegerField(default=0)
    completed = models.SmallIntegerField(default=0)
    overdue = models.SmallIntegerField(default=0)
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    is_counted = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event of an enrollment")
        verbose_name_plural = _("events of enrollments")
        indexes = [
            models.Index(fields=["id"], name="events_not_counted", condition=models.Q(is_counted=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_kind_is_known", condition=models.Q(kind__in=[str(kind) for kind in EventKind])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.kind} {self.on}"
