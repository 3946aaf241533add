"""When a part of the outcome opens, in words."""

from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from courses.quizzes.choices import ReviewMoment
from courses.quizzes.models import Quiz


def when_open(quiz: Quiz, moment: str) -> str:
    """From when on this part is shown; empty when it is shown at once."""
    match moment:
        case ReviewMoment.AT_ONCE:
            return ""
        case ReviewMoment.WHEN_DONE:
            return _("when you have passed, or when no attempt is left")
        case ReviewMoment.FROM_DAY if quiz.review_from:
            return _("on %(day)s at %(time)s") % {
                "day": format_be(quiz.review_from),
                "time": format_be(quiz.review_from, "time"),
            }
        case ReviewMoment.FROM_DAY:
            return _("on a day that is not set yet")
    return _("never")
