"""Workshop with its Sessions, Allotments of seats to organizations, Parties and Seats."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.models import Certificate, CertificateDesign
from courses.catalog.choices import Topic
from courses.catalog.models import CoursePage
from courses.quizzes.models import Quiz
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Organization
from learning.places.models import District, Province, ProvincialOffice, TransferCenter
from learning.workshops.choices import COMING, LIVE_SEATS, Half, SeatState, WorkshopState
from learning.workshops.models.requests import WorkshopRequest


class Workshop(models.Model):
    """`taken` counts confirmed seats and those reserved without a name; the constraint keeps it within `capacity`.

    `waiting_count` is how many stand in line; `queue_last` the last number that was given out there.
    """

    center = models.ForeignKey(
        TransferCenter, models.PROTECT, related_name="workshops", verbose_name=_("transfer center")
    )
    office = models.ForeignKey(
        ProvincialOffice,
        models.PROTECT,
        related_name="workshops",
        null=True,
        blank=True,
        verbose_name=_("office that asked"),
    )
    request = models.OneToOneField(WorkshopRequest, models.PROTECT, related_name="workshop", null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=WorkshopState, default=WorkshopState.PLANNED)
    title = models.CharField(_("title"), max_length=150)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    course = models.ForeignKey(
        CoursePage,
        models.PROTECT,
        related_name="workshops",
        null=True,
        blank=True,
        verbose_name=_("course it belongs to"),
    )
    aim = models.TextField(_("aim"), max_length=1000, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+", verbose_name=_("province"))
    district = models.ForeignKey(
        District, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("district")
    )
    # First and last day of its sessions, for lists and calendars; None while it has none.
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    contact = models.CharField(_("whom to ask"), max_length=150, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=20, blank=True)
    # --- seats
    capacity = models.PositiveIntegerField(_("seats"))
    taken = models.PositiveIntegerField(default=0, editable=False)
    waiting_count = models.PositiveIntegerField(default=0, editable=False)
    queue_last = models.PositiveIntegerField(default=0, editable=False)
    min_participants = models.PositiveIntegerField(_("fewest people"), default=0)
    # For whom: empty means everybody.
    kinds = models.JSONField(_("kinds of organization"), default=list, blank=True)
    positions = models.JSONField(_("positions"), default=list, blank=True)
    provinces = models.ManyToManyField(Province, related_name="+", blank=True, verbose_name=_("for provinces"))
    most_per_organization = models.PositiveIntegerField(_("most people of one organization"), null=True, blank=True)
    confirms_by_officer = models.BooleanField(_("an officer confirms each seat"), default=False)
    is_listed = models.BooleanField(_("learners find it and register themselves"), default=True)
    registration_closes_on = models.DateField(_("last day to register"), null=True, blank=True)
    # --- learning
    needs_lessons = models.BooleanField(_("lessons of the course must be done first"), default=False)
    pre_test = models.ForeignKey(
        Quiz, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("pre-test")
    )
    post_test = models.ForeignKey(
        Quiz, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("post-test")
    )
    attendance_percent = models.PositiveSmallIntegerField(_("attendance needed (percent)"), default=80)
    needs_post_test = models.BooleanField(_("the post-test must be passed"), default=False)
    needs_evaluation = models.BooleanField(_("the evaluation must be sent"), default=True)
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1, default=6)
    certificate_design = models.ForeignKey(
        CertificateDesign,
        models.PROTECT,
        related_name="workshops",
        null=True,
        blank=True,
        verbose_name=_("certificate design"),
    )
    # --- its life
    revision = models.PositiveIntegerField(default=0, editable=False)  # SEQUENCE of its calendar entries
    change_note = models.CharField(max_length=300, blank=True)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_on", "pk"]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        indexes = [
            models.Index(fields=["center", "first_on"], name="workshops_of_a_center"),
            models.Index(fields=["state", "first_on"], name="workshops_by_state"),
        ]
        constraints = [
            models.CheckConstraint(name="workshop_state_is_known", condition=models.Q(state__in=WorkshopState.values)),
            models.CheckConstraint(name="a_workshop_has_seats", condition=models.Q(capacity__gt=0)),
            models.CheckConstraint(
                name="no_more_seats_than_there_are", condition=models.Q(taken__lte=models.F("capacity"))
            ),
            models.CheckConstraint(
                name="attendance_is_a_percentage", condition=models.Q(attendance_percent__range=(0, 100))
            ),
            models.CheckConstraint(
                name="a_test_that_must_be_passed_is_there",
                condition=models.Q(needs_post_test=False) | models.Q(post_test__isnull=False),
            ),
            models.CheckConstraint(
                name="lessons_first_needs_a_course",
                condition=models.Q(needs_lessons=False) | models.Q(course__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_coming(self) -> bool:
        """It may still be changed."""
        return self.state in COMING

    @property
    def is_open(self) -> bool:
        return self.state == WorkshopState.OPEN

    @property
    def is_cancelled(self) -> bool:
        return self.state == WorkshopState.CANCELLED

    @property
    def free_seats(self) -> int:
        return self.capacity - self.taken


class Session(models.Model):
    """A morning or an afternoon of a workshop; rooms and trainers stand in its slots."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="sessions")
    day = models.DateField(_("day"))
    half = models.CharField(_("half"), max_length=2, choices=Half)
    starts = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    # One line each: "09.00 Opening".
    agenda = models.TextField(_("agenda"), max_length=2000, blank=True)

    class Meta:
        ordering = ["day", "starts"]
        verbose_name = pgettext_lazy("of a workshop", "session")
        verbose_name_plural = pgettext_lazy("of a workshop", "sessions")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "day", "half"], name="half_a_day_once_in_a_workshop"),
            models.CheckConstraint(name="session_half_is_known", condition=models.Q(half__in=Half.values)),
            models.CheckConstraint(
                name="a_session_ends_after_it_begins", condition=models.Q(ends__gt=models.F("starts"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.half}"

    @property
    def starts_at(self) -> datetime:
        """An instant; `starts` is the clock on the wall in Thailand."""
        return timezone.make_aware(datetime.combine(self.day, self.starts), timezone.get_default_timezone())

    @property
    def ends_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, self.ends), timezone.get_default_timezone())


class Allotment(models.Model):
    """What one organization has of a workshop: its quota, and seats kept for it before the names are known.

    `reserved` seats count in `Workshop.taken`; a name turns one of them into a confirmed seat. On the day after
    `release_on` the rest is free for everybody.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="allotments")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("organization"))
    most = models.PositiveIntegerField(_("most people"), null=True, blank=True)
    reserved = models.PositiveIntegerField(_("seats kept"), default=0)
    taken = models.PositiveIntegerField(_("named"), default=0)
    release_on = models.DateField(_("kept until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("seats of an organization")
        verbose_name_plural = _("seats of organizations")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "organization"], name="an_organization_once_in_a_workshop"),
            models.CheckConstraint(
                name="no_more_than_the_quota",
                condition=models.Q(most__isnull=True) | models.Q(most__gte=models.F("taken") + models.F("reserved")),
            ),
            models.CheckConstraint(
                name="kept_seats_have_a_last_day",
                condition=models.Q(reserved=0) | models.Q(release_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.taken}+{self.reserved}"


class Party(models.Model):
    """People registered together: all of them get a seat, or none yet."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="parties")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    size = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = pgettext_lazy("people together", "party")
        verbose_name_plural = pgettext_lazy("people together", "parties")

    def __str__(self) -> str:
        return f"{self.organization} × {self.size}"


class Seat(models.Model):
    """A person's place in a workshop. Organization, position and place are those of the moment of registering."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    party = models.ForeignKey(Party, models.PROTECT, related_name="seats", null=True)
    state = models.CharField(_("state"), max_length=10, choices=SeatState)
    # The place in line, rising; kept after the person got a seat.
    queue_number = models.PositiveIntegerField(null=True)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="seats")
    position = models.CharField(_("position"), max_length=20, choices=Position)
    kind = models.CharField(pgettext_lazy("of an organization", "kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(Organization, models.PROTECT, related_name="+", null=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, related_name="+", null=True)
    gender = models.CharField(max_length=6, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # --- what came of it
    attended_percent = models.PositiveSmallIntegerField(null=True)
    attended_on = models.DateField(null=True)
    has_evaluated = models.BooleanField(default=False)
    has_followed_up = models.BooleanField(default=False)
    completed_at = models.DateTimeField(null=True)
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="seat", null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = pgettext_lazy("of a workshop", "seat")
        verbose_name_plural = pgettext_lazy("of a workshop", "seats")
        indexes = [
            models.Index(
                fields=["workshop", "queue_number"],
                name="seats_in_line",
                condition=models.Q(state=SeatState.WAITING),
            ),
            models.Index(fields=["user", "state"], name="seats_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(name="seat_state_is_known", condition=models.Q(state__in=SeatState.values)),
            models.UniqueConstraint(
                fields=["workshop", "user"],
                condition=models.Q(state__in=[str(state) for state in LIVE_SEATS]),
                name="one_seat_per_person",
            ),
            models.CheckConstraint(
                name="who_waits_has_a_place_in_line",
                condition=~models.Q(state=SeatState.WAITING) | models.Q(queue_number__isnull=False),
            ),
            models.CheckConstraint(
                name="a_workshop_is_completed_by_who_attended",
                condition=models.Q(completed_at__isnull=True) | models.Q(state=SeatState.ATTENDED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.workshop}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_SEATS
