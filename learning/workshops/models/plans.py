"""SchedulePlan: proposals for many workshops at once; Proposal: when, where and by whom one of them could be held."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.places.models import TransferCenter
from learning.workshops.choices import PlanState, ProposalState
from learning.workshops.models.requests import WorkshopRequest
from learning.workshops.models.resources import Resource
from learning.workshops.models.workshops import Workshop


class SchedulePlan(models.Model):
    """Worked out by the worker over the open requests of a fiscal year; nothing is booked by it.

    `seconds` 0: greedy only; more: CP-SAT, where it is installed, for so long.
    """

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (Buddhist Era)"))
    center = models.ForeignKey(
        TransferCenter, models.PROTECT, related_name="schedule_plans", null=True, blank=True, verbose_name=_("center")
    )
    state = models.CharField(_("state"), max_length=7, choices=PlanState, default=PlanState.WAITING)
    seconds = models.PositiveSmallIntegerField(_("seconds to search"), default=0)
    # A repair: ids of resources that dropped out, between which days, and the plan that is mended with them.
    lost = models.JSONField(default=list)
    lost_since = models.DateField(null=True)
    lost_until = models.DateField(null=True)
    repairs = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True)
    cost = models.IntegerField(null=True)
    bound = models.IntegerField(null=True)
    took_ms = models.PositiveIntegerField(null=True)
    unplaced = models.JSONField(default=list)
    refusal = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    # While the worker agrees to the proposals one by one for somebody.
    agreeing_at = models.DateTimeField(null=True)
    agreeing_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("plan of workshops")
        verbose_name_plural = _("plans of workshops")
        constraints = [
            models.CheckConstraint(name="schedule_plan_state_is_known", condition=models.Q(state__in=PlanState.values))
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} · {self.center or ''}"


class Proposal(models.Model):
    """A day for an open request, or a new one for a workshop that stands already.

    `slots`: [["2026-12-01", "am"], …]; `why`: reasons as codes with numbers, put into words when shown; `refusal`:
    why it could not be agreed to.
    """

    plan = models.ForeignKey(SchedulePlan, models.CASCADE, related_name="proposals")
    request = models.ForeignKey(WorkshopRequest, models.CASCADE, related_name="proposals", null=True)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="proposals", null=True)
    room = models.ForeignKey(Resource, models.PROTECT, related_name="+")
    trainers = models.ManyToManyField(Resource, related_name="+")
    slots = models.JSONField(default=list)
    first_on = models.DateField()
    cost = models.IntegerField(default=0)
    why = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=8, choices=ProposalState, default=ProposalState.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["first_on", "pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["plan", "request"], name="a_request_once_in_a_plan"),
            models.UniqueConstraint(fields=["plan", "workshop"], name="a_workshop_once_in_a_plan"),
            models.CheckConstraint(
                name="a_proposal_is_for_a_request_or_a_workshop",
                condition=models.Q(request__isnull=False, workshop__isnull=True)
                | models.Q(request__isnull=True, workshop__isnull=False),
            ),
            models.CheckConstraint(name="proposal_state_is_known", condition=models.Q(state__in=ProposalState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.first_on}"

    @property
    def subject(self) -> WorkshopRequest | Workshop:
        """What would be held then."""
        found = self.workshop or self.request
        assert found is not None  # the constraint of the table
        return found
