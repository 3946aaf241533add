"""Organization with its history, and Membership."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.names import COLLATION, organization_key
from learning.organizations.choices import (
    BOARD_POSITIONS,
    COOPERATIVES,
    MOST_TERMS,
    Happening,
    Kind,
    OrganizationState,
    Position,
)
from learning.places.models import District, Province


class Organization(models.Model):
    """A cooperative, a farmers' group, or an informal group attached to one."""

    kind = models.CharField(pgettext_lazy("of an organization", "kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    # The name without สหกรณ์…จำกัด, normalised: what people type and what is compared.
    search_key = models.CharField(max_length=200, editable=False, db_index=True)
    # Both numbers are text: their layout is in no public source, and leading zeros count.
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    juristic_number = models.CharField(_("13-digit number"), max_length=20, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="organizations", verbose_name=_("province"))
    district = models.ForeignKey(
        District, models.PROTECT, related_name="organizations", null=True, blank=True, verbose_name=_("district")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="groups", null=True, blank=True, verbose_name=_("belongs to")
    )
    # The accounting year is each organization's own; the annual meeting follows within 150 days (s. 54).
    year_end_month = models.PositiveSmallIntegerField(_("accounting year ends in month"), null=True, blank=True)
    year_end_day = models.PositiveSmallIntegerField(_("accounting year ends on day"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=OrganizationState, default=OrganizationState.ACTIVE, editable=False
    )
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    successor = models.ForeignKey(
        "self", models.PROTECT, related_name="predecessors", null=True, editable=False, verbose_name=_("merged into")
    )
    # False: the counts kept ready for reports do not know its board of today yet.
    is_counted = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # The column has no collation of its own: Django writes its name unquoted on SQLite.
        ordering = [Collate("search_key", COLLATION), "pk"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        indexes = [
            models.Index(fields=["id"], name="organizations_not_counted", condition=models.Q(is_counted=False)),
            models.Index(fields=["district", "state"], name="organization_by_district"),
            models.Index(fields=["province", "state"], name="organization_by_province"),
            models.Index("province", Collate("search_key", COLLATION), name="organization_in_thai_order"),
        ]
        constraints = [
            models.CheckConstraint(name="organization_kind_is_known", condition=models.Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="organization_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
            # A name may return after a dissolution or a merger, and another district may use it too.
            models.UniqueConstraint(
                fields=["district", "kind", "search_key"],
                condition=models.Q(state=OrganizationState.ACTIVE),
                name="organization_name_once_in_a_district",
            ),
            models.UniqueConstraint(
                fields=["province", "kind", "search_key"],
                condition=models.Q(state=OrganizationState.ACTIVE, district__isnull=True),
                name="organization_name_once_without_a_district",
            ),
            models.CheckConstraint(
                name="organization_state_is_known", condition=models.Q(state__in=OrganizationState.values)
            ),
            models.CheckConstraint(
                name="organization_that_ended_has_its_day",
                condition=models.Q(state=OrganizationState.ACTIVE, ended_on__isnull=True)
                | (~models.Q(state=OrganizationState.ACTIVE) & models.Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="merged_organization_names_its_successor",
                condition=models.Q(state=OrganizationState.MERGED, successor__isnull=False)
                | (~models.Q(state=OrganizationState.MERGED) & models.Q(successor__isnull=True)),
            ),
            models.CheckConstraint(
                name="accounting_year_ends_on_a_day",
                condition=models.Q(year_end_month__isnull=True, year_end_day__isnull=True)
                | models.Q(year_end_month__range=(1, 12), year_end_day__range=(1, 31)),
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

    @property
    def is_active(self) -> bool:
        return self.state == OrganizationState.ACTIVE


class OrganizationChange(models.Model):
    """One line of an organization's history: what happened on a day, and what was true until the day before.

    The `…_before` values are those that held before; only what changed is filled. `queries.as_of` reads
    the register of a past day from them, so no report of the past is rewritten.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="changes")
    on = models.DateField(_("on"))
    happening = models.CharField(_("what happened"), max_length=12, choices=Happening)
    other = models.ForeignKey(Organization, models.PROTECT, related_name="+", null=True)
    name_before = models.CharField(max_length=200, blank=True)
    kind_before = models.CharField(max_length=20, blank=True)
    number_before = models.CharField(max_length=40, blank=True)
    province_before = models.ForeignKey(Province, models.PROTECT, related_name="+", null=True)
    district_before = models.ForeignKey(District, models.PROTECT, related_name="+", null=True)
    parent_before = models.ForeignKey(Organization, models.PROTECT, related_name="+", null=True)
    fields = models.JSONField(_("what changed"), default=list)
    order_ref = models.CharField(_("number of the order or letter"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("change of an organization")
        verbose_name_plural = _("changes of organizations")
        constraints = [
            models.CheckConstraint(name="happening_is_known", condition=models.Q(happening__in=Happening.values)),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_happening_display()}"


class Membership(models.Model):
    """This person holds this position in this organization, since a day and until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", verbose_name=_("organization")
    )
    position = models.CharField(_("position"), max_length=20, choices=Position)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    # Of a board seat: first or second term in a row; the Act allows no third (s. 50).
    term_number = models.PositiveSmallIntegerField(_("term"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-since", "pk"]
        verbose_name = _("membership")
        indexes = [models.Index(fields=["organization", "position", "user"], name="membership_by_place_of_work")]
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
            models.UniqueConstraint(
                fields=["user", "organization", "position", "since"], name="a_position_is_taken_up_once_on_a_day"
            ),
            models.CheckConstraint(
                name="at_most_two_terms_on_a_board",
                condition=models.Q(term_number__isnull=True)
                | models.Q(
                    term_number__range=(1, MOST_TERMS), position__in=[str(position) for position in BOARD_POSITIONS]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()} {self.organization}"
