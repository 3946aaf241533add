"""Category, SubCategory, Quiz, Question: the words of django-quiz-app, the content validated by kind."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.search import index

from courses.quizzes.choices import Difficulty, Format, Grading, Layout, Navigation, ReviewMoment
from courses.quizzes.fingerprints import fingerprint
from courses.quizzes.kinds import kind_choices, kind_of, kinds


class Category(models.Model):
    """A subject that questions are about."""

    category = models.CharField(_("category"), max_length=250, unique=True)

    class Meta:
        ordering = ["category"]
        verbose_name = _("question category")
        verbose_name_plural = _("question categories")

    def __str__(self) -> str:
        return self.category


class SubCategory(models.Model):
    """A narrower subject within a category."""

    sub_category = models.CharField(_("sub-category"), max_length=250)
    category = models.ForeignKey(Category, models.PROTECT, related_name="sub_categories", verbose_name=_("category"))

    class Meta:
        ordering = ["category", "sub_category"]
        verbose_name = _("question sub-category")
        verbose_name_plural = _("question sub-categories")
        constraints = [
            models.UniqueConstraint(fields=["category", "sub_category"], name="sub_category_once_in_a_category")
        ]

    def __str__(self) -> str:
        return f"{self.category} / {self.sub_category}"


class Question(index.Indexed, models.Model):
    """One question of the bank. An edit that changes what a learner sees makes a new version.

    `body` is what the kind needs (choices, the right answer); the kind validates it.
    """

    uid = models.SlugField(_("identifier"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices)
    category = models.ForeignKey(Category, models.PROTECT, related_name="questions", verbose_name=_("category"))
    sub_category = models.ForeignKey(
        SubCategory, models.PROTECT, related_name="questions", null=True, blank=True, verbose_name=_("sub-category")
    )
    difficulty = models.CharField(_("difficulty"), max_length=6, choices=Difficulty, default=Difficulty.MEDIUM)
    tags = TaggableManager(_("tags"), blank=True)
    format = models.CharField(_("written as"), max_length=5, choices=Format, default=Format.PLAIN)
    content = models.TextField(_("question"), max_length=20_000)
    figure = models.ForeignKey(
        "cms.AcademyImage", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("picture")
    )
    explanation = models.TextField(_("explanation"), max_length=20_000, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    body = models.JSONField(_("choices and right answer"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    # What it says whatever its spelling, to find questions that are there twice.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    # Out of use: drawn no more, kept for the sittings that saw it.
    retired_at = models.DateTimeField(_("taken out of use"), null=True, blank=True, editable=False)

    search_fields = [
        index.SearchField("content"),
        index.AutocompleteField("content"),
        index.SearchField("explanation"),
        index.FilterField("kind"),
        index.FilterField("category"),
        index.FilterField("difficulty"),
    ]

    class Meta:
        ordering = ["category__category", "uid"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.content[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the version a sitting may already have seen; write a new one when the content changed."""
        self.body = kind_of(self.kind).clean_body(self.body)
        self.fingerprint = fingerprint(self.kind, self.content, self.body)
        with transaction.atomic():
            newest = self.versions.order_by("-number").first() if self.pk else None
            if newest is not None and newest.says_the_same_as(self):
                self.version = newest.number
                super().save(*args, **kwargs)
                return
            self.version = newest.number + 1 if newest else 1
            super().save(*args, **kwargs)
            QuestionVersion.objects.create(
                question=self,
                number=self.version,
                kind=self.kind,
                format=self.format,
                content=self.content,
                figure=self.figure,
                explanation=self.explanation,
                source=self.source,
                body=self.body,
            )

    def clean(self) -> None:
        if self.kind in kinds():  # without one, the field itself already says so
            self.body = kind_of(self.kind).clean_body(self.body)


class QuestionVersion(models.Model):
    """A question as it stood at one time; a sitting points here. Rows are only ever added."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    kind = models.CharField(max_length=20)
    format = models.CharField(max_length=5, choices=Format, default=Format.PLAIN)
    content = models.TextField()
    figure = models.ForeignKey("cms.AcademyImage", models.PROTECT, related_name="+", null=True)
    explanation = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    body = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["question", "-number"]
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="question_versions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.content[:60]} · {self.number}"

    def says_the_same_as(self, question: Question) -> bool:
        """True when a learner would see and be graded on exactly this."""
        return (
            self.kind,
            self.format,
            self.content,
            self.figure_id,
            self.explanation,
            self.source,
            self.body,
        ) == (
            question.kind,
            question.format,
            question.content,
            question.figure_id,
            question.explanation,
            question.source,
            question.body,
        )


class Quiz(index.Indexed, models.Model):
    """A test drawn from the question bank."""

    uid = models.SlugField(_("identifier"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="quizzes", null=True, blank=True, verbose_name=_("category")
    )
    questions = models.ManyToManyField(Question, related_name="quizzes", blank=True, verbose_name=_("questions"))
    grading = models.CharField(_("grading"), max_length=7, choices=Grading, default=Grading.ACADEMY)
    layout = models.CharField(_("pages"), max_length=3, choices=Layout, default=Layout.ALL)
    navigation = models.CharField(_("way through"), max_length=10, choices=Navigation, default=Navigation.FREE)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (percent)"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    max_questions = models.PositiveSmallIntegerField(
        _("questions drawn"), null=True, blank=True, help_text=_("Empty: all of them.")
    )
    random_order = models.BooleanField(_("questions in random order"), default=True)
    shuffle_choices = models.BooleanField(_("choices in random order"), default=True)
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0: as often as wanted.")
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit (minutes)"), default=0, help_text=_("0: no limit.")
    )
    wait_minutes = models.PositiveIntegerField(
        _("waiting time between attempts (minutes)"), default=0, help_text=_("0: none.")
    )
    review_marks = models.CharField(
        _("marks are shown"), max_length=9, choices=ReviewMoment, default=ReviewMoment.AT_ONCE
    )
    review_answers = models.CharField(
        _("right answers are shown"), max_length=9, choices=ReviewMoment, default=ReviewMoment.AT_ONCE
    )
    review_reasons = models.CharField(
        _("explanations are shown"), max_length=9, choices=ReviewMoment, default=ReviewMoment.AT_ONCE
    )
    review_from = models.DateTimeField(_("shown from"), null=True, blank=True)
    # What an H5P package said of the whole, its questions taken out: kept for writing it again.
    h5p = models.JSONField(null=True, blank=True, editable=False)
    success_text = models.TextField(_("words after passing"), blank=True)
    fail_text = models.TextField(_("words after failing"), blank=True)
    draft = models.BooleanField(_("draft"), default=False, help_text=_("A draft cannot be sat yet."))

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["title", "uid"]
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        constraints = [
            models.CheckConstraint(
                name="pass_mark_is_a_percentage", condition=models.Q(pass_mark__gte=1, pass_mark__lte=100)
            )
        ]

    def __str__(self) -> str:
        return self.title


class QuizDraw(models.Model):
    """A rule by which questions are drawn from the bank: so many of a category, as hard as wanted."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="draws")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    sub_category = models.ForeignKey(
        SubCategory, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("sub-category")
    )
    difficulty = models.CharField(_("difficulty"), max_length=6, choices=Difficulty, blank=True)
    tag = models.CharField(_("tag"), max_length=100, blank=True)
    count = models.PositiveSmallIntegerField(_("questions"), validators=[MinValueValidator(1), MaxValueValidator(200)])

    class Meta:
        ordering = ["pk"]
        verbose_name = _("rule for drawing questions")
        verbose_name_plural = _("rules for drawing questions")

    def __str__(self) -> str:
        return f"{self.category} × {self.count}"


class QuestionStatistics(models.Model):
    """How a question went, all sittings together; written by whoever knows the sittings, shown where authors choose.

    Undefined figures are null: a difficulty of nobody is no zero.
    """

    question = models.OneToOneField(Question, models.CASCADE, related_name="statistics", primary_key=True)
    asked_count = models.PositiveIntegerField(_("asked"), default=0)
    facility = models.FloatField(_("facility"), null=True)  # mean share of the points, 0 to 1
    discrimination = models.FloatField(_("discrimination"), null=True)  # corrected, -1 to 1
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("statistics of a question")
        verbose_name_plural = _("statistics of questions")

    def __str__(self) -> str:
        return f"{self.question} · {self.asked_count}"
