"""The states of a package on its way into the question bank."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PackageState(TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    READ = "read", _("Read in")
    REFUSED = "refused", _("Refused")


TRANSITIONS: dict[str, frozenset[str]] = {
    PackageState.WAITING: frozenset({PackageState.READING, PackageState.REFUSED}),
    # Back to WAITING when its worker is gone.
    PackageState.READING: frozenset({PackageState.READ, PackageState.REFUSED, PackageState.WAITING}),
}
WORKING = (PackageState.WAITING, PackageState.READING)
