"""Designs and their versions, certificates and their numbers, keys, the list of revoked ones."""

from certification.models.badges import BadgeClass
from certification.models.certificates import Certificate, CertificateCounter, certificate_storage
from certification.models.designs import CertificateDesign, DesignSigner, DesignVersion, KeptPicture
from certification.models.keys import SigningKey
from certification.models.status import StatusList

__all__ = [
    "BadgeClass",
    "Certificate",
    "CertificateCounter",
    "CertificateDesign",
    "DesignSigner",
    "DesignVersion",
    "KeptPicture",
    "SigningKey",
    "StatusList",
    "certificate_storage",
]
