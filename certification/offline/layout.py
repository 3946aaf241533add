"""Facts as few bytes, and back; pure. static/certification/offline/proof.js reads the same layout.

    1 version · 1 flags · 4 mark of the key · 7 code (55 bits) · 2 issued · 2 completed · 2 valid until (0: without end)
    · 4 place in the status lists (all ones: none) · 3 tenths of an hour · 3 lengths · number · name · course
    · 64 signature (r, s) over all before it

Days count from 1 January 2000. A text is in Windows-874: TIS-620, one byte for each Thai letter, with the quotation
marks and dashes that titles have. A text with another letter is in UTF-8, and a flag says so; another says that the
text was shortened.
"""

import struct
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from certification.codes import ALPHABET, check_character

VERSION = 1
SIGNATURE = 64  # bytes: r and s
ROOM = 161  # bytes for number, name and course, so that the QR has at most 57 modules at level L
LEAST = 24  # bytes of a text that are kept while another can still give way
TEXTS = ("number", "holder_name", "course_title")
_FIELDS = struct.Struct(">BB4s7sHHHI3s3B")
_EPOCH = date(2000, 1, 1)
_NO_PLACE = 0xFFFFFFFF
_LIST_SIZE = 131_072  # places in one status list
_ONE_BYTE = "cp874"  # https://encoding.spec.whatwg.org/#legacy-single-byte-encodings: windows-874


@dataclass(frozen=True)
class Facts:
    """What the second QR says. `place` is the number of the status list and the index in it; `shortened` names texts
    of which only the beginning had room."""

    code: str
    number: str
    holder_name: str
    course_title: str
    hours: Decimal
    completed_on: date
    issued_on: date
    valid_until: date | None = None
    place: tuple[int, int] | None = None
    shortened: frozenset[str] = frozenset()


def pack(facts: Facts, mark: bytes) -> bytes:
    """The bytes to be signed; `mark` is the first 4 bytes of the key's thumbprint. ValueError beyond the ranges."""
    texts, flags = [], 0
    for place, (content, is_utf8, is_cut) in enumerate(_shortened([getattr(facts, name) for name in TEXTS])):
        texts.append(content)
        flags |= is_utf8 << place | (is_cut or TEXTS[place] in facts.shortened) << place + 3
    tenths = facts.hours * 10
    if tenths != int(tenths):
        raise ValueError("Hours have at most one decimal.")
    try:
        head = _FIELDS.pack(
            VERSION,
            flags,
            mark,
            _code_number(facts.code).to_bytes(7),
            _days(facts.issued_on),
            _days(facts.completed_on),
            _days(facts.valid_until) if facts.valid_until else 0,
            _NO_PLACE if facts.place is None else facts.place[0] * _LIST_SIZE + facts.place[1],
            int(tenths).to_bytes(3),
            *map(len, texts),
        )
    except (struct.error, OverflowError) as error:
        raise ValueError(f"A fact is beyond what the QR holds: {error}") from None
    return head + b"".join(texts)


def mark_in(data: bytes) -> bytes:
    """The mark of the key that says to have signed. ValueError when the lengths or the version are not of a proof."""
    if data[:1] != bytes([VERSION]):
        raise ValueError("Another version.")
    if len(data) < _FIELDS.size + SIGNATURE:
        raise ValueError("Too short.")
    lengths = _FIELDS.unpack_from(data)[-3:]
    if len(data) != _FIELDS.size + sum(lengths) + SIGNATURE:
        raise ValueError("Its lengths do not come out.")
    return data[2:6]


def unpack(body: bytes) -> Facts:
    """What signed bytes say. ValueError for bytes that `pack` never writes: read only what is signed."""
    _version, flags, _mark, code, issued, completed, until, place, tenths, *lengths = _FIELDS.unpack_from(body)
    start, texts = _FIELDS.size, []
    for position, length in enumerate(lengths):
        texts.append(body[start : start + length].decode("utf-8" if flags >> position & 1 else _ONE_BYTE))
        start += length
    number = int.from_bytes(code)
    letters = "".join(ALPHABET[number >> 5 * position & 31] for position in reversed(range(11)))
    return Facts(
        code=letters + check_character(letters),
        number=texts[0],
        holder_name=texts[1],
        course_title=texts[2],
        hours=Decimal(int.from_bytes(tenths)) / 10,
        completed_on=_EPOCH + timedelta(completed),
        issued_on=_EPOCH + timedelta(issued),
        valid_until=_EPOCH + timedelta(until) if until else None,
        place=None if place == _NO_PLACE else divmod(place, _LIST_SIZE),
        shortened=frozenset(name for position, name in enumerate(TEXTS) if flags >> position + 3 & 1),
    )


def _days(day: date) -> int:
    return (day - _EPOCH).days


def _code_number(code: str) -> int:
    """The eleven random characters; the check character follows from them."""
    number = 0
    for letter in code[:-1]:
        number = number * 32 + ALPHABET.index(letter)
    return number


def _shortened(texts: list[str]) -> list[tuple[bytes, bool, bool]]:
    """Bytes, whether they are UTF-8, whether they were cut. The course gives way first, then the name."""
    written = [_encoded(text) for text in texts]
    rooms = [len(content) for content, _is_utf8 in written]
    for least in (LEAST, 0):
        for place in reversed(range(len(rooms))):
            rooms[place] = max(min(rooms[place], least), rooms[place] - max(0, sum(rooms) - ROOM))
    found = []
    for text, room, (content, is_utf8) in zip(texts, rooms, written, strict=True):
        is_cut = room < len(content)
        found.append((_beginning(text, room, is_utf8) if is_cut else content, is_utf8, is_cut))
    return found


def _encoded(text: str) -> tuple[bytes, bool]:
    try:
        return text.encode(_ONE_BYTE), False
    except UnicodeEncodeError:
        return text.encode(), True


def _beginning(text: str, room: int, is_utf8: bool) -> bytes:
    """As many whole letters, each with its marks, as have room."""
    encoding = "utf-8" if is_utf8 else _ONE_BYTE
    kept = len(text.encode(encoding)[:room].decode(encoding, "ignore"))
    while kept and _hangs_on(text[kept]):
        kept -= 1
    return text[:kept].rstrip().encode(encoding)


def _hangs_on(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn" or letter in "ะาำ"
