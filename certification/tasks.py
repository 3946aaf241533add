"""Slow work after commit: printing the file. Takes ids; done twice it is done once."""

import logging

from celery import shared_task

from certification.facts import printed_facts
from certification.filing import store_file
from certification.models import Certificate
from certification.queries import waiting_for_a_file
from certification.rendering.engine import RenderingUnavailable, render_pdf

logger = logging.getLogger(__name__)

SWEEP_AT_MOST = 200


@shared_task(ignore_result=True)
def render_certificate(certificate_id: int) -> None:
    """Print one certificate, unless it has its file already."""
    certificate = Certificate.objects.select_related("design", "version").get(pk=certificate_id)
    if certificate.has_file:
        return
    try:
        content = render_pdf(printed_facts(certificate))
    except (RenderingUnavailable, ValueError) as error:
        # Pango is missing, or a name has a sign the font lacks: the row stays without a file, an
        # administrator sees the line in the log, and the sweep asks again. Nothing is lost.
        logger.error("Certificate %s waits for its file: %s", certificate.number, error)
        return
    store_file(certificate_id, content)


@shared_task(ignore_result=True)
def sweep_unrendered() -> None:
    """Queue again what a crash left without a file."""
    for certificate_id in waiting_for_a_file().values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        render_certificate.delay(certificate_id)
