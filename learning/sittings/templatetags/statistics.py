"""Figures as they are read and drawn; what is undefined is a dash, never 0."""

from decimal import Decimal

from django import template

register = template.Library()
DASH = "–"
Figure = float | int | Decimal | None


@register.filter
def percent(share: Figure) -> str:
    """A share of 1 as whole percent: 0.456 is 46%."""
    return DASH if share is None else f"{float(share) * 100:.0f}%".replace("-0%", "0%")


@register.filter
def decimals(value: Figure, places: int = 2) -> str:
    """A figure with so many places, written with a true minus: −0.12."""
    if value is None:
        return DASH
    text = f"{float(value):.{places}f}"
    return text.replace("-", "") if float(text) == 0 else text.replace("-", "−")


@register.filter
def signed(value: Figure, places: int = 2) -> str:
    """As `decimals`, a plus before what is more than nothing."""
    text = decimals(value, places)
    return f"+{text}" if value is not None and float(f"{float(value):.{places}f}") > 0 else text


@register.filter
def opposite(value: Figure) -> Figure:
    """The same on the other side of nothing."""
    return None if value is None else -value


@register.filter
def width(share: Figure, most: int = 100) -> str:
    """A share as a length for SVG, 1 being `most` percent; a hairline at least where there is something."""
    return "0%" if not share else f"{min(1.0, max(0.004, float(share))) * most:.2f}%"
