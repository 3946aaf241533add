"""Quiz: what is asked, of whom how often and for how long, and when the outcome may be seen."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from courses.quizzes.choices import Difficulty, Grading, Layout, Navigation, ReviewMoment
from courses.quizzes.models.bank import Category, Question, SubCategory, check_sub_category


class Quiz(index.Indexed, ClusterableModel):
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

    def clean(self) -> None:
        """Settings that go together. Raises ValidationError at the field to change."""
        wrong = {}
        moments = {self.review_marks, self.review_answers, self.review_reasons}
        if ReviewMoment.FROM_DAY in moments and self.review_from is None:
            wrong["review_from"] = gettext("Say from which moment the outcome is shown.")
        if self.navigation == Navigation.SEQUENTIAL and self.layout != Layout.ONE:
            wrong["layout"] = gettext("Going one after the other needs one question per page.")
        if self.wait_minutes and self.attempts_allowed == 1:
            wrong["wait_minutes"] = gettext("With one attempt there is nothing to wait for. Write 0.")
        if wrong:
            raise ValidationError(wrong)


class QuizDraw(models.Model):
    """A rule by which questions are drawn from the bank: so many of a category, as hard as wanted."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="draws")
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

    def clean(self) -> None:
        check_sub_category(self)
