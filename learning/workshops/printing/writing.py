"""HTML of a paper's template, laid out with the style sheet beside it."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from certification.rendering.engine import write_pdf

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "workshops" / "paper"


def write(name: str, context: dict[str, Any]) -> bytes:
    """Print `<name>.html` with `<name>.css`. Raises RenderingUnavailable when the libraries that draw are missing."""
    with translation.override("th"):
        html = render_to_string(f"workshops/paper/{name}.html", context)
    return write_pdf(html, css=TEMPLATES / f"{name}.css")
