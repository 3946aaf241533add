"""Blocks that every page may use; a template each in `templates/cms/blocks/`."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class ProseBlock(blocks.RichTextBlock):
    """Paragraphs, two levels of headings, lists, links."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/prose.html"


class CaptionedImageBlock(blocks.StructBlock):
    """A picture with its alt text in Thai and a caption."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("What the picture shows"), help_text=_("For people who cannot see it."), max_length=300
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Image with caption")
        template = "cms/blocks/image.html"


class CalloutBlock(blocks.StructBlock):
    """A remark beside the text: a note, a tip, a warning, the law."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("note", _("Note")), ("tip", _("Tip")), ("warning", _("Warning")), ("law", _("The law"))],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = ProseBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "cms/blocks/callout.html"


class HomeHighlightBlock(blocks.StructBlock):
    """One thing the academy offers."""

    drawing = blocks.ChoiceBlock(
        label=_("Drawing"),
        choices=[
            ("book", _("Book")),
            ("phone", _("Phone")),
            ("certificate", _("Certificate")),
            ("people", _("People")),
            ("ledger", _("Ledger")),
            ("rice", _("Rice")),
        ],
    )
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=240)

    class Meta:
        icon = "pick"
        label = _("Highlight")
        template = "cms/blocks/highlight.html"


PROSE_BLOCKS = [
    ("text", ProseBlock()),
    ("image", CaptionedImageBlock()),
    ("callout", CalloutBlock()),
]
