"""Pictures of a sheet as data addresses: those of the design, and codes to point a phone at. Pure."""

from base64 import b64encode
from io import BytesIO

import segno
from PIL import Image

INK = "#1E2A26"


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
    """A QR code as an SVG data address; level M survives a fold or a stain of 15 % of its area."""
    return _svg(segno.make_qr(address, error="m"))


def proof_code(proof: str) -> str:
    """The signed text as a QR code: level L, raised to M where that makes it no denser.

    Its squares are half as large as those of the first code; more correction would make them smaller yet, and
    a phone gives up on small squares before it gives up on stains.
    """
    return _svg(segno.make_qr(proof, error="l"))


def _svg(code: segno.QRCode) -> str:
    return str(code.svg_data_uri(border=0, dark=INK, omitsize=True, svgclass=None, lineclass=None))
