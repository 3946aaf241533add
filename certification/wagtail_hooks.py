"""Certificate designs in the admin. A certificate keeps the words it was issued with."""

from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from certification.models import CertificateDesign


class CertificateDesignViewSet(SnippetViewSet):
    model = CertificateDesign
    icon = "doc-full-inverse"
    add_to_admin_menu = True
    menu_order = 210
    list_display = ["name", "issuer"]
    panels = [
        FieldPanel("slug"),
        FieldPanel("name"),
        FieldPanel("issuer"),
        FieldPanel("statement"),
        InlinePanel("signers", min_num=1, max_num=3),
    ]


register_snippet(CertificateDesignViewSet)
