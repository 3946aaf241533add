"""Certificate, and the counter that numbers them without a gap."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.choices import CertificateState, KeyState, Origin
from certification.models.designs import CertificateDesign, DesignVersion
from certification.models.keys import SigningKey
from certification.models.status import StatusList
from certification.models.storage import certificate_storage

RENEWABLE = timedelta(days=60)


class CertificateCounter(models.Model):
    """The last running number given out in a series: the pattern of a number with everything but the number."""

    series = models.CharField(max_length=100, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class Certificate(models.Model):
    """A sealed statement of facts. It knows nobody above it, and what is printed never changes.

    Everything on the sheet stands on the row as it was on the day of issue; the bytes of the file
    and their SHA-256 are stored once. `occasion` (enrollment:7), `subject` (course:3) and the keys of place
    and organization are the caller's words: an occasion gets one certificate, a subject groups renewals.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.ISSUED)
    number = models.CharField(_("certificate number"), max_length=100)
    series = models.CharField(max_length=100, blank=True)
    office = models.CharField(max_length=20, blank=True, help_text=_("Short name of the office in the number."))
    running_number = models.PositiveIntegerField(_("running number"), null=True)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (Buddhist Era)"))
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates", verbose_name=_("holder"), null=True
    )
    design = models.ForeignKey(CertificateDesign, models.PROTECT, related_name="certificates", null=True)
    version = models.ForeignKey(DesignVersion, models.PROTECT, related_name="certificates", null=True)
    state = models.CharField(_("state"), max_length=10, choices=CertificateState, default=CertificateState.VALID)
    # What is printed.
    holder_name = models.CharField(_("name as printed"), max_length=250)
    holder_name_en = models.CharField(_("name in English as printed"), max_length=100, blank=True)
    holder_role = models.CharField(_("position and organization as printed"), max_length=300, blank=True)
    course_title = models.CharField(_("course as printed"), max_length=255)
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    started_on = models.DateField(_("started on"), null=True)
    completed_on = models.DateField(_("completed on"))
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), null=True)
    issuer = models.CharField(_("issued by"), max_length=200)
    statement = models.CharField(max_length=200)
    signers = models.JSONField(_("signed by"), default=list, help_text=_("Name and position of each."))
    verify_url = models.URLField(_("address of the check"), max_length=200)
    # The caller's words.
    occasion = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    organization_name = models.CharField(_("organization"), max_length=250, blank=True)
    organization_key = models.PositiveBigIntegerField(null=True)
    parent_key = models.PositiveBigIntegerField(null=True)
    province_code = models.CharField(max_length=2, blank=True)
    district_code = models.CharField(max_length=4, blank=True)
    center_number = models.PositiveSmallIntegerField(null=True)
    # Its life.
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, related_name="replaced_by", null=True)
    renews = models.ForeignKey("self", models.PROTECT, related_name="renewals", null=True)
    # Its file and its proofs.
    file = models.FileField(storage=certificate_storage, upload_to="%Y/%m", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    byte_count = models.PositiveIntegerField(default=0)
    rendered_at = models.DateTimeField(null=True)
    # While there is no file: when it is asked for again, how often it was, and what was in the way.
    try_at = models.DateTimeField(default=timezone.now)
    try_count = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(_("why there is no file"), max_length=300, blank=True)
    credential = models.TextField(blank=True, help_text=_("Open Badge 3.0 as VC-JWT."))
    credential_json = models.TextField(blank=True, help_text=_("Open Badge 3.0 with a Data Integrity proof."))
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="certificates", null=True)
    status_index = models.PositiveIntegerField(null=True)
    document_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", null=True)
    approval_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", null=True)
    badge_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "running_number"],
                condition=Q(running_number__isnull=False),
                name="a_certificate_number_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=Q(origin=Origin.ISSUED), name="an_issued_number_stands_on_one_sheet"
            ),
            models.UniqueConstraint(
                fields=["occasion"],
                condition=Q(replaces__isnull=True) & ~Q(occasion=""),
                name="one_certificate_for_each_occasion",
            ),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="a_place_in_the_status_list_once"),
            models.CheckConstraint(name="certificate_state_is_known", condition=Q(state__in=CertificateState.values)),
            models.CheckConstraint(
                name="a_rendered_certificate_has_its_hash", condition=Q(rendered_at__isnull=True) | ~Q(sha256="")
            ),
            models.CheckConstraint(
                name="an_issued_certificate_has_its_number_and_design",
                condition=Q(origin=Origin.RECORDED) | Q(running_number__isnull=False, design__isnull=False),
            ),
            models.CheckConstraint(
                name="an_ended_certificate_says_when_and_why",
                condition=Q(state=CertificateState.VALID) | (Q(ended_at__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                condition=Q(rendered_at__isnull=True, origin=Origin.ISSUED, state=CertificateState.VALID),
                name="certificates_without_a_file",
            ),
            models.Index(fields=["fiscal_year", "series", "running_number"], name="certificates_of_a_year"),
            models.Index(fields=["province_code", "issued_on"], name="certificates_of_a_province"),
            models.Index(fields=["holder", "subject"], name="certificates_about_a_subject"),
            models.Index(
                fields=["status_list", "status_index"],
                condition=~Q(state=CertificateState.VALID),
                name="certificates_that_have_ended",
            ),
            models.Index(fields=["district_code", "issued_on"], name="certificates_of_a_district"),
            # In the order of the register: a center's numbers lie together, so a scan by year would pass all others.
            models.Index(
                fields=["center_number", "fiscal_year", "series", "running_number"], name="certificates_of_a_center"
            ),
            models.Index(
                fields=["province_code", "fiscal_year", "series", "running_number"], name="certificates_of_an_office"
            ),
            models.Index(fields=["organization_key"], name="certificates_of_a_cooperative"),
            models.Index(fields=["parent_key"], name="certificates_of_its_groups"),
            models.Index(fields=["subject", "fiscal_year"], name="certificates_of_a_course"),
            models.Index(fields=["number"], name="certificates_by_number", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid(self) -> bool:
        """Neither revoked nor replaced; whether its time is over, `has_expired` says."""
        return self.state == CertificateState.VALID

    @property
    def has_file(self) -> bool:
        return self.rendered_at is not None

    @property
    def awaits_file(self) -> bool:
        """It is being made: one that has ended or stands on paper only never gets a file."""
        return self.is_valid and not self.is_recorded and not self.has_file

    @property
    def is_signed_by_a_revoked_key(self) -> bool:
        """Then it proves nothing any more: whoever took the key may have signed it."""
        return any(key is not None and key.state == KeyState.REVOKED for key in (self.document_key, self.approval_key))

    @property
    def is_recorded(self) -> bool:
        return self.origin == Origin.RECORDED

    def is_renewable(self, today: date | None = None) -> bool:
        """From sixty days before its last day on, and when it was revoked: learning it again earns another."""
        if self.valid_until is None:
            return not self.is_valid
        return not self.is_valid or self.valid_until <= (today or timezone.localdate()) + RENEWABLE

    def has_expired(self, today: date | None = None) -> bool:
        """True after its last day."""
        return self.valid_until is not None and self.valid_until < (today or timezone.localdate())
