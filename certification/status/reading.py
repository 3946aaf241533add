"""Reading status lists: the bit of a certificate, and a list that somebody else holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import decode_encoded_list

from certification.choices import KeyPurpose, KeyState
from certification.issuer.jws import BadSignature, Malformed, WrongAlgorithm, check_signature, unverified
from certification.keys.choosing import keys_of
from certification.models import StatusList

SKEW = timedelta(minutes=2)  # between the clocks of two servers


class ListFinding(TextChoices):
    """What came of reading a list; the label is the sentence for people."""

    GOOD = "good", _("The status list is whole and in force.")
    MALFORMED = "malformed", _("This is not a status list that can be read.")
    UNKNOWN_KEY = "unknown-key", _("The status list was not signed by a key of this academy.")
    BAD_SIGNATURE = "bad-signature", _("The status list was changed after it was signed.")
    REVOKED_KEY = "revoked-key", _("The key that signed this status list has been revoked.")
    NOT_YET_VALID = "not-yet-valid", _("The status list is not in force yet.")
    EXPIRED = "expired", _("The status list is out of date, so it does not tell whether a certificate still holds.")


@dataclass(frozen=True)
class ReadList:
    """`bits` are there only where our signature holds; an expired list proves what was revoked, never what was not."""

    finding: ListFinding
    number: int = 0
    bits: bytes = b""

    @property
    def is_good(self) -> bool:
        return self.finding == ListFinding.GOOD

    def is_set(self, index: int) -> bool:
        """IndexError for a place that the list does not have."""
        if index < 0:
            raise IndexError(index)
        return bool(self.bits[index // 8] & 0x80 >> index % 8)


def read_list(token: str, *, now: datetime) -> ReadList:
    """A status list of ours as VC-JWT, at a moment. No address in it is ever asked."""
    try:
        header, payload = unverified(token.strip())
        subject = payload["credentialSubject"]
        number = int(str(payload["id"]).rsplit("/", 1)[-1])
        begins, ends = (datetime.fromisoformat(payload[name]) for name in ("validFrom", "validUntil"))
        fragment = str(header["kid"]).partition("#")[2]
        if subject["type"] != "BitstringStatusList" or subject["statusPurpose"] != "revocation":
            return ReadList(ListFinding.MALFORMED)
    except (Malformed, KeyError, TypeError, ValueError):
        return ReadList(ListFinding.MALFORMED)
    # Compared here: a database refuses to look for what is no text.
    key = next((one for one in keys_of(KeyPurpose.BADGE) if one.kid == fragment), None)
    if key is None:
        return ReadList(ListFinding.UNKNOWN_KEY)
    try:
        check_signature(token.strip(), key)
        bits = decode_encoded_list(subject["encodedList"])
    except (BadSignature, WrongAlgorithm):
        return ReadList(ListFinding.BAD_SIGNATURE)
    except (LibOpenBadgesException, ValueError):
        return ReadList(ListFinding.MALFORMED)
    if key.state == KeyState.REVOKED:
        return ReadList(ListFinding.REVOKED_KEY, number)
    finding = ListFinding.GOOD
    if begins > now + SKEW:
        finding = ListFinding.NOT_YET_VALID
    elif ends < now:
        finding = ListFinding.EXPIRED
    return ReadList(finding, number, bits)


def is_revoked(status_list: StatusList, index: int, *, now: datetime) -> bool | None:
    """What the signed list says of a place; None when it says nothing that counts now (unsigned, expired)."""
    read = read_list(status_list.credential, now=now)
    return read.is_set(index) if read.is_good and index < StatusList.SIZE else None
