"""A PDF written from its beginning to its end: each object goes to the disk when it comes, and only its place is kept.

qpdf keeps 6 kB of memory for each object of a file that it puts together: 600 MB of a worker for 2,000 sheets.
"""

import hashlib
import struct
import zlib
from typing import IO, Any, NamedTuple

import pikepdf

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
TOGETHER = 100  # objects that are not streams are packed in streams of so many (ISO 32000-1, 7.5.7)
NOT_COPIED = "/Length"  # written anew
NOT_YET = 0  # the number of nothing


class Reference(NamedTuple):
    """An object of the file that is being written."""

    number: int


class PdfWriter:
    """Numbers are given from 1 on; number 0 is the free one."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]  # kind, where, which
        self._known: dict[bytes, int] = {}
        self._waiting: list[tuple[int, bytes]] = []
        out.write(HEADER)

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._places.append((0, 0, 0))
        return len(self._places) - 1

    def add(self, thing: Any, copied: dict[tuple[int, int], int], *, number: int = 0) -> int:
        """Write a stream, dictionary or array of another file with everything it names; gives its number.

        `copied` are the objects of that file which are here by now, or have a number already. The same bytes are
        written once, unless the object has a `number` reserved for it, as pages have, or names itself.
        """
        here = thing.objgen if isinstance(thing, pikepdf.Object) and thing.is_indirect else None
        if here:
            copied.setdefault(here, NOT_YET)
        if isinstance(thing, pikepdf.Stream):
            names = {name: thing[name] for name in thing.keys() if name != NOT_COPIED}  # noqa: SIM118  gives pairs
            body, data = self._said(names, copied), thing.read_raw_bytes()
            key = hashlib.sha256(body + b"stream" + data).digest()
        else:
            body, data = self._said(thing, copied), None
            key = hashlib.sha256(body).digest()
        number = number or (copied[here] if here else 0)
        if not number and key in self._known:
            return self._known[key]
        number = number or self.reserve()
        if data is None:
            self.write(number, body)
        else:
            self._write_stream(number, body, data)
        self._known.setdefault(key, number)
        return number

    def _said(self, thing: Any, copied: dict[tuple[int, int], int]) -> bytes:
        """An object as it is written, its references those of this file."""
        if isinstance(thing, pikepdf.Array):
            return b"[%b]" % b" ".join(self._inside(one, copied) for one in thing)
        items = {name: thing[name] for name in thing.keys()}  # noqa: SIM118  a dictionary of pikepdf gives pairs
        return b"<<%b>>" % b"".join(
            b"%b %b" % (pikepdf.Name(name).unparse(), self._inside(value, copied)) for name, value in items.items()
        )

    def _inside(self, value: Any, copied: dict[tuple[int, int], int]) -> bytes:
        if isinstance(value, Reference):
            return b"%d 0 R" % value.number
        if not isinstance(value, pikepdf.Stream | pikepdf.Dictionary | pikepdf.Array):
            if isinstance(value, pikepdf.Object):  # a name or a text, which may be kept apart as well
                return bytes(value.unparse(resolved=True))
            return bytes(pikepdf.Array([value]).unparse()[1:-1].strip())
        if not value.is_indirect:
            return self._said(value, copied)
        if value.objgen not in copied:
            copied[value.objgen] = self.add(value, copied)
        elif copied[value.objgen] == NOT_YET:  # it is being written: it names itself
            copied[value.objgen] = self.reserve()
        return b"%d 0 R" % copied[value.objgen]

    def write(self, number: int, body: bytes) -> None:
        """What is no stream waits for others, to be packed with them."""
        self._waiting.append((number, body))
        if len(self._waiting) == TOGETHER:
            self._pack()

    def _pack(self) -> None:
        heads, bodies, place = [], [], 0
        for number, body in self._waiting:
            heads.append(b"%d %d" % (number, place))
            bodies.append(body)
            place += len(body) + 1
        head = b" ".join(heads) + b"\n"
        facts = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode>>" % (len(bodies), len(head))
        holder = self._write_stream(self.reserve(), facts, zlib.compress(head + b"\n".join(bodies), 9))
        for which, (number, _body) in enumerate(self._waiting):
            self._places[number] = (2, holder, which)
        self._waiting = []

    def _write_stream(self, number: int, facts: bytes, data: bytes) -> int:
        self._places[number] = (1, self._out.tell(), 0)
        head = b"%d 0 obj\n%b/Length %d>>\nstream\n" % (number, facts.removesuffix(b">>"), len(data))
        self._out.write(head + data + b"\nendstream\nendobj\n")
        return number

    def end(self, *, root: int, info: int) -> None:
        """Write where everything stands (ISO 32000-1, 7.5.8), and nothing more."""
        if self._waiting:
            self._pack()
        start = self._out.tell()
        self._places.append((1, start, 0))
        rows = b"".join(struct.pack(">BQH", *place) for place in self._places)
        mark = hashlib.sha256(rows).hexdigest()[:32].encode()
        facts = b"<</Type/XRef/Size %d/W[1 8 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Filter/FlateDecode" % (
            len(self._places), root, info, mark, mark,
        )  # fmt: skip
        data = zlib.compress(rows, 9)
        head = b"%d 0 obj\n%b/Length %d>>\nstream\n" % (len(self._places) - 1, facts, len(data))
        self._out.write(head + data + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
