"""Venue, Resource, ResourceSlot and ClosedDay: what is booked, and the one table that says when it is taken."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.model_fields import ThaiDateModelField
from learning.places.models import District, Province, TransferCenter
from learning.workshops.choices import Half, ResourceKind, SlotPurpose


class Venue(models.Model):
    """A place with rooms: the center's own house, a cooperative's hall, a school."""

    center = models.ForeignKey(TransferCenter, models.PROTECT, related_name="venues", verbose_name=_("transfer center"))
    name = models.CharField(_("name"), max_length=150)
    address = models.CharField(_("address"), max_length=300, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+", verbose_name=_("province"))
    district = models.ForeignKey(
        District, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("district")
    )
    way_there = models.TextField(_("how to get there"), max_length=600, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [models.UniqueConstraint(fields=["center", "name"], name="a_venue_once_in_a_center")]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """A room, a trainer, a vehicle or a piece of equipment of a center: whatever can be in one place only."""

    center = models.ForeignKey(
        TransferCenter, models.PROTECT, related_name="resources", verbose_name=_("transfer center")
    )
    kind = models.CharField(pgettext_lazy("of a resource", "kind"), max_length=10, choices=ResourceKind)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("in use"), default=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    # Of rooms.
    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="rooms", null=True, blank=True, verbose_name=_("venue")
    )
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    equipment = models.CharField(_("equipment in the room"), max_length=300, blank=True)
    # Of trainers: `courses.catalog.choices.Topic` values, and how many days of a month they may teach.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="trainer_records",
        null=True,
        blank=True,
        verbose_name=_("account of the trainer"),
    )
    topics = models.JSONField(_("topics"), default=list, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    most_days = models.PositiveSmallIntegerField(_("most days of teaching in a month"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "name", "pk"]
        verbose_name = pgettext_lazy("of a center", "resource")
        verbose_name_plural = pgettext_lazy("of a center", "resources")
        constraints = [
            models.CheckConstraint(name="resource_kind_is_known", condition=models.Q(kind__in=ResourceKind.values)),
            models.CheckConstraint(
                name="a_room_has_a_venue_and_seats",
                condition=~models.Q(kind=ResourceKind.ROOM)
                | models.Q(venue__isnull=False, capacity__isnull=False, capacity__gt=0),
            ),
            models.UniqueConstraint(
                fields=["center", "kind", "name"],
                condition=models.Q(is_active=True) & ~models.Q(kind=ResourceKind.ROOM),
                name="a_resource_once_in_a_center",
            ),
            models.UniqueConstraint(
                fields=["venue", "name"],
                condition=models.Q(is_active=True, kind=ResourceKind.ROOM),
                name="a_room_once_in_a_venue",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_room(self) -> bool:
        return self.kind == ResourceKind.ROOM

    @property
    def is_trainer(self) -> bool:
        return self.kind == ResourceKind.TRAINER


class ResourceSlot(models.Model):
    """A resource is taken for half a day. The partial unique constraint is the guard against double booking.

    A hold is the same row with a last day; leave is one too. What is given up stays with `active` false.
    """

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="slots")
    day = models.DateField(_("day"))
    half = models.CharField(max_length=2, choices=Half)
    purpose = models.CharField(max_length=8, choices=SlotPurpose)
    session = models.ForeignKey("workshops.Session", models.CASCADE, related_name="slots", null=True)
    request = models.ForeignKey("workshops.WorkshopRequest", models.CASCADE, related_name="slots", null=True)
    # The last day on which a hold still holds.
    expires_on = models.DateField(null=True)
    active = models.BooleanField(default=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "half", "resource"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        indexes = [models.Index(fields=["day", "resource"], name="slots_by_day", condition=models.Q(active=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "day", "half"],
                condition=models.Q(active=True),
                name="a_resource_is_taken_once_in_half_a_day",
            ),
            models.CheckConstraint(name="slot_half_is_known", condition=models.Q(half__in=Half.values)),
            models.CheckConstraint(
                name="slot_has_what_its_purpose_needs",
                condition=models.Q(purpose=SlotPurpose.SESSION, session__isnull=False, expires_on__isnull=True)
                | models.Q(purpose=SlotPurpose.HOLD, request__isnull=False, expires_on__isnull=False)
                | models.Q(purpose=SlotPurpose.LEAVE, session__isnull=True, request__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.day} {self.half}"

    @property
    def key(self) -> tuple[int, date, str]:
        """What may be taken once; also the order in which rows are locked."""
        return self.resource_id, self.day, str(self.half)


class ClosedDay(models.Model):
    """A day without workshops: of one center, or, without a center, a public holiday."""

    center = models.ForeignKey(
        TransferCenter,
        models.CASCADE,
        related_name="closed_days",
        null=True,
        blank=True,
        verbose_name=_("transfer center"),
    )
    on = ThaiDateModelField(_("day"))
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        constraints = [
            models.UniqueConstraint(fields=["center", "on"], name="a_closed_day_once_in_a_center"),
            models.UniqueConstraint(
                fields=["on"], condition=models.Q(center__isnull=True), name="a_public_holiday_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
