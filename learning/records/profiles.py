"""Taking a certificate to a profile elsewhere: an address that the person opens, with the facts in it."""

from urllib.parse import urlencode

from certification.models import Certificate

LINKEDIN = "https://www.linkedin.com/profile/add"


def linkedin_address(certificate: Certificate) -> str:
    """LinkedIn's form “add license or certification”, filled in. Nothing is sent before the person opens it.

    Source of the fields: LinkedIn Help, “Add a certification to your profile with a button”.
    """
    facts: dict[str, object] = {
        "startTask": "CERTIFICATION_NAME",
        "name": certificate.course_title,
        "organizationName": certificate.issuer,
        "issueYear": certificate.issued_on.year,
        "issueMonth": certificate.issued_on.month,
        "certUrl": certificate.verify_url,
        "certId": certificate.number,
    }
    if certificate.valid_until:
        facts |= {"expirationYear": certificate.valid_until.year, "expirationMonth": certificate.valid_until.month}
    return f"{LINKEDIN}?{urlencode(facts)}"
