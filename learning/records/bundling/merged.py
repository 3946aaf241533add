"""One PDF of many, for printing: pages only, without signatures, which hold for each file alone. Pure.

A few files at a time are put together on the disk, so that neither memory nor open files grow with their number.
"""

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from pikepdf import Name, Object, Pdf

AT_ONCE = 40
# What belongs to the whole file a page came from, not to a sheet of paper.
LEFT_BEHIND = (Name.Annots, Name.AF, Name.StructParents, Name.Metadata, Name.PieceInfo, Name.AA, Name.B)


def write_merged(files: Iterable[bytes], target: Path, *, title: str, remark: str) -> int:
    """Write the pages of all files in their order; gives how many pages. `remark` stands in the PDF's own facts."""
    with TemporaryDirectory() as folder:
        parts = [_part(chunk, Path(folder) / f"{number}.pdf") for number, chunk in enumerate(_chunks(files))]
        opened = [Pdf.open(part) for part in parts]
        whole = Pdf.new()
        for part in opened:
            whole.pages.extend(part.pages)
        _share(whole)
        count = len(whole.pages)
        whole.docinfo[Name.Title], whole.docinfo[Name.Subject] = title, remark
        with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"], metadata["dc:description"] = title, remark
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for pdf in (whole, *opened):
            pdf.close()
    return count


def _chunks(files: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = iter(files)
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk


def _part(files: list[bytes], target: Path) -> Path:
    sources = [Pdf.open(BytesIO(content)) for content in files]
    part = Pdf.new()
    for source in sources:
        for page in source.pages:
            for name in LEFT_BEHIND:
                if name in page.obj:
                    del page.obj[name]
            part.pages.append(page)
    part.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for pdf in (part, *sources):
        pdf.close()
    return target


def _share(whole: Pdf) -> None:
    """Pictures and files of fonts that are the same byte for byte are kept once."""
    known: dict[str, Object] = {}
    for page in whole.pages:
        resources = page.obj.get(Name.Resources, pikepdf.Dictionary())
        for name in (Name.XObject, Name.ColorSpace, Name.Shading, Name.Pattern):
            _share_in(resources.get(name), known)
        for font in _values(resources.get(Name.Font)):
            for inner in _values(font.get(Name.DescendantFonts)) or [font]:
                _share_in(inner.get(Name.FontDescriptor), known)
            _share_in(font, known)


def _values(thing: Any) -> list[Any]:
    if isinstance(thing, pikepdf.Dictionary):
        return [thing[name] for name in thing.keys()]  # noqa: SIM118  a dictionary of pikepdf iterates over pairs
    return list(thing) if isinstance(thing, pikepdf.Array) else []


def _share_in(holder: Any, known: dict[str, Object]) -> None:
    """Each stream that hangs on a dictionary is exchanged for the first one like it."""
    if not isinstance(holder, pikepdf.Dictionary):
        return
    for name in list(holder.keys()):
        value = holder[name]
        if not isinstance(value, pikepdf.Stream):
            continue
        _share_in(value.stream_dict if hasattr(value, "stream_dict") else None, known)
        key = hashlib.sha256(value.read_raw_bytes() + _facts(value)).hexdigest()
        holder[name] = known.setdefault(key, value)


def _facts(stream: Any) -> bytes:
    """Everything a stream says of itself: two pictures of the same bytes may differ in their colors."""
    return pikepdf.Dictionary({key: stream[key] for key in stream.keys() if key != "/Length"}).unparse(resolved=True)  # noqa: SIM118
