"""BadgeClass: what badges of one kind stand for, at an address that answers as long as the badges live."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.models.designs import DesignVersion


class BadgeClass(models.Model):
    """The Achievement of Open Badges 3.0 (BadgeClass in 2.0). Rows are only added: an issued badge points here.

    `key` is made of the other fields, so the same course by the same version of a design is the same row.
    """

    key = models.CharField(max_length=26, unique=True)
    version = models.ForeignKey(DesignVersion, models.PROTECT, related_name="badge_classes")
    subject = models.CharField(max_length=60, blank=True)
    name = models.CharField(_("course as printed"), max_length=255)
    statement = models.CharField(max_length=200)
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("badge")
        verbose_name_plural = _("badges")

    def __str__(self) -> str:
        return self.name

    @property
    def issuer(self) -> str:
        return str(self.version.spec["issuer"])

    @property
    def description(self) -> str:
        """One Thai line, as it stands in the signed credential: no setting or catalog changes it."""
        return f"หลักสูตรฝึกอบรม จำนวน {self.hours.normalize():f} ชั่วโมง จัดโดย{self.issuer}"

    @property
    def narrative(self) -> str:
        """What had to be done: the words of the sheet, then those of the design."""
        return "\n".join(filter(None, (self.statement, self.version.spec.get("criteria", ""))))
