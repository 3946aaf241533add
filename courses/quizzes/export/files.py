"""Questions of the bank in one of the formats."""

from collections.abc import Callable, Sequence

from django.db.models import QuerySet

from courses.quizzes.choices import FileFormat
from courses.quizzes.export.gift import write_gift
from courses.quizzes.export.moodle_xml import write_moodle_xml
from courses.quizzes.export.questions import Written, drafts_of
from courses.quizzes.export.sheet import write_sheet
from courses.quizzes.models import Question
from courses.quizzes.reading.drafts import Draft

WRITERS: dict[str, Callable[[Sequence[Draft]], Written]] = {
    FileFormat.GIFT.value: write_gift,
    FileFormat.MOODLE.value: write_moodle_xml,
    FileFormat.SHEET.value: write_sheet,
}
ENDINGS = {FileFormat.GIFT.value: "gift", FileFormat.MOODLE.value: "xml", FileFormat.SHEET.value: "xlsx"}


def written_file(questions: QuerySet[Question], format: str) -> Written:
    """The questions by category, sub-category and identifier. Three queries."""
    ordered = questions.select_related("category", "sub_category").prefetch_related("tags")
    return WRITERS[format](drafts_of(ordered.order_by("category__category", "sub_category__sub_category", "uid")))
