"""Organization and Membership."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.thai.names import COLLATION, organization_key
from learning.organizations.choices import COOPERATIVES, Kind, Position
from learning.places.models import District, Province


class Organization(models.Model):
    """A cooperative, a farmers' group, or an informal group attached to one."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    # The name without สหกรณ์…จำกัด, normalised: what people type and what is compared.
    search_key = models.CharField(max_length=200, editable=False, db_index=True)
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="organizations", verbose_name=_("province"))
    district = models.ForeignKey(
        District, models.PROTECT, related_name="organizations", null=True, blank=True, verbose_name=_("district")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="groups", null=True, blank=True, verbose_name=_("belongs to")
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # The column has no collation of its own: Django writes its name unquoted on SQLite.
        ordering = [Collate("search_key", COLLATION), "pk"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.CheckConstraint(name="organization_kind_is_known", condition=models.Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="organization_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
            models.UniqueConstraint(
                fields=["province", "kind", "search_key"], name="organization_name_once_in_a_province"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_key = organization_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        if self.district_id and self.province_id and not str(self.district_id).startswith(str(self.province_id)):
            raise ValidationError({"district": _("This district is not in the chosen province. Choose again.")})

    @property
    def is_cooperative(self) -> bool:
        return self.kind in COOPERATIVES


class Membership(models.Model):
    """This person holds this position in this organization, since a day and until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", verbose_name=_("organization")
    )
    position = models.CharField(_("position"), max_length=20, choices=Position)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-since", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_position_is_known", condition=models.Q(position__in=Position.values)
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.UniqueConstraint(
                fields=["user", "organization", "position"],
                condition=models.Q(until__isnull=True),
                name="one_open_membership_per_position",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()} {self.organization}"
