"""CertificateDesign as authors edit it; DesignVersion as certificates were printed from it, never changed."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, PreviewableMixin

from certification.choices import Border, Layout, SheetLanguages
from certification.models.storage import certificate_storage

IMAGE = "cms.AcademyImage"


class CertificateDesign(PreviewableMixin, ClusterableModel):
    """What stands on a sheet besides the facts of one person, and how its numbers are made.

    Certificates keep the version they were printed from; editing a design changes only the next ones.
    """

    slug = models.SlugField(_("identifier"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_archived = models.BooleanField(_("archived"), default=False)
    layout = models.CharField(_("layout"), max_length=10, choices=Layout, default=Layout.LANDSCAPE)
    border = models.CharField(_("border"), max_length=10, choices=Border, default=Border.RICE)
    languages = models.CharField(_("languages"), max_length=5, choices=SheetLanguages, default=SheetLanguages.THAI)
    heading = models.CharField(_("heading"), max_length=60, default="วุฒิบัตร")
    heading_en = models.CharField(_("heading in English"), max_length=60, blank=True, default="Certificate")
    issuer = models.CharField(_("issued by"), max_length=200)
    issuer_en = models.CharField(_("issued by, in English"), max_length=200, blank=True)
    opening = models.CharField(_("sentence above the name"), max_length=200, default="วุฒิบัตรฉบับนี้ให้ไว้เพื่อแสดงว่า")
    opening_en = models.CharField(
        _("sentence above the name, in English"), max_length=200, blank=True, default="This is to certify that"
    )
    statement = models.CharField(_("sentence above the course"), max_length=200, default="ได้ผ่านการอบรมและทดสอบหลักสูตร")
    statement_en = models.CharField(
        _("sentence above the course, in English"), max_length=200, blank=True, default="has completed the course"
    )
    criteria = models.TextField(
        _("what had to be done"), max_length=1000, blank=True, help_text=_("Stands in the Open Badge, for employers.")
    )
    logo = models.ForeignKey(IMAGE, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("logo"))
    seal = models.ForeignKey(IMAGE, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("seal"))
    office_code = models.CharField(
        _("short name of the office in numbers"),
        max_length=20,
        blank=True,
        help_text=_("Empty: that of the center which holds the workshop, else that of the academy."),
    )
    number_pattern = models.CharField(
        _("pattern of numbers"),
        max_length=60,
        default="{office}{number}/{year}",
        help_text=_("{office}, {number} of six digits and {year}, the fiscal year. Numbers begin at 1 with each."),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for, in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Empty: it does not expire."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("certificate design")
        verbose_name_plural = _("certificate designs")

    def __str__(self) -> str:
        return self.name

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """With an ordinary name, with the longest texts that are met, and with English lines."""
        return [
            ("ordinary", _("Ordinary texts")),
            ("longest", _("The longest texts")),
            ("english", _("Thai and English")),
        ]

    @property
    def default_preview_size(self) -> str:
        return "desktop"

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The printed sheet of what stands in the form."""
        from certification.designing.preview import preview_response  # it stands above the models

        return preview_response(request, self, mode_name)


class DesignSigner(Orderable):
    """A person who signs sheets of a design: one to three of them."""

    design = ParentalKey(CertificateDesign, on_delete=models.CASCADE, related_name="signers")
    name = models.CharField(_("name with title"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    position = models.TextField(_("position"), max_length=200, help_text=_("A new line is kept."))
    position_en = models.TextField(_("position in English"), max_length=200, blank=True)
    picture = models.ForeignKey(
        IMAGE, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("signature")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("signer")
        verbose_name_plural = _("signers")

    def __str__(self) -> str:
        return self.name


class KeptPicture(models.Model):
    """The bytes of a picture as it was printed: whoever changes the library changes no certificate."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=40)
    file = models.FileField(storage=certificate_storage, upload_to="pictures")

    class Meta:
        verbose_name = _("kept picture")
        verbose_name_plural = _("kept pictures")

    def __str__(self) -> str:
        return self.sha256


class DesignVersion(models.Model):
    """A design as it was: texts, signers, layout, and pictures by their SHA-256. Rows are only added.

    `fingerprint` is that of the design it was made of: the same design gives no second version.
    """

    design = models.ForeignKey(CertificateDesign, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    spec = models.JSONField()
    pictures = models.ManyToManyField(KeptPicture, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a design")
        verbose_name_plural = _("versions of designs")
        constraints = [
            models.UniqueConstraint(fields=["design", "number"], name="a_version_of_a_design_has_its_number"),
        ]

    def __str__(self) -> str:
        return f"{self.design} {self.number}"
