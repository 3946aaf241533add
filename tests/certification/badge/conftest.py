"""A certificate with its badge in both forms."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from certification.badge import did_document, make_credential
from certification.choices import KeyPurpose
from certification.flows.badges import keep_with_proof
from certification.issuer.jws import unverified
from certification.keys.choosing import active_key
from certification.models import Certificate, SigningKey
from learning.people.models import User
from tests.certification.conftest import Issue
from tests.certification.keys.given import keys_dir

__all__ = ["keys_dir"]


@dataclass
class Badge:
    """The certificate, its badge as token and as document, and the DID document of that moment."""

    certificate: Certificate
    token: str
    document: dict[str, Any]
    did: dict[str, Any]

    @property
    def payload(self) -> dict[str, Any]:
        return unverified(self.token)[1]


def badge_of(certificate: Certificate) -> Badge:
    certificate.credential = make_credential(certificate, key=badge_key())
    certificate.save(update_fields=["credential"])
    return Badge(certificate, certificate.credential, json.loads(keep_with_proof(certificate)), did_document())


def badge_key() -> SigningKey:
    key = active_key(KeyPurpose.BADGE)
    assert key is not None
    return key


@pytest.fixture
def badge(keys_dir: Any, issue: Issue, malee: User) -> Badge:
    """malee's, who has confirmed an e-mail address."""
    EmailAddress.objects.create(user=malee, email="Malee@example.org", verified=True, primary=True)
    return badge_of(issue(subject="course:3"))
