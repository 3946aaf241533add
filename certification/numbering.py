"""Numbers of certificates: a pattern, and a counter for each series that leaves no gap."""

import re

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from certification.models import CertificateCounter

DIGITS = 6
_NUMBER = "{number}"
_DIGIT_BEFORE = re.compile(r"(\d)\{number\}")
_GAP = re.compile(r"\{(\w*)\}")


def check_pattern(pattern: str) -> None:
    """ValidationError for a pattern that would give two sheets one number, or print a gap that nobody fills."""
    gaps = _GAP.findall(pattern)
    if gaps.count("number") != 1 or gaps.count("year") != 1 or set(gaps) - {"office", "number", "year"}:
        raise ValidationError(
            _("Write {number} once and {year} once; {office} may stand with them, and nothing else in braces.")
        )
    if _GAP.sub("", pattern).count("{") or _GAP.sub("", pattern).count("}"):
        raise ValidationError(_("A brace is open. Write {office}, {number} and {year} with both braces."))


def series_of(pattern: str, *, office: str, fiscal_year: int) -> str:
    """The pattern with everything but the number: what is counted from 1 on, ศส.14-{number}/2570.

    Where an office that ends in a digit would meet the number, a hyphen parts them: ศส.1 and ศส.14 are two offices.
    """
    series = pattern.replace("{office}", office).replace("{year}", str(fiscal_year))
    return _DIGIT_BEFORE.sub(r"\1-{number}", series)


def number_in(series: str, running_number: int) -> str:
    """The number as it is kept and searched, in Arabic digits: ศส.14-000123/2570."""
    return series.replace(_NUMBER, f"{running_number:0{DIGITS}d}")


def next_number(series: str) -> int:
    """The counter row is locked by its update until the transaction ends: one at a time, no gap."""
    counter = CertificateCounter.objects.filter(series=series)
    if not counter.update(last=F("last") + 1):
        CertificateCounter.objects.bulk_create([CertificateCounter(series=series)], ignore_conflicts=True)
        counter.update(last=F("last") + 1)
    return counter.values_list("last", flat=True).get()
