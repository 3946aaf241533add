"""Who may keep seats for an organization."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from learning.workshops.models import Workshop
from learning.workshops.queries.scope import Desk
from learning.workshops.rules import may_check_in


def may_allot(user: AbstractBaseUser | AnonymousUser, workshop: Workshop, *, desk: Desk | None = None) -> bool:
    """Quotas and kept seats weigh one organization against another: the center and the office that asked."""
    return may_check_in(user, workshop, desk=desk)


def may_register_late(user: AbstractBaseUser | AnonymousUser, workshop: Workshop, *, desk: Desk | None = None) -> bool:
    """After the last day to register, and somebody who stands at the door."""
    return may_check_in(user, workshop, desk=desk)
