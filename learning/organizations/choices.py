"""Kinds of organization, their states, and positions in them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """Seven types of cooperative (Cooperatives Act B.E. 2542, s. 33/1), federations (s. 101), farmers' groups (s. 119)
    and the informal groups attached to them."""

    AGRICULTURAL = "agricultural", _("Agricultural cooperative")
    FISHERY = "fishery", _("Fishery cooperative")
    SETTLEMENT = "settlement", _("Land settlement cooperative")
    STORE = "store", _("Consumer cooperative")
    SERVICE = "service", _("Service cooperative")
    SAVINGS = "savings", _("Savings cooperative")
    CREDIT_UNION = "credit_union", _("Credit union cooperative")
    FEDERATION = "federation", _("Federation of cooperatives")
    FARMERS_GROUP = "farmers_group", _("Farmers' group")
    WOMENS_GROUP = "womens_group", _("Women's group")
    YOUTH_GROUP = "youth_group", _("Youth group")
    OCCUPATION_GROUP = "occupation_group", _("Occupation group")
    OTHER_GROUP = "other_group", _("Other group")


COOPERATIVES = frozenset(
    {
        Kind.AGRICULTURAL,
        Kind.FISHERY,
        Kind.SETTLEMENT,
        Kind.STORE,
        Kind.SERVICE,
        Kind.SAVINGS,
        Kind.CREDIT_UNION,
        Kind.FEDERATION,
    }
)
INFORMAL_GROUPS = frozenset({Kind.WOMENS_GROUP, Kind.YOUTH_GROUP, Kind.OCCUPATION_GROUP, Kind.OTHER_GROUP})


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

# Elected for a term: two years, at most two in a row (Cooperatives Act B.E. 2542, s. 50).
BOARD_POSITIONS = (
    Position.BOARD_CHAIR,
    Position.BOARD_VICE_CHAIR,
    Position.BOARD_SECRETARY,
    Position.BOARD_TREASURER,
    Position.BOARD_MEMBER,
)
# Who sits on the committee of a farmers' or an informal group.
COMMITTEE_POSITIONS = (Position.GROUP_LEADER, Position.GROUP_TREASURER, Position.GROUP_BOARD_MEMBER)
# A seat on a board or committee ends with the organization; other positions move on when it merges.
SEATS = frozenset({*BOARD_POSITIONS, *COMMITTEE_POSITIONS, Position.BUSINESS_AUDITOR})
MOST_TERMS = 2
TERM_YEARS = 2


class OrganizationState(TextChoices):
    """ACTIVE → MERGED | DISSOLVED. A cooperative that others split from stays active (s. 96-100 of the Act)."""

    ACTIVE = "active", pgettext_lazy("of an organization", "Active")
    MERGED = "merged", _("Merged into another")
    DISSOLVED = "dissolved", _("Dissolved")


TRANSITIONS: dict[str, frozenset[str]] = {
    OrganizationState.ACTIVE: frozenset({OrganizationState.MERGED, OrganizationState.DISSOLVED}),
}


class Happening(TextChoices):
    """What a line in the history of an organization tells; merging: s. 90-95, dividing: s. 96-100 of the Act."""

    REGISTERED = "registered", _("Entered in the register")
    CHANGED = "changed", _("Changed")
    MERGED_INTO = "merged_into", _("Merged into")
    RECEIVED = "received", _("Took in by a merger")
    DIVIDED = "divided", _("Part of it split off as")
    SPLIT_FROM = "split_from", _("Split from")
    DISSOLVED = "dissolved", _("Dissolved")
