"""Duty: a person holds a role at one place, from a day until a day."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.thai.dates import format_be
from cms.thai.model_fields import ThaiDateModelField
from learning.duties.choices import PLACE_OF, PLACES, Role
from learning.organizations.models import Organization
from learning.places.models import PromotionGroup, ProvincialOffice, TransferCenter


class Duty(models.Model):
    """An appointment. It begins on `since` and still holds on `until`; the day after, the area is gone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="duties", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    promotion_group = models.ForeignKey(
        PromotionGroup, models.PROTECT, related_name="duties", null=True, blank=True, verbose_name=_("promotion group")
    )
    office = models.ForeignKey(
        ProvincialOffice, models.PROTECT, related_name="duties", null=True, blank=True, verbose_name=_("office")
    )
    center = models.ForeignKey(
        TransferCenter, models.PROTECT, related_name="duties", null=True, blank=True, verbose_name=_("transfer center")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="duties", null=True, blank=True, verbose_name=_("organization")
    )
    since = ThaiDateModelField(_("since"), default=timezone.localdate)
    until = ThaiDateModelField(_("until"), null=True, blank=True)
    order_ref = models.CharField(_("number of the order or letter"), max_length=100, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-since", "pk"]
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.CheckConstraint(
                name="duty_has_the_place_of_its_role",
                condition=models.Q(
                    role=Role.PROMOTION_OFFICER,
                    promotion_group__isnull=False,
                    office__isnull=True,
                    center__isnull=True,
                    organization__isnull=True,
                )
                | models.Q(
                    role__in=[str(Role.MANAGEMENT_OFFICER), str(Role.PROVINCIAL_HEAD)],
                    promotion_group__isnull=True,
                    office__isnull=False,
                    center__isnull=True,
                    organization__isnull=True,
                )
                | models.Q(
                    role=Role.CENTER_STAFF,
                    promotion_group__isnull=True,
                    office__isnull=True,
                    center__isnull=False,
                    organization__isnull=True,
                )
                | models.Q(
                    role=Role.HEAD_OFFICE,
                    promotion_group__isnull=True,
                    office__isnull=True,
                    center__isnull=True,
                    organization__isnull=True,
                )
                | models.Q(
                    role=Role.COORDINATOR,
                    promotion_group__isnull=True,
                    office__isnull=True,
                    center__isnull=True,
                    organization__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="duty_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        place = self.place
        return f"{self.get_role_display()} · {place}" if place else self.get_role_display()

    @property
    def place(self) -> models.Model | None:
        """Where it is held; None for the whole country."""
        name = PLACE_OF[self.role]
        return getattr(self, name) if name else None

    def clean(self) -> None:
        wanted = PLACE_OF.get(self.role)
        for name in PLACES:
            if name == wanted and getattr(self, f"{name}_id") is None:
                raise ValidationError({name: _("This role is held at one of these. Choose which.")})
            if name != wanted and getattr(self, f"{name}_id") is not None:
                raise ValidationError({name: _("This role is not held here. Leave this empty.")})
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": _("A duty cannot end before it begins. Choose a later day.")})
        if self.user_id and self.since and self.role in PLACE_OF and (held := self.clash()):
            raise ValidationError({"since": held.days_in_words()})

    def clash(self) -> "Duty | None":
        """The same duty of the same person on some of these days, the earliest; None when the days are free.

        One that shares days with this row as it is saved already does not count: both can still be ended.
        """
        saved = Duty.objects.filter(pk=self.pk).first()
        known = saved._sharing_days().values("pk") if saved else []
        return self._sharing_days().exclude(pk__in=known).order_by("since", "pk").first()

    def _sharing_days(self) -> "models.QuerySet[Duty]":
        column = PLACE_OF[self.role]
        place = {column: getattr(self, f"{column}_id")} if column else {}
        lasting = models.Q(until__isnull=True) | models.Q(until__gte=self.since)
        same = Duty.objects.filter(lasting, user=self.user_id, role=self.role, **place).exclude(pk=self.pk).order_by()
        return same.filter(since__lte=self.until) if self.until else same

    def days_in_words(self) -> str:
        """For who would give it for some of its days again: which days it has, and what to do."""
        if self.until is None:
            sentence = _(
                "%(person)s already has this duty from %(since)s on, without a last day. "
                "End that duty first, or choose days before it."
            )
        elif self.until < timezone.localdate():
            sentence = _("%(person)s had this duty from %(since)s to %(until)s. Choose other days.")
        else:
            sentence = _(
                "%(person)s already has this duty from %(since)s to %(until)s. "
                "End that duty first, or choose a day after it."
            )
        until = format_be(self.until) if self.until else ""
        return str(sentence) % {"person": self.user, "since": format_be(self.since), "until": until}
