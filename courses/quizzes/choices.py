"""Words of the question bank."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Difficulty(TextChoices):
    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class Format(TextChoices):
    """How the texts of a question are written."""

    PLAIN = "plain", _("Plain text")
    HTML = "html", _("Formatted (HTML)")


class Grading(TextChoices):
    """How answers are marked: in the academy's way, or score for score as the H5P libraries do."""

    ACADEMY = "academy", _("The academy's way: Thai spellings and digits are equal, points for parts")
    H5P = "h5p", _("As H5P does, for content that came from there")


class Layout(TextChoices):
    ALL = "all", _("All questions on one page")
    ONE = "one", _("One question per page")


class Navigation(TextChoices):
    FREE = "free", _("In any order, back and forth")
    SEQUENTIAL = "sequential", _("One after the other, never back")


class ReviewMoment(TextChoices):
    """From when on a learner may see a part of the outcome."""

    AT_ONCE = "at_once", _("As soon as it is handed in")
    WHEN_DONE = "when_done", _("When passed, or when no attempt is left")
    FROM_DAY = "from_day", _("From the moment given below")
    NEVER = "never", _("Never")


class FileFormat(TextChoices):
    """Files of questions that can be read."""

    GIFT = "gift", "GIFT (Moodle)"
    AIKEN = "aiken", "Aiken"
    MOODLE = "moodle", "Moodle XML"
    SHEET = "sheet", _("Spreadsheet (XLSX or CSV)")


class ImportState(TextChoices):
    """WAITING → READ | REFUSED;  READ → SAVING → SAVED."""

    WAITING = "waiting", _("Being read")
    READ = "read", _("Read, not saved yet")
    REFUSED = "refused", _("Refused")
    SAVING = "saving", _("Being saved")
    SAVED = "saved", _("Saved")
