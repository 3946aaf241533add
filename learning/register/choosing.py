"""What may be chosen on the pages where organizations merge and split."""

from collections.abc import Iterable

from django.db.models import QuerySet

from learning.duties.queries import organizations_kept_by
from learning.organizations.choices import Kind, OrganizationState
from learning.organizations.kinds import sort_of
from learning.organizations.models import Organization
from learning.organizations.queries import organizations_holding
from learning.people.models import User
from learning.register.reach import Viewer

LONGEST_ID = 18


def mergeable(source: Organization, *, by: Viewer, text: str = "") -> QuerySet[Organization]:
    """Active organizations of the same sort, in the register that `by` keeps, that an organization may merge into."""
    kinds = [kind for kind in Kind if sort_of(kind) == sort_of(source.kind)]
    found = organizations_kept_by(by).filter(organizations_holding(text)) if text else organizations_kept_by(by)
    return (
        found.filter(state=OrganizationState.ACTIVE, kind__in=kinds)
        .exclude(pk=source.pk)
        .select_related("province", "district")
    )


def people_chosen(people: QuerySet[User], sent: Iterable[str]) -> list[User]:
    """Those of a list whose boxes were ticked; anything else that was sent is left out."""
    keys = {int(one) for one in sent if one.isascii() and one.isdigit() and len(one) <= LONGEST_ID}
    return list(people.filter(pk__in=keys)) if keys else []
