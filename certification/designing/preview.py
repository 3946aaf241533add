"""The live preview of a design: the printed sheet as it stands in the form, saved or not."""

from base64 import b64encode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from certification.designing.sheets import facts_of_design, picture_of
from certification.models import CertificateDesign
from certification.rendering.engine import RenderingUnavailable
from certification.rendering.facts import PrintedFacts


def preview_response(request: HttpRequest, design: CertificateDesign, mode: str) -> HttpResponse:
    """A page with the sheet as a picture, or with the sentence that says why there is none."""
    picture, refusals = "", []
    try:
        picture = as_address(facts_of_design(design, mode))
    except ValidationError as error:
        refusals = error.messages
    except RenderingUnavailable:
        refusals = [_("No certificate can be drawn here: a library is missing. Ask the administrator.")]
    except (ValueError, RuntimeError):
        refusals = [_("This design cannot be printed yet. Check its texts and pictures.")]
    return TemplateResponse(
        request,
        "certification/admin/preview.html",
        {"design": design, "picture": picture, "refusals": refusals},
    )


def as_address(facts: PrintedFacts) -> str:
    """The sheet as a PNG data address."""
    return f"data:image/png;base64,{b64encode(picture_of(facts)).decode()}"
