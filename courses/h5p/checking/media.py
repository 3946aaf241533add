"""What files may stand in a package, and whether they are what their endings say."""

from django.utils.translation import gettext as _

from courses.h5p.refusals import PackageRefused

# The lists of H5P's own validator; svg and html are no content.
_ENDINGS = (
    "json png jpg jpeg gif bmp tif tiff eot ttf woff woff2 otf webm mp4 ogg mp3 m4a wav txt pdf rtf doc docx xls xlsx"
    " ppt pptx odt ods odp csv diff patch swf md textile vtt webvtt gltf glb"
)
CONTENT = frozenset(_ENDINGS.split())
LIBRARY = CONTENT | {"js", "css", "svg", "xml"}
MARKUP = frozenset({"svg", "xml"})  # may begin with a tag
CODE = frozenset({"js", "css", "md", "textile", "diff", "patch"})
HEAD = 1024  # bytes that are looked at

_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip")
# How a file begins, by its ending: (place, signs). Texts have none.
_MAGIC: dict[str, tuple[tuple[int, bytes], ...]] = {
    "png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "jpg": ((0, b"\xff\xd8\xff"),),
    "jpeg": ((0, b"\xff\xd8\xff"),),
    "gif": ((0, b"GIF87a"), (0, b"GIF89a")),
    "bmp": ((0, b"BM"),),
    "tif": ((0, b"II*\0"), (0, b"MM\0*"), (0, b"II+\0"), (0, b"MM\0+")),
    "tiff": ((0, b"II*\0"), (0, b"MM\0*"), (0, b"II+\0"), (0, b"MM\0+")),
    "eot": ((34, b"LP"),),
    "ttf": ((0, b"\0\1\0\0"), (0, b"true"), (0, b"ttcf")),
    "otf": ((0, b"OTTO"), (0, b"\0\1\0\0")),
    "woff": ((0, b"wOFF"),),
    "woff2": ((0, b"wOF2"),),
    "webm": ((0, b"\x1aE\xdf\xa3"),),
    "mp4": tuple((4, box) for box in _BOXES),
    "m4a": (*((4, box) for box in _BOXES), (0, b"\xff\xf1"), (0, b"\xff\xf9")),
    "ogg": ((0, b"OggS"),),
    "mp3": ((0, b"ID3"), *((0, bytes((0xFF, second))) for second in range(0xE0, 0x100))),
    "wav": ((0, b"RIFF"),),
    "pdf": ((0, b"%PDF-"),),
    "rtf": ((0, b"{\\rtf"),),
    **{ending: tuple((0, sign) for sign in _ZIP) for ending in ("docx", "xlsx", "pptx", "odt", "ods", "odp")},
    **{ending: tuple((0, sign) for sign in _OLE + _ZIP) for ending in ("doc", "xls", "ppt")},
    "swf": ((0, b"FWS"), (0, b"CWS"), (0, b"ZWS")),
    "glb": ((0, b"glTF"),),
}
_TEXTS = frozenset({"json", "txt", "csv", "md", "textile", "diff", "patch", "vtt", "webvtt", "gltf", "js", "css"})
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DISGUISED = (
    b"<!doctype", b"<html", b"<head", b"<body", b"<svg", b"<?xml", b"<script", b"<iframe", b"<object", b"<embed",
    b"<form", b"<meta", b"<link", b"<style", b"<img", b"<a ", b"<!--", b"<math",
)  # fmt: skip


def ending(name: str) -> str:
    """The ending of a file's name in small letters, without its point."""
    last = name.rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[1].lower() if "." in last else ""


def check_ending(name: str, *, is_content: bool) -> None:
    """Raises PackageRefused for a file that may not stand there."""
    if ending(name) not in (CONTENT if is_content else LIBRARY):
        raise PackageRefused(
            "not-in-whitelist", _("Files of this kind may not be in a package. Remove it, and export again."), name
        )


def check_head(name: str, head: bytes) -> None:
    """Compare the first HEAD bytes of a file with what its ending says. Raises PackageRefused."""
    kind = ending(name)
    if not head:
        return
    if kind not in MARKUP and (kind not in CODE) and is_markup(head):
        raise PackageRefused(
            "markup-in-disguise",
            _("This is a web page or drawing with another ending. Save it as what its name says, or remove it."),
            name,
        )
    magic = _MAGIC.get(kind)
    if magic and not any(head[place : place + len(sign)] == sign for place, sign in magic):
        raise PackageRefused(
            "wrong-file-type",
            _("This file is not what its ending says. Save it in the right format, or correct its name."),
            name,
        )
    if kind in _TEXTS and b"\0" in head and not head.startswith(_MARKS):
        raise PackageRefused(
            "wrong-file-type",
            _("This file is not what its ending says. Save it in the right format, or correct its name."),
            name,
        )


def is_markup(head: bytes) -> bool:
    """Whether a browser that looks at the beginning would take it for HTML, SVG or XML."""
    text = head
    for mark in _MARKS:
        text = text.removeprefix(mark)
    return text.replace(b"\0", b"").lstrip().lower().startswith(_DISGUISED)
