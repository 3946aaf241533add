"""ScheduledMessage: something to tell one person at a moment, once; CalendarFeed: a calendar by a secret address."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.places.models import TransferCenter
from learning.workshops.choices import MessageKind, MessageState
from learning.workshops.models.workshops import Seat, Workshop


class ScheduledMessage(models.Model):
    """`key` names the occasion: it exists once. Whoever sends it claims it first, by a conditional update.

    `sent_at` is written before the mail server is spoken to: while SENDING, it says that the mail may arrive.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=14, choices=MessageKind)
    state = models.CharField(_("state"), max_length=8, choices=MessageState, default=MessageState.WAITING)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="messages")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="messages", null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("due"))
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("scheduled message")
        verbose_name_plural = _("scheduled messages")
        indexes = [
            models.Index(fields=["due_at"], name="messages_waiting", condition=models.Q(state=MessageState.WAITING)),
            models.Index(
                fields=["claimed_at"], name="messages_being_sent", condition=models.Q(state=MessageState.SENDING)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="message_state_is_known", condition=models.Q(state__in=MessageState.values)),
            models.CheckConstraint(
                name="a_sent_message_has_its_moment",
                condition=~models.Q(state=MessageState.SENT) | models.Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class CalendarFeed(models.Model):
    """The workshops of a person or of a center, for calendar programs. Who has the address may read it."""

    token = models.CharField(max_length=43, unique=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="workshop_calendar", null=True)
    center = models.OneToOneField(TransferCenter, models.CASCADE, related_name="workshop_calendar", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.CheckConstraint(
                name="a_calendar_is_of_a_person_or_a_center",
                condition=models.Q(user__isnull=False, center__isnull=True)
                | models.Q(user__isnull=True, center__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.user or self.center)
