"""The admin in Thai type."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def room_for_stacked_marks() -> SafeString:
    """Wagtail's title field clips tone marks: its lines are as tall as Latin letters."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("insert_editor_js")
def thai_words_for_tables() -> SafeString:
    """Deferred: after the table editor has been read, before the first table is drawn."""
    return format_html('<script src="{}" defer></script>', static("cms/table_words.js"))
