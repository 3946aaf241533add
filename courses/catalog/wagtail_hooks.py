"""Learning paths in the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.catalog.models import LearningPath


class LearningPathViewSet(SnippetViewSet):
    model = LearningPath
    icon = "list-ol"
    add_to_admin_menu = True
    menu_order = 215
    list_display = ["title", "summary"]
    search_fields = ["title"]
    search_backend_name = None


register_snippet(LearningPathViewSet)
