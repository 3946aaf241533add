"""A package to bring in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.quizzes.models import Category


class UploadForm(forms.Form):
    """The file, and the category of its questions."""

    file = forms.FileField(
        label=_("The H5P package"),
        max_length=200,
        allow_empty_file=True,  # the check says it better
        help_text=_("A file that ends in .h5p, at most 64 MB. It may come from Moodle, Lumi, WordPress or h5p.org."),
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
    )
    category = forms.CharField(
        label=_("Category of the questions"),
        required=False,
        max_length=250,
        help_text=_("One that is there already, or a new one. Empty: “Read in from H5P”."),
        widget=forms.TextInput(attrs={"list": "h5p-categories", "autocomplete": "off"}),
    )

    @property
    def categories(self) -> list[str]:
        return list(Category.objects.values_list("category", flat=True).order_by("category")[:500])
