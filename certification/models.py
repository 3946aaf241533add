"""CertificateDesign, Certificate, and the counter that numbers them without a gap."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.choices import CertificateState


def certificate_storage() -> object:
    """Personal papers are kept apart from the site's pictures."""
    return storages["certificates"]


class CertificateDesign(models.Model):
    """What stands on a sheet besides the facts of one person."""

    slug = models.SlugField(_("identifier"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    issuer = models.CharField(_("issued by"), max_length=200)
    statement = models.CharField(_("sentence above the course"), max_length=200, default="ได้ผ่านการอบรมและทดสอบหลักสูตร")
    signer_name = models.CharField(_("signed by"), max_length=120)
    signer_position = models.CharField(_("position of the signer"), max_length=200)
    signature = models.ForeignKey(
        "cms.AcademyImage", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("signature")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("certificate design")
        verbose_name_plural = _("certificate designs")

    def __str__(self) -> str:
        return self.name


class CertificateCounter(models.Model):
    """The last running number given out, one row per prefix and fiscal year."""

    prefix = models.CharField(max_length=20)
    fiscal_year = models.PositiveSmallIntegerField(help_text=_("Buddhist Era."))
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "fiscal_year"], name="one_counter_per_fiscal_year")]

    def __str__(self) -> str:
        return f"{self.prefix} {self.fiscal_year}: {self.last}"


class Certificate(models.Model):
    """A sealed statement of facts. It knows nobody above it, and what is printed never changes.

    Everything on the sheet stands on the row as it was on the day of issue; the bytes of the file
    and their SHA-256 are stored once.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    prefix = models.CharField(max_length=20)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (Buddhist Era)"))
    running_number = models.PositiveIntegerField(_("running number"))
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates", verbose_name=_("holder")
    )
    design = models.ForeignKey(CertificateDesign, models.PROTECT, related_name="certificates")
    state = models.CharField(_("state"), max_length=10, choices=CertificateState, default=CertificateState.VALID)
    holder_name = models.CharField(_("name as printed"), max_length=250)
    holder_role = models.CharField(_("position and organization as printed"), max_length=300, blank=True)
    course_title = models.CharField(_("course as printed"), max_length=255)
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    completed_on = models.DateField(_("completed on"))
    issued_on = models.DateField(_("issued on"))
    issuer = models.CharField(_("issued by"), max_length=200)
    statement = models.CharField(max_length=200)
    signer_name = models.CharField(_("signed by"), max_length=120)
    signer_position = models.CharField(_("position of the signer"), max_length=200)
    verify_url = models.URLField(_("address of the check"), max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    file = models.FileField(storage=certificate_storage, upload_to="%Y/%m", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    byte_count = models.PositiveIntegerField(default=0)
    rendered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-issued_on", "-running_number"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["prefix", "fiscal_year", "running_number"], name="a_certificate_number_is_given_once"
            ),
            models.CheckConstraint(
                name="certificate_state_is_known", condition=models.Q(state__in=CertificateState.values)
            ),
            models.CheckConstraint(
                name="a_rendered_certificate_has_its_hash",
                condition=models.Q(rendered_at__isnull=True) | ~models.Q(sha256=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(rendered_at__isnull=True), name="certificates_without_a_file"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number as printed, in Arabic digits: วบ.000123/2570."""
        return f"{self.prefix}{self.running_number:06d}/{self.fiscal_year}"

    @property
    def is_valid(self) -> bool:
        return self.state == CertificateState.VALID

    @property
    def has_file(self) -> bool:
        return self.rendered_at is not None
