"""What `manage.py check --database default` says of the keys, and each `migrate` before it begins."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from certification.keys.readiness import warnings_of_end

ENDS_SOON = "certification.W001"


@register(Tags.database)
def certificates_of_keys_last(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning for each signing key whose certificate ends soon; a database without its tables has none."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        return [Warning(sentence, id=ENDS_SOON) for sentence in warnings_of_end()]
    except DatabaseError:
        return []
