"""Every write of certificates, one function per verb."""

from certification.flows.ending import AlreadyEnded, ReasonMissing, replace, revoke
from certification.flows.issuing import Achievement, issue_certificate

__all__ = ["Achievement", "AlreadyEnded", "ReasonMissing", "issue_certificate", "replace", "revoke"]
