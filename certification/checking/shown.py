"""What anyone who holds a code is told: everything on the sheet, and what became of it since. Read in one query."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from certification.checking.compiled import RowByCode
from certification.checking.standing import Standing, standing_of
from certification.choices import CertificateState, Origin
from certification.models import Certificate

_COLUMNS = (
    "code",
    "number",
    "origin",
    "state",
    "holder_name",
    "holder_name_en",
    "holder_role",
    "statement",
    "course_title",
    "hours",
    "started_on",
    "completed_on",
    "issued_on",
    "valid_until",
    "issuer",
    "signers",
    "verify_url",
    "ended_at",
    "reason",
    "rendered_at",
    "sha256",
    "byte_count",
    "badge_key_id",
    "replaced_by__code",
    "replaced_by__state",
    "document_key__state",
    "document_key__is_test",
    "approval_key__state",
    "approval_key__is_test",
)


_ROW = RowByCode(Certificate.objects.all(), _COLUMNS)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is shown. Who revoked it is not among it: a name of an officer helps nobody who checks."""

    code: str
    number: str
    origin: str
    state: str
    holder_name: str
    holder_name_en: str
    holder_role: str
    statement: str
    course_title: str
    hours: Decimal
    started_on: date | None
    completed_on: date
    issued_on: date
    valid_until: date | None
    issuer: str
    signers: list[dict[str, str]]
    verify_url: str
    ended_at: datetime | None
    reason: str
    rendered_at: datetime | None
    sha256: str
    byte_count: int
    badge_key_id: int | None
    replaced_by: str | None
    replaced_by_state: str | None
    document_key_state: str | None
    document_key_is_test: bool | None
    approval_key_state: str | None
    approval_key_is_test: bool | None

    @property
    def standing(self) -> Standing:
        keys = {state for state in (self.document_key_state, self.approval_key_state) if state}
        return standing_of(
            state=self.state, origin=self.origin, valid_until=self.valid_until, key_states=keys, today=localdate()
        )

    @property
    def is_recorded(self) -> bool:
        return self.origin == Origin.RECORDED

    @property
    def is_followed(self) -> bool:
        """By one that has not ended itself."""
        return self.replaced_by_state == CertificateState.VALID

    @property
    def has_file(self) -> bool:
        return self.rendered_at is not None

    @property
    def has_badge(self) -> bool:
        return self.badge_key_id is not None

    @property
    def is_signed_for_trial(self) -> bool:
        """By a key of a test authority: for trying out, and no proof."""
        return bool(self.document_key_is_test or self.approval_key_is_test)

    def as_dict(self) -> dict[str, Any]:
        """For machines; dates are ISO 8601, Gregorian. Docs: docs/certificates.md."""
        standing = self.standing
        return {
            "code": self.code,
            "number": self.number,
            "origin": self.origin,
            "standing": str(standing),
            "counts": standing == Standing.VALID,
            "holder_name": self.holder_name,
            "holder_name_en": self.holder_name_en,
            "holder_role": self.holder_role,
            "statement": self.statement,
            "course_title": self.course_title,
            "hours": f"{self.hours:.1f}",
            "started_on": _iso(self.started_on),
            "completed_on": _iso(self.completed_on),
            "issued_on": _iso(self.issued_on),
            "valid_until": _iso(self.valid_until),
            "issuer": self.issuer,
            "signers": [{"name": one["name"], "position": one["position"]} for one in self.signers],
            "ended_on": _iso(localdate(self.ended_at)) if self.ended_at else None,
            "reason": self.reason,
            "replaced_by": self.replaced_by,
            "sha256": self.sha256 or None,
            "byte_count": self.byte_count or None,
            "is_from_test_authority": self.is_signed_for_trial,
            "verify_url": self.verify_url,
        }


def shown_certificate(code: str) -> Shown | None:
    """One query; None when the code was never given out."""
    row = _ROW.get(code)
    return Shown(*row) if row else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
