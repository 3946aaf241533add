"""Category, SubCategory, Question: the words of django-quiz-app, the content validated by kind."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.search import index

from courses.quizzes.choices import Difficulty, Format
from courses.quizzes.fingerprints import fingerprint
from courses.quizzes.kinds import kind_choices, kind_of, kinds
from courses.quizzes.kinds.kind import TOKEN_LETTERS
from courses.quizzes.markup import plain_text


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


def new_uid() -> str:
    """An identifier for a question that was given none."""
    return f"q-{get_random_string(10, TOKEN_LETTERS)}"


def check_sub_category(chosen: Any) -> None:
    """Raises ValidationError when the sub-category is one of another category."""
    if chosen.sub_category_id and chosen.category_id and chosen.sub_category.category_id != chosen.category_id:
        raise ValidationError({"sub_category": gettext("This sub-category belongs to another category.")})


class Question(index.Indexed, models.Model):
    """One question of the bank. An edit that changes what a learner sees makes a new version.

    `body` is what the kind needs (choices, the right answer); the kind validates it.
    """

    uid = models.SlugField(_("identifier"), max_length=120, unique=True, blank=True)
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
        return (plain_text(self.content) if self.format == Format.HTML else self.content)[:80]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the version a sitting may already have seen; write a new one when the content changed."""
        self.uid = self.uid or new_uid()
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
        check_sub_category(self)
        if self.kind in kinds():  # without one, the field itself already says so
            self.body = kind_of(self.kind).clean_body(self.body)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take the question and its versions away. Raises ProtectedError, with a sentence, once it is in use."""
        with transaction.atomic():
            if self.quizzes.exists():
                raise ProtectedError(gettext("A quiz asks this question. Take it out of use instead."), {self})
            try:
                gone, counts = self.versions.all().delete()
            except ProtectedError as error:
                sentence = gettext("Somebody has been asked this question. Take it out of use instead.")
                raise ProtectedError(sentence, error.protected_objects) from None
            more, others = super().delete(*args, **kwargs)
        return gone + more, {**counts, **others}

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None


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
