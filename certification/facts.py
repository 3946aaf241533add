"""From the row to what is printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from certification.freezing import current_version
from certification.models import Certificate, DesignVersion
from certification.rendering.facts import PrintedFacts, Signer
from cms.thai.digits import to_thai

DESIGN_TEXTS = ("layout", "border", "languages", "heading", "heading_en", "opening", "opening_en", "issuer_en")

TRAINED_EN = "has completed the training"


def printed_facts(certificate: Certificate, proof: str = "") -> PrintedFacts:
    """Every word on the sheet, from the frozen row and the version of its design alone.

    `proof` is the signed text of the second QR code. ValueError for a row that nobody signs.
    """
    version = certificate.version
    if version is None:  # issued before designs had versions, and never printed
        assert certificate.design is not None, "Only issued certificates are printed."
        version = current_version(certificate.design)
    # What a caller says instead of the design's sentence has no English of its own.
    own_statement = certificate.statement == version.spec["statement"]
    return PrintedFacts(
        number=to_thai(certificate.number),
        name=certificate.holder_name,
        name_en=certificate.holder_name_en,
        organization=certificate.holder_role,
        course_title=certificate.course_title,
        hours=certificate.hours,
        started_on=certificate.started_on,
        completed_on=certificate.completed_on,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        issuer=certificate.issuer,
        statement=certificate.statement,
        statement_en=version.spec["statement_en"] if own_statement else TRAINED_EN,
        code=certificate.code,
        verify_url=certificate.verify_url,
        proof=proof,
        **design_facts(version.spec, pictures_of(version), certificate.signers),
    )


def design_facts(
    spec: Mapping[str, Any], pictures: Mapping[str, bytes], signers: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """What a design gives to a sheet: layout, headings, logo, seal, and those who sign.

    `signers` are the names and positions on the row; the frozen design adds picture and English to them.
    """
    frozen = {(one["name"], one["position"]): one for one in spec["signers"]}
    return {
        **{name: spec[name] for name in DESIGN_TEXTS},
        "logo": pictures.get(spec["logo"]),
        "seal": pictures.get(spec["seal"]),
        "signers": tuple(_signer(one, frozen.get((one["name"], one["position"]), {}), pictures) for one in signers),
    }


def _signer(signer: Mapping[str, str], frozen: Mapping[str, str], pictures: Mapping[str, bytes]) -> Signer:
    return Signer(
        signer["name"],
        signer["position"],
        pictures.get(frozen.get("picture", "")),
        frozen.get("name_en", ""),
        frozen.get("position_en", ""),
    )


def pictures_of(version: DesignVersion) -> dict[str, bytes]:
    """The pictures of a version, by their SHA-256."""
    found = {}
    for picture in version.pictures.all():
        with picture.file.open("rb") as opened:
            found[picture.sha256] = opened.read()
    return found
