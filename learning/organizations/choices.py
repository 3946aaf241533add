"""Kinds of organization and positions in them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Seven types of cooperative (Cooperatives Act B.E. 2542, s. 33/1), farmers' groups (s. 119), informal groups."""

    AGRICULTURAL = "agricultural", _("Agricultural cooperative")
    FISHERY = "fishery", _("Fishery cooperative")
    SETTLEMENT = "settlement", _("Land settlement cooperative")
    STORE = "store", _("Consumer cooperative")
    SERVICE = "service", _("Service cooperative")
    SAVINGS = "savings", _("Savings cooperative")
    CREDIT_UNION = "credit_union", _("Credit union cooperative")
    FARMERS_GROUP = "farmers_group", _("Farmers' group")
    WOMENS_GROUP = "womens_group", _("Women's group")
    YOUTH_GROUP = "youth_group", _("Youth group")
    OCCUPATION_GROUP = "occupation_group", _("Occupation group")


COOPERATIVES = frozenset(
    {Kind.AGRICULTURAL, Kind.FISHERY, Kind.SETTLEMENT, Kind.STORE, Kind.SERVICE, Kind.SAVINGS, Kind.CREDIT_UNION}
)
INFORMAL_GROUPS = frozenset({Kind.WOMENS_GROUP, Kind.YOUTH_GROUP, Kind.OCCUPATION_GROUP})


class Position(TextChoices):
    """What a person is in an organization; board: s. 50, management: s. 51/2, business auditor: s. 53."""

    BOARD_CHAIR = "board_chair", _("Chair of the board")
    BOARD_VICE_CHAIR = "board_vice_chair", _("Vice chair of the board")
    BOARD_SECRETARY = "board_secretary", _("Secretary of the board")
    BOARD_TREASURER = "board_treasurer", _("Treasurer of the board")
    BOARD_MEMBER = "board_member", _("Board member")
    MANAGER = "manager", _("Manager")
    DEPUTY_MANAGER = "deputy_manager", _("Deputy manager")
    STAFF = "staff", _("Staff")
    ACCOUNTING_STAFF = "accounting_staff", _("Accounting staff")
    BUSINESS_AUDITOR = "business_auditor", _("Business auditor")
    MEMBER = "member", _("Member")
    GROUP_LEADER = "group_leader", _("Group leader")
    GROUP_TREASURER = "group_treasurer", _("Group treasurer")
    GROUP_BOARD_MEMBER = "group_board_member", _("Group committee member")
    GROUP_ADVISER = "group_adviser", _("Group adviser")


COOPERATIVE_POSITIONS = (
    Position.BOARD_CHAIR,
    Position.BOARD_VICE_CHAIR,
    Position.BOARD_SECRETARY,
    Position.BOARD_TREASURER,
    Position.BOARD_MEMBER,
    Position.MANAGER,
    Position.DEPUTY_MANAGER,
    Position.STAFF,
    Position.ACCOUNTING_STAFF,
    Position.BUSINESS_AUDITOR,
    Position.MEMBER,
)
GROUP_POSITIONS = (
    Position.GROUP_LEADER,
    Position.GROUP_TREASURER,
    Position.GROUP_BOARD_MEMBER,
    Position.GROUP_ADVISER,
    Position.MEMBER,
)
