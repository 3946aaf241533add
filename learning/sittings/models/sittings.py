"""Sitting and Response: one attempt at a quiz, saved answer by answer."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.catalog.models import LessonPage
from courses.quizzes.choices import Grading, Layout, Navigation
from courses.quizzes.models import QuestionVersion, Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.choices import SittingState


class Sitting(models.Model):
    """One attempt: of an enrollment, at the test of a lesson; or free, for an occasion that somebody names.

    The time limit is kept here, by the server: `due_at`, null when there is none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sittings")
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="sittings", null=True)
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="sittings")
    lesson = models.ForeignKey(LessonPage, models.PROTECT, related_name="+", null=True)
    # What a free sitting is for, as whoever opened it calls it: "workshop-12-pre".
    occasion = models.CharField(_("occasion"), max_length=60, blank=True)
    # What stands above a free sitting, and where the way back leads.
    title = models.CharField(_("title"), max_length=200, blank=True)
    back_url = models.CharField(_("way back"), max_length=200, blank=True)
    shows_answers = models.BooleanField(_("shows the right answers after handing in"), default=True)
    number = models.PositiveSmallIntegerField(_("attempt"))
    state = models.CharField(_("state"), max_length=10, choices=SittingState, default=SittingState.OPEN)
    # As the quiz was when it was opened: an edit changes nothing for who sits.
    pass_mark = models.PositiveSmallIntegerField(_("pass mark (percent)"))
    grading = models.CharField(_("grading"), max_length=7, choices=Grading, default=Grading.ACADEMY)
    layout = models.CharField(_("pages"), max_length=3, choices=Layout, default=Layout.ALL)
    navigation = models.CharField(_("way through"), max_length=10, choices=Navigation, default=Navigation.FREE)
    limit_minutes = models.PositiveSmallIntegerField(_("time limit (minutes)"), default=0)
    # Of a free sitting: how many its occasion gives each person, 0 for no limit. A course asks its quiz.
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"), default=0)
    # The question that is being answered, where there is no way back; one past the last when all were put.
    place = models.PositiveSmallIntegerField(_("place"), default=1)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), null=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    closed_by_clock = models.BooleanField(_("closed when time ran out"), default=False)
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=2, null=True)
    max_score = models.DecimalField(_("highest score"), max_digits=7, decimal_places=2, null=True)
    percent = models.PositiveSmallIntegerField(_("percent"), null=True)
    passed = models.BooleanField(_("passed"), null=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [
            models.CheckConstraint(
                name="of_a_lesson_or_for_an_occasion",
                condition=models.Q(enrollment__isnull=False, lesson__isnull=False, occasion="")
                | models.Q(enrollment__isnull=True, lesson__isnull=True) & ~models.Q(occasion=""),
            ),
            # Led by the occasion: its results are asked for together.
            models.UniqueConstraint(
                fields=["occasion", "user", "quiz", "number"],
                condition=models.Q(enrollment__isnull=True),
                name="free_attempts_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["user", "quiz", "occasion"],
                condition=models.Q(enrollment__isnull=True, state=SittingState.OPEN),
                name="one_open_sitting_per_occasion",
            ),
            models.UniqueConstraint(fields=["enrollment", "quiz", "number"], name="attempts_are_numbered"),
            models.UniqueConstraint(
                fields=["enrollment", "quiz"],
                condition=models.Q(state=SittingState.OPEN),
                name="one_open_sitting_per_quiz",
            ),
            models.CheckConstraint(
                name="graded_sitting_has_a_result",
                condition=~models.Q(state=SittingState.GRADED)
                | models.Q(score__isnull=False, max_score__isnull=False, percent__isnull=False, passed__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state=SittingState.OPEN), name="open_sittings_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.number}"

    @property
    def is_free(self) -> bool:
        """Of no enrollment: it completes no lesson."""
        return self.enrollment_id is None

    @property
    def is_open(self) -> bool:
        return self.state == SittingState.OPEN

    @property
    def is_graded(self) -> bool:
        return self.state == SittingState.GRADED

    @property
    def is_in_review(self) -> bool:
        """Handed in; a person still marks a part of it."""
        return self.state == SittingState.IN_REVIEW

    @property
    def is_sequential(self) -> bool:
        """One question after the other, never back."""
        return self.navigation == Navigation.SEQUENTIAL

    @property
    def shows_one(self) -> bool:
        """One question per page; without a way back it cannot be otherwise."""
        return self.layout == Layout.ONE or self.is_sequential


class Response(models.Model):
    """The answer to one question of a sitting; the question as it was when the sitting opened."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField(_("place"))
    question = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    # How the choices were shuffled for this person: ids in the order they are shown.
    presentation = models.JSONField(default=dict)
    answer = models.JSONField(null=True)
    # Counts the saves of this answer; a tab that has not seen the newest cannot overwrite it.
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    max_score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    # Handed in, and a person has to mark it.
    awaits_person = models.BooleanField(default=False)
    # The mended version by whose key it was marked again; empty: by the one that was shown.
    marked_by = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="one_response_per_place"),
        ]
        indexes = [
            models.Index(fields=["sitting"], condition=models.Q(awaits_person=True), name="responses_to_be_marked"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting} · {self.position}"

    @property
    def is_answered(self) -> bool:
        return self.answer is not None

    @property
    def key(self) -> QuestionVersion:
        """The version it is marked by."""
        return self.marked_by or self.question

    @property
    def is_right(self) -> bool:
        return self.score is not None and self.score == self.max_score
