"""CourseIndexPage, CoursePage, LessonPage, and what is kept ready to serve them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from certification.models import CertificateDesign
from cms.thai.model_fields import ThaiDateModelField
from courses.catalog.blocks import LessonBlocks
from courses.catalog.choices import Audience, Level, PassRule, Topic
from courses.quizzes.models import Category, Quiz


class CourseIndexPage(Page):
    """The catalog."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["catalog.CoursePage"]
    max_count = 1
    template = "catalog/course_index_page.html"

    class Meta:
        verbose_name = _("course catalog")
        verbose_name_plural = _("course catalogs")


class CoursePage(Page):
    """A course: the same page for everybody. Who may enroll, and how far somebody is, is asked elsewhere."""

    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), max_length=300)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.BASIC)
    hours = models.DecimalField(_("training hours"), max_digits=5, decimal_places=1)
    cover = models.ForeignKey(
        "cms.AcademyImage", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("cover")
    )
    cover_alt = models.CharField(_("what the cover shows"), max_length=300, blank=True)
    outcomes = StreamField(
        [("outcome", blocks.CharBlock(label=_("Outcome"), max_length=300))], blank=True, verbose_name=_("outcomes")
    )
    sources = StreamField(
        [("source", blocks.CharBlock(label=_("Source"), max_length=400))], blank=True, verbose_name=_("sources")
    )
    law_version = models.CharField(_("version of the law"), max_length=200, blank=True)
    pass_rule = models.CharField(_("pass rule"), max_length=8, choices=PassRule, default=PassRule.ALL_LESSONS)
    certificate_design = models.ForeignKey(
        CertificateDesign,
        models.PROTECT,
        related_name="courses",
        null=True,
        blank=True,
        verbose_name=_("certificate design"),
        help_text=_("Empty: the course gives no certificate."),
    )
    enrollment_opens_on = ThaiDateModelField(_("enrollment opens"), null=True, blank=True)
    enrollment_closes_on = ThaiDateModelField(_("enrollment closes"), null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("title_en"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("topic"), FieldPanel("level"), FieldPanel("hours")]),
                InlinePanel("audiences", label=_("Audience"), max_num=len(Audience)),
                InlinePanel("prerequisites", label=_("Recommended before")),
            ],
            heading=_("For whom"),
        ),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
        FieldPanel("outcomes"),
        MultiFieldPanel([FieldPanel("law_version"), FieldPanel("sources")], heading=_("What it rests on")),
        MultiFieldPanel(
            [
                FieldPanel("pass_rule"),
                FieldPanel("certificate_design"),
                FieldPanel("enrollment_opens_on"),
                FieldPanel("enrollment_closes_on"),
            ],
            heading=_("Enrollment and completion"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("title_en"),
        index.SearchField("outcomes"),
        index.FilterField("topic"),
        index.FilterField("level"),
    ]
    parent_page_types = ["catalog.CourseIndexPage"]
    subpage_types = ["catalog.LessonPage"]
    template = "catalog/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(
                name="enrollment_closes_after_it_opens",
                condition=models.Q(enrollment_opens_on__isnull=True)
                | models.Q(enrollment_closes_on__isnull=True)
                | models.Q(enrollment_closes_on__gte=models.F("enrollment_opens_on")),
            ),
            models.CheckConstraint(name="a_course_takes_time", condition=models.Q(hours__gt=0)),
        ]

    def clean(self) -> None:
        super().clean()
        opens, closes = self.enrollment_opens_on, self.enrollment_closes_on
        if opens and closes and closes < opens:
            raise ValidationError(
                {"enrollment_closes_on": _("Enrollment cannot close before it opens. Choose a later day.")}
            )


class CourseAudience(Orderable):
    """One of the audiences a course is written for."""

    course = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="audiences")
    audience = models.CharField(_("audience"), max_length=20, choices=Audience)

    class Meta(Orderable.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        constraints = [models.UniqueConstraint(fields=["course", "audience"], name="an_audience_once_per_course")]

    def __str__(self) -> str:
        return self.get_audience_display()


class CoursePrerequisite(Orderable):
    """A course that is better taken before; recommended, not enforced."""

    course = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="prerequisites")
    requires = models.ForeignKey(CoursePage, models.PROTECT, related_name="+", verbose_name=_("course"))

    panels = [PageChooserPanel("requires", "catalog.CoursePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("recommended before")
        verbose_name_plural = _("recommended before")

    def __str__(self) -> str:
        return str(self.requires)


class LearningPath(ClusterableModel):
    """Courses in an order, for those who assign learning: what a new board needs, say."""

    title = models.CharField(_("title"), max_length=150, unique=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)

    panels = [FieldPanel("title"), FieldPanel("summary"), InlinePanel("steps", label=_("Course"), min_num=1)]

    class Meta:
        ordering = ["title"]
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")

    def __str__(self) -> str:
        return self.title


class LearningPathStep(Orderable):
    """A course of a path."""

    path = ParentalKey(LearningPath, on_delete=models.CASCADE, related_name="steps")
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="+", verbose_name=_("course"))

    panels = [PageChooserPanel("course", "catalog.CoursePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("course of a learning path")
        verbose_name_plural = _("courses of learning paths")
        constraints = [models.UniqueConstraint(fields=["path", "course"], name="a_course_once_in_a_path")]

    def __str__(self) -> str:
        return str(self.course)


class LessonPage(Page):
    """One lesson. Readers who are not enrolled are kept out by a hook of `learning.enrollments`."""

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    body = StreamField(LessonBlocks(), verbose_name=_("text"), blank=True)
    # Follows the quiz block of the body, so that "which lessons end with a test" is one indexed question.
    quiz = models.ForeignKey(
        Quiz, models.PROTECT, related_name="lessons", null=True, editable=False, verbose_name=_("quiz")
    )
    needs_workshop = models.BooleanField(
        _("completed by attending a workshop"),
        default=False,
        help_text=_("Nobody completes it by reading: attendance at a workshop of this course does. It holds no test."),
    )
    topics = ParentalManyToManyField(
        Category,
        blank=True,
        related_name="lessons",
        verbose_name=_("question categories it teaches"),
        help_text=_("Whoever is weak in one of them in a test of this course is sent back to this lesson."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("needs_workshop"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["catalog.CoursePage"]
    subpage_types: list[str] = []
    template = "catalog/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = [
            models.CheckConstraint(
                name="a_lesson_has_a_test_or_a_workshop",
                condition=models.Q(needs_workshop=False) | models.Q(quiz__isnull=True),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.quiz = self._quiz_of_body()
        if self.needs_workshop and self.quiz:
            raise ValidationError(
                {
                    "needs_workshop": _(
                        "A lesson is completed by its test or by a workshop, not by both."
                        " Take the test out of the text, or take this mark away."
                    )
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.quiz = self._quiz_of_body()
        super().save(*args, **kwargs)

    def _quiz_of_body(self) -> Quiz | None:
        return next((block.value["quiz"] for block in self.body if block.block_type == "quiz"), None)


class CourseOutline(models.Model):
    """How many lessons a course has, and a version that rises with every change of their list.

    It stands apart from the page because publishing an older revision restores every field of a page.
    """

    course = models.OneToOneField(CoursePage, models.CASCADE, primary_key=True, related_name="outline")
    version = models.PositiveIntegerField(default=0)
    lesson_count = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("course outline")
        verbose_name_plural = _("course outlines")

    def __str__(self) -> str:
        return f"{self.course_id} · {self.version}"


class PreparedLesson(models.Model):
    """A published lesson as it is read: its body printed once, when it is published.

    Building a page with its StreamField costs eight times the request around it
    (docs/decisions/0006), so a reader gets this row instead.
    """

    lesson = models.OneToOneField(LessonPage, models.CASCADE, primary_key=True, related_name="prepared")
    course = models.ForeignKey(CoursePage, models.CASCADE, related_name="prepared_lessons")
    path = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="+", null=True)
    needs_workshop = models.BooleanField(default=False)
    html = models.TextField()
    prepared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("prepared lesson")
        verbose_name_plural = _("prepared lessons")

    def __str__(self) -> str:
        return self.path
