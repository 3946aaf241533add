"""What officers and coordinators answer for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Who somebody is at work; each role is held at one kind of place (`PLACE_OF`)."""

    PROMOTION_OFFICER = "promotion_officer", _("Officer of a cooperative promotion group")
    MANAGEMENT_OFFICER = "management_officer", _("Officer of the management development group")
    PROVINCIAL_HEAD = "provincial_head", _("Provincial cooperative officer")
    CENTER_STAFF = "center_staff", _("Staff of a transfer center")
    HEAD_OFFICE = "head_office", _("Head office")
    COORDINATOR = "coordinator", _("Coordinator of a cooperative or group")


PLACE_OF: dict[str, str | None] = {
    Role.PROMOTION_OFFICER: "promotion_group",
    Role.MANAGEMENT_OFFICER: "office",
    Role.PROVINCIAL_HEAD: "office",
    Role.CENTER_STAFF: "center",
    Role.HEAD_OFFICE: None,
    Role.COORDINATOR: "organization",
}
PLACES = ("promotion_group", "office", "center", "organization")
# Who meets people by name. The others plan for many and see totals only (Personal Data Protection Act 2562, s. 22:
# no more than the purpose needs).
SEES_PEOPLE = frozenset({Role.PROMOTION_OFFICER, Role.MANAGEMENT_OFFICER, Role.PROVINCIAL_HEAD, Role.COORDINATOR})
# Who keeps the register: enters organizations, imports files, merges.
KEEPS_REGISTER = frozenset({Role.PROMOTION_OFFICER, Role.MANAGEMENT_OFFICER, Role.PROVINCIAL_HEAD})
# Who may say what must be learnt.
ASSIGNS = KEEPS_REGISTER
# Who gives duties to coordinators and colleagues of the office.
APPOINTS = frozenset({Role.PROVINCIAL_HEAD, Role.MANAGEMENT_OFFICER})
