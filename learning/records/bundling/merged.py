"""One PDF of many, for printing: pages only, without signatures, which hold for each file alone. Pure.

One file is open at a time, and what is copied from it is written at once, so that memory does not grow with their
number; what is the same byte for byte (a logo, an emblem, the description of a font) is written once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Name, Pdf

from learning.records.bundling.writing import PdfWriter, Reference

# What belongs to the whole file a page came from, not to a sheet of paper.
LEFT_BEHIND = frozenset(
    {Name.Annots, Name.AF, Name.StructParents, Name.Metadata, Name.PieceInfo, Name.AA, Name.B, Name.Parent}
)
INHERITED = (Name.Resources, Name.MediaBox, Name.CropBox, Name.Rotate)


def write_merged(files: Iterable[bytes], target: Path, *, title: str, remark: str) -> int:
    """Write the pages of all files in their order; gives how many pages. `remark` stands in the PDF's own facts."""
    with target.open("wb") as out:
        writer = PdfWriter(out)
        tree = writer.reserve()
        pages = []
        for content in files:
            with Pdf.open(BytesIO(content)) as source:
                numbers = [(page.obj, writer.reserve()) for page in source.pages]
                copied = {page.objgen: number for page, number in numbers}
                pages += [writer.add(_page(page, tree), copied, number=number) for page, number in numbers]
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        writer.write(tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids))
        with _facts(title, remark) as facts:
            info = writer.add(facts.docinfo, {})
            metadata = writer.add(facts.Root.Metadata, {})
        root = writer.reserve()
        writer.write(root, b"<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R>>" % (tree, metadata))
        writer.end(root=root, info=info)
    return len(pages)


def _page(page: Any, tree: int) -> dict[str, Any]:
    """A page by its names, with what stands above it in its own file."""
    found = {name: page[name] for name in page.keys() if name not in LEFT_BEHIND}  # noqa: SIM118  gives pairs
    above = page.get(Name.Parent)
    while above is not None:
        found |= {str(name): above[name] for name in INHERITED if name in above and str(name) not in found}
        above = above.get(Name.Parent)
    return found | {"/Parent": Reference(tree)}


@contextmanager
def _facts(title: str, remark: str) -> Iterator[Pdf]:
    """A PDF of nothing but title and remark."""
    with Pdf.new() as facts:
        facts.docinfo[Name.Title], facts.docinfo[Name.Subject] = title, remark
        with facts.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"], metadata["dc:description"] = title, remark
        facts.docinfo = facts.make_indirect(facts.docinfo)
        saved = BytesIO()
        facts.save(saved)
        with Pdf.open(saved) as written:
            yield written
