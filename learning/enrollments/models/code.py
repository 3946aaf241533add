"""EnrollmentCode: people of one organization enroll themselves in one course, from a printed slip."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.catalog.models import CoursePage
from learning.organizations.models import Organization


class EnrollmentCode(models.Model):
    """Who opens it learns as a member of the organization; it ends by day, by number of uses, or by hand."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="enrollment_codes")
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="enrollment_codes")
    until = models.DateField(_("until"))
    most = models.PositiveSmallIntegerField(_("at most"), default=100)
    used_count = models.PositiveSmallIntegerField(_("used"), default=0)
    closed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("enrollment code")
        verbose_name_plural = _("enrollment codes")
        constraints = [
            models.CheckConstraint(
                name="a_code_is_used_at_most_so_often", condition=models.Q(used_count__lte=models.F("most"))
            ),
        ]

    def __str__(self) -> str:
        return self.code
