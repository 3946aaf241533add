"""The register narrowed to what its address asks: the page, the exports and the worker ask alike. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from certification.choices import CertificateState, Origin
from certification.codes import is_well_formed, read_code
from certification.models import Certificate
from cms.thai.digits import to_arabic
from cms.thai.words import normalise
from learning.records.models import BatchItem
from learning.workshops.models import Seat

MOST_WORDS = 5
EXPIRED, WAITING = "expired", "waiting"
# Ends with the key: the pages of a list never show a row twice.
BY_NUMBER = ("fiscal_year", "series", "running_number", "number", "pk")
NEWEST_FIRST = tuple(f"-{name}" for name in BY_NUMBER)
HEAVY = ("credential", "credential_json", "signers")
# Their state belongs to that of a certificate; their chains would be most of a page's memory.
KEYS = ("document_key", "approval_key")
HEAVY_OF_KEYS = tuple(f"{key}__{name}" for key in KEYS for name in ("chain", "public_jwk"))
_RUNNING = re.compile(r"(\d{1,6})(?:/(\d{4}))?")
_LATIN = re.compile("[A-Za-z]")


def narrowed(certificates: QuerySet[Certificate], asked: Mapping[str, str]) -> QuerySet[Certificate]:
    """What is asked is the cleaned data of the filters: values that are known, or nothing."""
    condition = Q()
    if text := normalise(asked.get("q", "")):
        condition &= called(text)
    if words := normalise(asked.get("organization", "")).split():
        condition &= _holding("organization_name", words)
    for name, column in (("year", "fiscal_year"), ("center", "center_number")):
        if value := asked.get(name):
            condition &= Q(**{column: int(value)})
    for name, column in (("province", "province_code"), ("district", "district_code"), ("origin", "origin")):
        if value := asked.get(name):
            condition &= Q(**{column: value})
    if course := asked.get("course"):
        condition &= Q(subject=f"course:{course}")
    if workshop := asked.get("workshop"):
        seats = Seat.objects.filter(workshop=int(workshop), certificate__isnull=False)
        condition &= Q(pk__in=seats.order_by().values("certificate"))
    if batch := asked.get("batch"):
        lines = BatchItem.objects.filter(batch=int(batch), certificate__isnull=False)
        condition &= Q(pk__in=lines.order_by().values("certificate"))
    if state := asked.get("state"):
        condition &= in_state(state)
    return certificates.filter(condition)


def called(text: str) -> Q:
    """A code as somebody types it; a number in either digits, whole, its beginning or the running number; a name."""
    code = read_code(text)
    if is_well_formed(code):
        return Q(code=code)
    written = to_arabic(text)
    if match := _RUNNING.fullmatch(written):
        year = Q(fiscal_year=int(match[2])) if match[2] else Q()
        return Q(running_number=int(match[1])) & year | Q(number__startswith=written)
    if any(sign.isdigit() for sign in written):
        return Q(number__startswith=written)
    return _holding("holder_name", text.split())


def _holding(column: str, words: list[str]) -> Q:
    """Thai letters have no case, so only Latin ones pay for being compared without it."""
    condition = Q()
    for word in words[:MOST_WORDS]:
        way = "icontains" if _LATIN.search(word) else "contains"
        condition &= Q(**{f"{column}__{way}": word})
    return condition


def in_state(state: str, *, today: date | None = None) -> Q:
    """Valid and not past its last day, past it, revoked, replaced; or issued, not ended, and still without its file."""
    today = today or timezone.localdate()
    if state == WAITING:
        return Q(origin=Origin.ISSUED, rendered_at__isnull=True, state=CertificateState.VALID)
    if state == EXPIRED:
        return Q(state=CertificateState.VALID, valid_until__lt=today)
    if state == CertificateState.VALID:
        return Q(state=state) & (Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    return Q(state=state)


def totals(certificates: QuerySet[Certificate]) -> dict[str, int]:
    """How many there are, and of them in each state; one query."""
    wanted = {name: Count("pk", filter=in_state(name)) for name in (*CertificateState.values, EXPIRED, WAITING)}
    recorded = Count("pk", filter=Q(origin=Origin.RECORDED))
    return certificates.order_by().aggregate(total=Count("pk"), recorded=recorded, **wanted)
