"""WorkshopRequest: a provincial office asks a center; RequestEvent: everything that was said and decided."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.catalog.choices import Topic
from courses.catalog.models import CoursePage
from learning.organizations.models import Organization
from learning.places.models import District, Province, ProvincialOffice, TransferCenter
from learning.workshops.choices import DayLength, RequestState, Side


class WorkshopRequest(models.Model):
    """Duties of the promotion group, 19(4): training, meetings and dialogues with the center of the area."""

    office = models.ForeignKey(
        ProvincialOffice, models.PROTECT, related_name="workshop_requests", verbose_name=_("office")
    )
    center = models.ForeignKey(
        TransferCenter, models.PROTECT, related_name="workshop_requests", verbose_name=_("transfer center")
    )
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.DRAFT)
    title = models.CharField(_("title"), max_length=150)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    course = models.ForeignKey(
        CoursePage, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("course")
    )
    aim = models.TextField(_("aim"), max_length=1000)
    # For whom: empty means everybody.
    kinds = models.JSONField(_("kinds of organization"), default=list, blank=True)
    positions = models.JSONField(_("positions"), default=list, blank=True)
    day_count = models.PositiveSmallIntegerField(_("number of days"), default=1)
    day_length = models.CharField(_("length of a day"), max_length=4, choices=DayLength, default=DayLength.FULL)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+", verbose_name=_("province"))
    district = models.ForeignKey(
        District, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("district")
    )
    place_wish = models.CharField(_("wished place"), max_length=200, blank=True)
    budget_line = models.CharField(_("budget line"), max_length=150, blank=True)
    budget = models.DecimalField(_("budget (baht)"), max_digits=11, decimal_places=2, null=True, blank=True)
    letter_ref = models.CharField(_("number of the letter"), max_length=100, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("request for a workshop")
        verbose_name_plural = _("requests for workshops")
        constraints = [
            models.CheckConstraint(name="request_state_is_known", condition=models.Q(state__in=RequestState.values)),
            models.CheckConstraint(name="a_request_takes_days", condition=models.Q(day_count__range=(1, 5))),
            models.CheckConstraint(
                name="a_budget_is_not_negative",
                condition=models.Q(budget__isnull=True) | models.Q(budget__gte=Decimal(0)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self.state in {
            RequestState.DRAFT,
            RequestState.SUBMITTED,
            RequestState.RETURNED,
            RequestState.ACCEPTED,
        }


class RequestedPeople(models.Model):
    """How many are expected from one organization."""

    request = models.ForeignKey(WorkshopRequest, models.CASCADE, related_name="people")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("organization"))
    count = models.PositiveSmallIntegerField(_("people"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("expected people")
        verbose_name_plural = _("expected people")
        constraints = [
            models.UniqueConstraint(fields=["request", "organization"], name="an_organization_once_in_a_request"),
            models.CheckConstraint(name="somebody_is_expected", condition=models.Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.count}"


class RequestWindow(models.Model):
    """Days between which the office would like it, the best first."""

    request = models.ForeignKey(WorkshopRequest, models.CASCADE, related_name="windows")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["rank", "since"]
        verbose_name = _("wished days")
        verbose_name_plural = _("wished days")
        constraints = [
            models.CheckConstraint(
                name="a_window_ends_after_it_begins", condition=models.Q(until__gte=models.F("since"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"


class RequestEvent(models.Model):
    """One line of the conversation; both offices see it, and rows are only added.

    `from_state` equal to `to_state`: something was said and nothing decided. `office` is the name of the
    speaker's office on that day.
    """

    request = models.ForeignKey(WorkshopRequest, models.CASCADE, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    side = models.CharField(max_length=6, choices=Side)
    office = models.CharField(max_length=200)
    from_state = models.CharField(max_length=10, choices=RequestState, blank=True)
    to_state = models.CharField(max_length=10, choices=RequestState)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("event of a request")
        verbose_name_plural = _("events of requests")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
