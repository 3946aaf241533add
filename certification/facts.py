"""From the row to what is printed."""

from certification.freezing import current_version
from certification.models import Certificate, DesignVersion
from certification.rendering.facts import PrintedFacts, Signer
from cms.thai.digits import to_thai


def printed_facts(certificate: Certificate) -> PrintedFacts:
    """Every word on the sheet, from the frozen row and the version of its design alone."""
    version = certificate.version
    if version is None:  # issued before designs had versions, and never printed
        assert certificate.design is not None, "Only issued certificates are printed."
        version = current_version(certificate.design)
    pictures = pictures_of(version)
    frozen = {signer["name"]: signer for signer in version.spec["signers"]}
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
        signers=tuple(
            Signer(one["name"], one["position"], pictures.get(frozen.get(one["name"], {}).get("picture", "")))
            for one in certificate.signers
        ),
        code=certificate.code,
        verify_url=certificate.verify_url,
    )


def pictures_of(version: DesignVersion) -> dict[str, bytes]:
    """The pictures of a version, by their SHA-256."""
    found = {}
    for picture in version.pictures.all():
        with picture.file.open("rb") as opened:
            found[picture.sha256] = opened.read()
    return found
