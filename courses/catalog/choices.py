"""Words of the catalog."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    IDEOLOGY = "ideology", _("Ideology and principles")
    LAW = "law", _("Law and bylaws")
    BOOKKEEPING = "bookkeeping", _("Bookkeeping and finance")
    INTERNAL_CONTROL = "internal_control", _("Internal control")
    MANAGEMENT = "management", _("Management and business")


class Level(TextChoices):
    BASIC = "basic", _("Basic")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class Audience(TextChoices):
    BOARD = "board", _("Board members")
    MANAGEMENT = "management", _("Managers and staff")
    BUSINESS_AUDITOR = "business_auditor", _("Business auditors")
    MEMBER = "member", _("Members")
    GROUP = "group", _("Women's, youth and occupation groups")


class PassRule(TextChoices):
    """What completes a course. A lesson that holds a quiz is done when the quiz is passed."""

    ALL_LESSONS = "all", _("All lessons done and every test passed")
    TESTS_ONLY = "tests", _("Every test passed")
