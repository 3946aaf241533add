"""The square on a ticket."""

import segno


def square(ticket: str) -> str:
    """A ticket as an inline SVG without a size of its own: 37 modules at level M, and a margin of two on each side.

    A ticket has only signs of base45, which a QR code holds in its alphanumeric mode: print it at least 20 mm wide.
    """
    return segno.make_qr(ticket, error="m").svg_inline(omitsize=True, border=2, lineclass=None, svgclass=None)
