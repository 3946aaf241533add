"""Every write of certificates, one function per verb."""

from certification.flows.ending import AlreadyEnded, NotRevoked, ReasonMissing, issue_anew, replace, revoke
from certification.flows.issuing import Achievement, issue_certificate

__all__ = [
    "Achievement",
    "AlreadyEnded",
    "NotRevoked",
    "ReasonMissing",
    "issue_anew",
    "issue_certificate",
    "replace",
    "revoke",
]
