"""The sheet of paper: printed facts in, HTML out. Sizes are chosen here, so that every text has its room."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import NamedTuple

import segno
from django.template import Context, Engine, Template
from PIL import Image

from certification.rendering.facts import PrintedFacts, Signer
from certification.rendering.text_map import advances
from cms.thai.dates import format_be
from cms.thai.digits import to_thai

TEMPLATES = Path(__file__).parent.parent / "templates" / "certification"
INK = "#1E2A26"
POINTS_PER_MM = 72 / 25.4
LINE_MM = 218  # the longest line of the sheet
FILLED = 0.92  # of a line that ends where the next word would be too long
SIGNER_MM = {1: 150, 2: 76, 3: 51}  # room for each, by the number of signers


class Fit(NamedTuple):
    """Type size in points and width in millimetres of a block."""

    size: str
    width: str


class UnprintableText(ValueError):
    """A fact holds characters that the typeface cannot draw: they would come out as empty boxes."""


def html(facts: PrintedFacts) -> str:
    """The sheet as HTML, to be laid out with sheet.css.

    Raises UnprintableText, and ValueError for a signature that is no picture.
    """
    _refuse_unprintable(facts)
    address = facts.verify_url.partition("://")[2]
    context = {
        "facts": facts,
        "name": _fit(facts.name, bold=True, sizes=range(36, 5, -1), lines=1),
        "organization": _fit(facts.organization, bold=False, sizes=(15, 14, 13, 12, 11), lines=2),
        "issuer": _fit(facts.issuer, bold=True, sizes=range(17, 7, -1), lines=1),
        "course": _fit(f"“{facts.course_title}”", bold=True, sizes=(24, 23, 22, 21, 20, 18, 16, 14), lines=2),
        "hours": to_thai(f"{facts.hours.normalize():f}"),
        "completed_on": format_be(facts.completed_on, "formal"),
        "issued_on": format_be(facts.issued_on, "formal"),
        "signers": [_printed(signer, len(facts.signers)) for signer in facts.signers],
        "signer_count": str(len(facts.signers)),  # a number would be localized by the site's settings
        "code": "-".join(facts.code[start : start + 4] for start in range(0, len(facts.code), 4)),
        "qr": _qr(facts.verify_url),
        "address": {
            "text": address,
            "fit": _fit(address, bold=False, sizes=range(9, 4, -1), lines=1, room=50),
        },
    }
    return _template().render(Context(context))


@cache
def _template() -> Template:
    # Not the site's loader: a certificate must look the same whatever the site overrides.
    return Engine(dirs=[str(TEMPLATES)]).get_template("sheet.html")


def _refuse_unprintable(facts: PrintedFacts) -> None:
    values = [getattr(facts, field.name) for field in fields(facts)]
    texts = [value for value in values if isinstance(value, str)]
    for signer in facts.signers:
        texts += [signer.name, *signer.position.splitlines()]
    unknown = sorted(set("".join(texts)) - advances(bold=True).keys())
    if unknown:
        names = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in unknown)
        raise UnprintableText(f"The typeface cannot draw {names}.")


def _fit(text: str, *, bold: bool, sizes: Iterable[int], lines: int, room: float = LINE_MM) -> Fit:
    """The first size at which `text` needs no more than `lines`, and the width that makes them even.

    When none is small enough: the last one, in the full width, and what follows moves down.
    """
    em = sum(map(advances(bold=bold).__getitem__, text))
    for size in sizes:
        width = em * size / POINTS_PER_MM
        if width <= room * (1 if lines == 1 else lines * FILLED):
            break
    else:
        width = 0
    if width > room:
        room = min(room, width / ceil(width / (room * FILLED)) / FILLED)
    return Fit(f"{size}pt", f"{room:.0f}mm")


def _printed(signer: Signer, count: int) -> dict[str, object]:
    room = SIGNER_MM[count]
    return {
        "name": signer.name,
        "fit": _fit(f"({signer.name})", bold=False, sizes=range(14, 5, -1), lines=1, room=room),
        "position": [
            {"text": line, "fit": _fit(line, bold=False, sizes=(12, 11, 10, 9), lines=2, room=room)}
            for line in signer.position.splitlines()
        ],
        "image": signer.image and _picture(signer),
    }


def _picture(signer: Signer) -> str:
    """A signature as a data address. ValueError when it cannot be read: it would be left out in silence."""
    try:
        with Image.open(BytesIO(signer.image)) as picture:
            kind = picture.get_format_mimetype()
    except OSError as error:
        raise ValueError(f"The signature of {signer.name} is not a picture that can be read.") from error
    return f"data:{kind};base64,{b64encode(signer.image).decode()}"


def _qr(address: str) -> str:
    """A QR code as an SVG data address; level M survives a fold or a stain of 15 % of its area."""
    code = segno.make_qr(address, error="m")
    return code.svg_data_uri(border=0, dark=INK, omitsize=True, svgclass=None, lineclass=None)
