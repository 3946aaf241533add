"""A file of questions to be read."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.quizzes.choices import FileFormat
from courses.quizzes.models import Category
from courses.quizzes.reading.drafts import Unreadable
from courses.quizzes.reading.files import MAX_BYTES, format_of


class ImportForm(forms.Form):
    """The file, its format unless its name tells it, and where questions without a category go."""

    file = forms.FileField(label=_("File"), help_text=_("GIFT, Aiken, Moodle XML, XLSX or CSV, at most 10 MB."))
    format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[("", _("Told by the name of the file")), *FileFormat.choices]
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.all(),
        help_text=_("For questions of which the file names no category."),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(gettext("This file is larger than 10 MB. Split it."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file and not cleaned.get("format"):
            try:
                cleaned["format"] = format_of(file.name, file.read())
            except Unreadable as error:
                self.add_error("file", error.sentence)
            file.seek(0)
        return cleaned
