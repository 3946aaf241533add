"""Badges and status lists as they are asked for: kept at the first asking, never served out of date."""

import json
from datetime import datetime, timedelta

from django.db import transaction

from certification.badge.making import credential_with_proof
from certification.choices import KeyPurpose, KeyState
from certification.keys import KeyUnavailable
from certification.keys.choosing import active_key
from certification.models import Certificate, StatusList
from certification.status.signing import FRESH_FOR, lists_to_renew, sign_anew


@transaction.atomic
def keep_with_proof(certificate: Certificate) -> str:
    """The badge as JSON with its proof: signed when it is asked for first, the same text ever after.

    Raises KeyUnavailable. For a certificate whose token is kept already.
    """
    if certificate.credential_json:
        return certificate.credential_json
    locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if not locked.credential_json:
        key = active_key(KeyPurpose.BADGE)
        if key is None:
            raise KeyUnavailable("There is no active key for badges.")
        document = credential_with_proof(locked, key=key)
        locked.credential_json = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        locked.save(update_fields=["credential_json"])
    certificate.credential_json = locked.credential_json
    return locked.credential_json


@transaction.atomic
def list_in_force(number: int, *, now: datetime) -> StatusList | None:
    """The signed list, as it is kept; None when there is none of this number.

    Where the daily renewal did not come, the list is renewed by whoever asks: one that is out of date, or that a
    revoked key signed, is never handed out. Raises KeyUnavailable when it cannot be signed.
    """
    found = StatusList.objects.select_related("key").filter(number=number).first()
    if found is None or _is_in_force(found, now):
        return found
    locked = StatusList.objects.select_for_update().get(pk=found.pk)
    if not _is_in_force(locked, now):
        sign_anew(locked)
        locked.refresh_from_db()
    return locked


def renew_lists(*, now: datetime) -> tuple[int, int]:
    """Sign anew what is from yesterday, was never signed, or bears a key that signs no more; how many, of how many."""
    due = list(lists_to_renew(now).order_by("-number"))
    signed = 0
    for status_list in due:
        try:
            sign_anew(status_list)
        except KeyUnavailable:
            break
        signed += 1
    return signed, len(due)


def _is_in_force(status_list: StatusList, now: datetime, margin: timedelta = FRESH_FOR) -> bool:
    """Signed by a key that holds, with more time left than programs keep it for."""
    return (
        status_list.valid_until is not None
        and status_list.valid_until > now + margin
        and status_list.key is not None
        and status_list.key.state != KeyState.REVOKED
    )
