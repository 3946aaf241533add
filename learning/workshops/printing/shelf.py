"""Which paper is printed by what."""

from collections.abc import Callable
from datetime import datetime

from django.utils import translation

from learning.workshops.choices import PaperKind
from learning.workshops.models import WorkshopPaper
from learning.workshops.printing.agenda import print_agenda
from learning.workshops.printing.badges import print_badges
from learning.workshops.printing.facts import Facts, facts_of
from learning.workshops.printing.letters import print_letters
from learning.workshops.printing.report import print_report
from learning.workshops.printing.sheets import print_sheet
from learning.workshops.printing.signs import print_signs

PRINTERS: dict[str, Callable[[Facts], bytes]] = {
    PaperKind.INVITATION: print_letters,
    PaperKind.AGENDA: print_agenda,
    PaperKind.SIGN_IN: print_sheet,
    PaperKind.BADGES: print_badges,
    PaperKind.SIGNS: print_signs,
    PaperKind.REPORT: print_report,
}


def print_paper(paper: WorkshopPaper, *, printed_at: datetime) -> bytes:
    """The bytes of a paper, in Thai. Raises RenderingUnavailable, and KeyError for a kind without a printer."""
    with translation.override("th"):
        return PRINTERS[paper.kind](facts_of(paper, printed_at=printed_at))
