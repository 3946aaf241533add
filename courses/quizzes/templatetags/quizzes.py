"""How the texts of a question come onto a page."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString, mark_safe

from courses.quizzes.choices import Format
from courses.quizzes.markup import clean_html

register = template.Library()


@register.filter
def said(text: str, written_as: str = Format.PLAIN) -> SafeString:
    """Plain text with its line breaks, or HTML of which only the harmless is let through."""
    if written_as == Format.HTML:
        return mark_safe(clean_html(str(text)))  # noqa: S308  only the harmless is left
    return linebreaksbr(str(text))


@register.filter
def of(entries: object, key: object) -> object:
    """What stands under a key; nothing when there is no such entry."""
    return entries.get(key, "") if isinstance(entries, dict) else ""
