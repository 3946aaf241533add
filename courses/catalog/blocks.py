"""Blocks of a lesson; a template each in `templates/catalog/blocks/`. CONTRIBUTING tells how to add one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks import CalloutBlock, CaptionedImageBlock, ProseBlock


class TableBlock(blocks.StructBlock):
    """A table with a caption; a column of amounts stands to the right."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=300)
    table = WagtailTableBlock(label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "catalog/blocks/table.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        table = value["table"] or {}
        classes = {(cell["row"], cell["col"]): cell.get("className") or "" for cell in table.get("cell") or []}
        rows = [
            {
                "cells": [
                    {"text": text or "", "right": "htRight" in classes.get((0, column), "")}
                    for column, text in enumerate(texts)
                ],
                "is_total": any("total-line" in classes.get((row, column), "") for column in range(len(texts))),
            }
            for row, texts in enumerate(table.get("data") or [])
        ]
        context["head"], context["rows"] = (rows[0], rows[1:]) if rows else ({"cells": []}, [])
        return context


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=200)
    text = blocks.TextBlock(label=_("How"), required=False)


class StepsBlock(blocks.StructBlock):
    """Things done one after another."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "catalog/blocks/steps.html"


class WorkedExampleBlock(blocks.StructBlock):
    """A case worked from beginning to end, with its tables."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    content = blocks.StreamBlock(
        [("text", ProseBlock()), ("table", TableBlock()), ("image", CaptionedImageBlock()), ("steps", StepsBlock())],
        label=_("Content"),
        min_num=1,
    )

    class Meta:
        icon = "edit"
        label = _("Worked example")
        template = "catalog/blocks/example.html"


class CheckChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Choice"), max_length=400)
    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.CharBlock(label=_("Why"), max_length=600, required=False)


class SelfCheckBlock(blocks.StructBlock):
    """A question to oneself. It is never recorded, so its answer may stand in the page."""

    question = blocks.TextBlock(label=_("Question"))
    choices = blocks.ListBlock(CheckChoiceBlock(), label=_("Choices"), min_num=2, max_num=8)

    class Meta:
        icon = "help"
        label = _("Self-check")
        template = "catalog/blocks/check.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not any(choice["correct"] for choice in cleaned["choices"]):
            raise StructBlockValidationError(
                block_errors={"choices": ValidationError(gettext("Mark at least one choice as right."))}
            )
        return cleaned


class VideoBlock(blocks.StructBlock):
    """A video with captions and a transcript, so that nobody depends on sound or signal."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    video = DocumentChooserBlock(label=_("Video file (MP4 or WebM)"))
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"))
    transcript = ProseBlock(label=_("Transcript"))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "catalog/blocks/video.html"


class AudioBlock(blocks.StructBlock):
    """A recording with its transcript."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    audio = DocumentChooserBlock(label=_("Audio file (MP3 or M4A)"))
    transcript = ProseBlock(label=_("Transcript"))

    class Meta:
        icon = "media"
        label = _("Audio")
        template = "catalog/blocks/audio.html"


class DocumentBlock(blocks.StructBlock):
    """A paper to take home."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "catalog/blocks/document.html"


class QuizBlock(blocks.StructBlock):
    """A test. The lesson is done when it is passed."""

    quiz = SnippetChooserBlock("quizzes.Quiz", label=_("Quiz"))

    class Meta:
        icon = "form"
        label = _("Quiz")
        template = "catalog/blocks/quiz.html"


class LessonBlocks(blocks.StreamBlock):
    """Everything a lesson may hold."""

    text = ProseBlock()
    image = CaptionedImageBlock()
    callout = CalloutBlock()
    table = TableBlock()
    steps = StepsBlock()
    example = WorkedExampleBlock()
    check = SelfCheckBlock()
    video = VideoBlock()
    audio = AudioBlock()
    document = DocumentBlock()
    quiz = QuizBlock()

    class Meta:
        block_counts = {"quiz": {"max_num": 1}}
