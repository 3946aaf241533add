"""Who can do more than learn: what such a person signs in with is not for an office to write."""

from django.db.models import Exists, OuterRef, Q

from learning.duties.models import Duty
from learning.people.models import User


def with_rights() -> Q:
    """People with any duty, past, present or coming, of the staff, or with a group or permission of their own.

    A duty that has ended counts too: when it is given again, it is given to the same account.
    """
    of_this = {"user": OuterRef("pk")}
    return (
        Q(is_staff=True)
        | Q(is_superuser=True)
        | Q(Exists(Duty.objects.filter(**of_this)))
        | Q(Exists(User.groups.through.objects.filter(**of_this)))
        | Q(Exists(User.user_permissions.through.objects.filter(**of_this)))
    )


def holds_rights(person: User) -> bool:
    """Whether somebody is one of `with_rights`. One query."""
    return User.objects.filter(with_rights(), pk=person.pk).exists()
