"""Thai dates, digits and amounts: `{{ day|be:"formal" }}`, `{{ number|thaidigits }}`, `{{ fee|baht }}`."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.utils.translation import ngettext

from cms.thai.dates import format_be
from cms.thai.digits import to_thai

register = template.Library()


@register.filter
def be(value: date | None, style: str = "long") -> str:
    """A date in the Buddhist Era; nothing for no date. The styles are those of `format_be`."""
    return format_be(value, style) if value else ""


@register.filter
def thaidigits(value: object) -> str:
    """The value with Thai digits; nothing for None."""
    return "" if value is None else to_thai(value)


@register.filter
def duration(minutes: int) -> str:
    """Minutes in words: 45 นาที, 2 ชั่วโมง, 3 ชั่วโมง 30 นาที."""
    hours, rest = divmod(int(minutes), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return " ".join(parts)


@register.filter
def baht(value: Decimal | float | str | None) -> str:
    """An amount in baht and satang, half a satang up: 12500 → 12,500.00; nothing for no number."""
    try:
        amount = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    except InvalidOperation:
        return ""
    return f"{amount:,.2f}"
