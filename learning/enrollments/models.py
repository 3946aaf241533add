"""Enrollment: a person learns a course, as a member of one organization."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.models import Certificate
from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.choices import CURRENT, EnrollmentState
from learning.organizations.choices import Position
from learning.organizations.models import Organization
from learning.places.models import District, Province


class Enrollment(models.Model):
    """The organization, position and place are those of the moment of enrolling and never rewritten."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrollments")
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="enrollments")
    state = models.CharField(_("state"), max_length=10, choices=EnrollmentState, default=EnrollmentState.ACTIVE)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="enrollments")
    position = models.CharField(_("position"), max_length=20, choices=Position)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True)
    enrolled_at = models.DateTimeField(_("enrolled"), auto_now_add=True)
    completed_at = models.DateTimeField(_("completed"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    last_lesson = models.ForeignKey(LessonPage, models.PROTECT, related_name="+", null=True)
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="enrollment", null=True)

    class Meta:
        ordering = ["-enrolled_at"]
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        # The question of every lesson page. The unique constraint below is partial, and without statistics
        # SQLite would rather walk all enrollments of a course.
        indexes = [models.Index(fields=["user", "course"], name="enrollment_by_person_course")]
        constraints = [
            models.CheckConstraint(
                name="enrollment_state_is_known", condition=models.Q(state__in=EnrollmentState.values)
            ),
            models.UniqueConstraint(
                fields=["user", "course"],
                condition=models.Q(state__in=[str(state) for state in CURRENT]),
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
