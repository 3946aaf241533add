"""From the row to what is printed."""

from certification.models import Certificate
from certification.rendering.facts import PrintedFacts, Signer
from cms.thai.digits import to_thai


def printed_facts(certificate: Certificate) -> PrintedFacts:
    """Every word on the sheet, from the frozen row alone (the picture of the signature from its design)."""
    signature = None
    if certificate.design.signature:
        with certificate.design.signature.file.open("rb") as picture:
            signature = picture.read()
    return PrintedFacts(
        number=to_thai(certificate.number),
        name=certificate.holder_name,
        organization=certificate.holder_role,
        course_title=certificate.course_title,
        hours=certificate.hours,
        completed_on=certificate.completed_on,
        issued_on=certificate.issued_on,
        issuer=certificate.issuer,
        statement=certificate.statement,
        signers=(Signer(certificate.signer_name, certificate.signer_position, signature),),
        code=certificate.code,
        verify_url=certificate.verify_url,
    )
