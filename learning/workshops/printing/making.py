"""Making one paper, from WAITING to READY or FAILED; a second worker at the same paper changes nothing."""

import logging

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certification.rendering.engine import RenderingUnavailable
from learning.kernel.states import IllegalMove, move
from learning.workshops.choices import PAPER_TRANSITIONS, PaperState
from learning.workshops.models import WorkshopPaper
from learning.workshops.printing.shelf import print_paper

logger = logging.getLogger(__name__)
ITS_PLACES = (
    "session",
    "workshop__center__host_province",
    "workshop__office",
    "workshop__province",
    "workshop__district",
)


def make_paper(paper_id: int) -> bool:
    """Gives whether it is ready now. Without the libraries that print it waits, until somebody installs them."""
    waiting = WorkshopPaper.objects.filter(pk=paper_id, state=PaperState.WAITING)
    paper = waiting.select_related(*ITS_PLACES).first()
    if paper is None:
        return False
    try:
        data = print_paper(paper, printed_at=timezone.localtime())
    except RenderingUnavailable:
        logger.exception("Paper %s waits: the libraries that print are missing.", paper_id)
        return False
    except Exception:
        logger.exception("Paper %s could not be made.", paper_id)
        with translation.override(settings.LANGUAGE_CODE):
            sentence = _("Something went wrong on our side, and the paper was not made. Ask for it again.")
        _end(paper, PaperState.FAILED, refusal=sentence)
        return False
    return _end(paper, PaperState.READY, data, made_at=timezone.now())


def _end(paper: WorkshopPaper, state: str, data: bytes = b"", **facts: object) -> bool:
    """The state first: who comes second stores no file."""
    try:
        with transaction.atomic():
            move(paper, state, transitions=PAPER_TRANSITIONS, **facts)
            if data:
                paper.file.save(f"{paper.kind}-{paper.pk}.pdf", ContentFile(data), save=False)
                paper.save(update_fields=["file"])
    except IllegalMove:
        logger.info("Paper %s was made by another worker.", paper.pk)
        return False
    return True
