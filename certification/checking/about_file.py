"""Findings about the file itself, whoever made it."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.checking.limits import MAX_BYTES
from certification.checking.reading import Paper
from certification.checking.report import Report, Weight

HEADER_WITHIN = 1024  # ISO 32000: "%PDF-" stands within the first kilobyte


def add_size(report: Report, content: bytes) -> bool:
    """False when the file is not looked into at all."""
    if len(content) > MAX_BYTES:
        report.add("size", False, sentence_too_large(), _ask_for_original(), Weight.DOUBTS)
        return False
    report.add("size", True, _("The file is %(size)s.") % {"size": filesizeformat(len(content))}, weight=Weight.TELLS)
    return True


def sentence_too_large() -> str:
    return _("The file is larger than %(limit)s. A certificate of ours is about 60 kB, so this is not one.") % {
        "limit": filesizeformat(MAX_BYTES)
    }


def add_kind(report: Report, content: bytes) -> bool:
    """False when it is no PDF."""
    if not content:
        sentence = _("The file is empty.")
    elif b"%PDF-" in content[:HEADER_WITHIN]:
        report.add("pdf", True, _("It is a PDF."), weight=Weight.TELLS)
        return True
    else:
        sentence = _("It is not a PDF. A photo, a scan or a Word file has no signature that could be checked.")
    report.add("pdf", False, sentence, _type_the_code(), Weight.DOUBTS)
    return False


def add_readable(report: Report, paper: Paper) -> bool:
    """False when nothing inside could be read."""
    if paper.is_encrypted:
        report.add(
            "encryption",
            False,
            _("The PDF is encrypted, so nothing in it can be read. Certificates of ours are never encrypted."),
            _ask_for_original(),
            Weight.DOUBTS,
        )
        return False
    if paper.problem == "busy":
        sentence = _("Other files are being read at this moment, so this one was not looked at.")
        report.add("readable", None, sentence, _("Give it again in a minute."), Weight.DOUBTS)
        return False
    if paper.problem:
        report.add("readable", False, _unreadable(paper), _ask_for_original(), Weight.DOUBTS)
        return False
    report.add("encryption", True, _("It is not encrypted."), weight=Weight.TELLS)
    pages = ngettext("It has %(count)d page.", "It has %(count)d pages.", paper.pages) % {"count": paper.pages}
    report.add("readable", True, pages, weight=Weight.TELLS)
    return True


def _unreadable(paper: Paper) -> str:
    if paper.problem == "too-big":
        return _("The PDF has far more pages or parts than a certificate, so it was not read.")
    if paper.problem == "too-demanding":
        return _("The PDF takes more time or memory to read than any certificate does, so reading was stopped.")
    return _("The PDF is damaged or cut off, so nothing in it can be read.")


def add_programs(report: Report, paper: Paper) -> None:
    """Nothing in a certificate of ours runs, or opens anything but the page of its check."""
    said = {
        "javascript": _("The PDF has a program in it (JavaScript). No certificate of ours has one."),
        "launch": _("The PDF wants to start a program on your device. No certificate of ours does that."),
        "submit": _("The PDF wants to send or fetch data. No certificate of ours does that."),
        "other-file": _("The PDF wants to open another file. No certificate of ours does that."),
        "media": _("The PDF plays media. No certificate of ours does that."),
    }
    advice = _("Do not open the file. Delete it, and ask the holder for the original.")
    for action in paper.actions:
        report.add(action, False, said[action], advice)
    if paper.programs:
        sentence = _("A program is hidden in the PDF: %(names)s. No certificate of ours has one.") % {
            "names": ", ".join(paper.programs)
        }
        report.add("program", False, sentence, advice)
    if not paper.actions and not paper.programs:
        report.add("harmless", True, _("It has no program in it and starts nothing."), weight=Weight.TELLS)


def _ask_for_original() -> str:
    return _("Ask the holder for the file as it was downloaded from the academy, or type the code under the QR.")


def _type_the_code() -> str:
    return _("If you have a sheet of paper or a picture, type the code under the QR instead.")
