"""What the sheet of components shows: names of icons and drawings, and a form with every kind of field."""

from django import forms
from django.utils.translation import gettext_lazy as _

# fmt: off
DRAWINGS = [
    "book", "certificate", "hands", "ledger", "lock", "people", "phone", "rice", "search", "seedling",
    "signal", "signpost",
]

ICONS = [
    "menu", "search", "user", "people", "home", "book", "certificate", "lock", "edit", "exit", "globe",
    "chevron-down", "chevron-right", "arrow-right", "arrow-left", "check", "check-circle", "circle",
    "close", "plus", "minus", "alert", "info", "tip", "law", "note", "clock", "calendar", "place", "phone",
    "mail", "download", "upload", "print", "document", "level", "chart", "quiz", "play", "trash", "refresh",
    "bell",
]
# fmt: on


class GalleryForm(forms.Form):
    """One field of each kind; it saves nothing."""

    name = forms.CharField(label=_("Name of the cooperative"), help_text=_("As it stands in the registration."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    kind = forms.ChoiceField(
        label=_("Your part in it"),
        widget=forms.RadioSelect,
        choices=[("board", _("Board members")), ("member", _("Members"))],
    )
    days = forms.MultipleChoiceField(
        label=_("Days that suit you"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", _("Monday")), ("tue", _("Tuesday"))],
        required=False,
    )
    province = forms.ChoiceField(label=_("Province"), choices=[("", "—"), ("40", "ขอนแก่น"), ("50", "เชียงใหม่")])
    note = forms.CharField(label=_("Anything else?"), widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label=_("I have read the privacy notice."))
    letter = forms.FileField(label=_("Letter of the cooperative"), required=False)
