"""The verdict as one sentence, for the top of a page and the last line on a terminal."""

from django.utils.translation import gettext as _

from certification.checking.report import Report, Verdict


def headline(report: Report) -> str:
    """A file may be genuine while its certificate no longer counts: that is told apart from a changed file."""
    if report.verdict == Verdict.TRUE:
        return _("True: this file was issued by the academy, is unchanged, and counts today")
    if report.verdict == Verdict.CANNOT_SAY:
        return _("We cannot say whether this file is true")
    # Whatever is not true, the bytes are ours: it is about the life of a certificate, of another paper, or of a key.
    if report.holds("bytes") and report.certificate is None:
        return _("Not true any more: the file is genuine, but this paper no longer counts")
    if report.holds("bytes"):
        return _("Not true any more: the file is genuine, but the certificate no longer counts")
    return _("Not true: this file is not as the academy issued it")
