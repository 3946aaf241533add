"""The color profile that a sheet names for its colors: sRGB (IEC 61966-2-1) as an ICC profile, in the fewest bytes.

PDF/A asks for one inside each file. The numbers are those of the standard, adapted to D50 as ICC.1:2004-10 (version
4.2) has it; one curve serves the three colors.
"""

import struct

NAME = "sRGB"
# X, Y, Z of the colors under D50, the white of D50, and the matrix that adapts D65 to it (Bradford).
RED = (0.43606567, 0.22248840, 0.01391602)
GREEN = (0.38514709, 0.71687317, 0.09707642)
BLUE = (0.14306641, 0.06060791, 0.71409607)
WHITE = (0.96420288, 1.0, 0.82490540)
ADAPTED = (
    *(1.04788208, 0.02291870, -0.05021667),
    *(0.02958679, 0.99047852, -0.01707458),
    *(-0.00924683, 0.01507568, 0.75167847),
)
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # parametric, type 3
MADE = (2026, 1, 1, 0, 0, 0)


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">l", round(number * 65536)) for number in numbers)


def _words(text: str) -> bytes:
    said = text.encode("utf-16-be")
    return struct.pack(">4sLLL2s2sLL", b"mluc", 0, 1, 12, b"en", b"US", len(said), 28) + said


def _color(numbers: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*numbers)


def _profile() -> bytes:
    curve = b"para" + struct.pack(">LHH", 0, 3, 0) + _fixed(*CURVE)
    tags = {
        b"desc": _words(NAME),
        b"cprt": _words("CC0"),
        b"wtpt": _color(WHITE),
        b"chad": b"sf32" + bytes(4) + _fixed(*ADAPTED),
        b"rXYZ": _color(RED),
        b"gXYZ": _color(GREEN),
        b"bXYZ": _color(BLUE),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, body, places = struct.pack(">L", len(tags)), b"", {}
    first = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        if data not in places:
            places[data] = first + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sLL", name, places[data], len(data))
    header = struct.pack(
        ">L4sL4s4s4s6H4s4sL4s4sQL12s4s44s",
        first + len(body), bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ", *MADE,
        b"acsp", bytes(4), 0, bytes(4), bytes(4), 0, 0, _fixed(*WHITE), bytes(4), bytes(44),
    )  # fmt: skip
    return header + table + body


SRGB = _profile()
