"""Signing status lists: in the transaction that changes a bit, and once a day, long before their time is over."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from openbadgeslib.ob3 import build_status_list_credential

from certification.choices import CertificateState, KeyPurpose, KeyState
from certification.issuer.identity import issuer_did, key_address, site_address
from certification.issuer.jws import sign_token
from certification.keys import KeyUnavailable
from certification.keys.choosing import active_key
from certification.models import Certificate, StatusList

# An old copy can be shown for so long after a revocation; a signer out of reach over long holidays stops nothing.
VALID_FOR = timedelta(days=7)
RENEWED_AFTER = timedelta(hours=20)
FRESH_FOR = timedelta(minutes=5)  # what a program may keep without asking again


def list_address(status_list: StatusList) -> str:
    return f"{site_address()}/status/{status_list.number}"


@transaction.atomic
def sign_anew(status_list: StatusList) -> None:
    """Sign the list as the certificates stand now; call it after the change, in the same transaction.

    The row of the list is locked first: of two revocations at once the second waits, then sees both. Revoked and
    replaced certificates are set. KeyUnavailable when there is no key: then the change must not happen either.
    """
    key = active_key(KeyPurpose.BADGE)
    if key is None:
        raise KeyUnavailable("There is no active key for badges, so the status list cannot be signed.")
    locked = StatusList.objects.select_for_update().get(pk=status_list.pk)
    now = timezone.now().replace(microsecond=0)
    address = list_address(locked)
    body = build_status_list_credential(
        issuer_did(),
        address,
        "revocation",
        ended_places(locked),
        size_bits=StatusList.SIZE,
        issued=now.astimezone(UTC),
        valid_until=(now + VALID_FOR).astimezone(UTC),
        ttl=int(FRESH_FOR.total_seconds() * 1000),
    )
    claims = {**body, "iss": body["issuer"], "jti": address, "nbf": _seconds(now), "exp": _seconds(now + VALID_FOR)}
    locked.credential = sign_token(claims, key=key, kid=key_address(key), typ="vc+jwt")
    locked.key, locked.signed_at, locked.valid_until = key, now, now + VALID_FOR
    locked.save(update_fields=["credential", "key", "signed_at", "valid_until"])


def sign_every_list() -> int:
    """After a key was rotated or revoked: every list by the key that is active now. How many were signed.

    The newest first, in the order in which a replacement locks them.
    """
    lists = list(StatusList.objects.order_by("-number"))
    for status_list in lists:
        sign_anew(status_list)
    return len(lists)


def lists_to_renew(now: datetime) -> QuerySet[StatusList]:
    """Not signed yet, not since yesterday, or by a key that signs no more."""
    return StatusList.objects.filter(
        Q(signed_at__isnull=True) | Q(signed_at__lte=now - RENEWED_AFTER) | ~Q(key__state=KeyState.ACTIVE)
    )


def ended_places(status_list: StatusList) -> list[int]:
    """The places whose certificates no longer hold."""
    ended = Certificate.objects.filter(status_list=status_list).exclude(state=CertificateState.VALID)
    return [place for place in ended.values_list("status_index", flat=True) if place is not None]


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
