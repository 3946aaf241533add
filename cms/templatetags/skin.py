"""Template tags of the skin: how a form field is shown."""

import re

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

# Not before a repetition mark or a figure, nor after a figure: "เล็ก ๆ", "มาตรา 65", "7 ข้อ" stay together.
_PHRASE_END = re.compile(r"(?<!\d)\s+(?![ๆฯ\d])")

register = template.Library()

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-input"),
    (forms.Select, "select"),
)


@register.simple_tag
def kind_of(field: BoundField) -> str:
    """`choices` for rows of radios or checkboxes, `tick` for a single checkbox, else `line`."""
    widget = field.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's own widget, with the class of the skin beside those it has."""
    widget = field.field.widget
    name = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "input")
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{own} {name}".strip()})


@register.filter
def phrases(title: object) -> SafeString:
    """Keep each phrase of a title whole: a line breaks at the spaces first, inside a phrase only if it must."""
    parts = _PHRASE_END.split(str(title).strip())
    if len(parts) < 2:
        return format_html_join("", "{}", ((part,) for part in parts))
    return format_html_join(mark_safe(" "), '<span class="phrase">{}</span>', ((part,) for part in parts))
