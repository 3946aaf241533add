"""Pictures of a sheet as data addresses: those of the design, and codes to point a phone at. Pure."""

from base64 import b64encode
from io import BytesIO

import segno
from PIL import Image

INK, PAPER = "#1E2A26", "#FBFAF6"  # of the style sheet
POINTS = 240  # at most, on 23 mm: below the 300 dpi at which the engine makes pictures smaller


def data_address(content: bytes, *, what: str, may_be_drawn: bool = False) -> str:
    """A picture of the design: PNG or JPEG, and SVG where it may be drawn.

    ValueError when it cannot be read: it would be left out in silence.
    """
    if may_be_drawn and is_svg(content):
        kind = "image/svg+xml"
    else:
        try:
            with Image.open(BytesIO(content)) as picture:
                kind = str(picture.get_format_mimetype())
        except OSError as error:
            raise ValueError(f"The {what} is not a picture that can be read.") from error
    return f"data:{kind};base64,{b64encode(content).decode()}"


def is_svg(content: bytes) -> bool:
    return b"<svg" in content[:1000]


def address_code(address: str) -> str:
    """A QR code as a data address; level M survives a fold or a stain of 15 % of its area."""
    return _squares(segno.make_qr(address, error="m"))


def proof_code(proof: str) -> str:
    """The signed text as a QR code: level L, raised to M where that makes it no denser.

    Its squares are half as large as those of the first code; more correction would make them smaller yet, and
    a phone gives up on small squares before it gives up on stains.
    """
    return _squares(segno.make_qr(proof, error="l"))


def _squares(code: segno.QRCode) -> str:
    """The code as a PNG of one ink on the paper: in a PDF a quarter of the bytes that its outlines would need.

    Each square is several points wide, so that a reader who softens pictures does not soften the squares.
    """
    scale = max(1, POINTS // code.symbol_size(border=0)[0])
    file = BytesIO()
    code.save(file, kind="png", border=0, scale=scale, dark=INK, light=PAPER)
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"
