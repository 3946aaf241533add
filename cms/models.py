"""Home page, standard pages, images: the pages that are not courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import PROSE_BLOCKS, HomeHighlightBlock


class AcademyImage(AbstractImage):
    """An image with its words in Thai and where it is from; `description` is the alt text."""

    credit = models.CharField(_("made by"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    # What a course pack calls this image: `<course>/<path>`, with the hash of the bytes it was read from.
    pack_path = models.CharField(max_length=200, blank=True, db_index=True, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        return self.description or self.title


class AcademyRendition(AbstractRendition):
    image = models.ForeignKey(AcademyImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]


class HomePage(Page):
    """The front door: what this is, for whom, and the one action."""

    headline = models.CharField(_("headline"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    highlights = StreamField([("highlight", HomeHighlightBlock())], verbose_name=_("highlights"), blank=True, max_num=6)
    body = StreamField(PROSE_BLOCKS, verbose_name=_("text"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("highlights"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("headline"), index.SearchField("introduction")]
    max_count = 1
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(Page):
    """A page of text: about us, privacy, help."""

    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    body = StreamField(PROSE_BLOCKS, verbose_name=_("text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    template = "cms/standard_page.html"
    show_in_menus_default = True

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
