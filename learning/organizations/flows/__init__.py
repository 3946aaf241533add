"""Every write of the register of organizations and memberships.

Nothing here asks for permission: organizations stand below duties. The register's own flows do, and call these.
"""

from learning.organizations.flows.ending import dissolve_organization, merge_organizations, split_organization
from learning.organizations.flows.joining import join_organization, leave_organization
from learning.organizations.flows.keeping import change_organization, register_organization
from learning.organizations.flows.records import boards_changed, pass_terms
from learning.organizations.flows.seating import correct_membership, end_membership, seat_member

__all__ = [
    "boards_changed",
    "change_organization",
    "correct_membership",
    "dissolve_organization",
    "end_membership",
    "join_organization",
    "leave_organization",
    "merge_organizations",
    "pass_terms",
    "register_organization",
    "seat_member",
    "split_organization",
]
