"""The public check of a certificate, and the holder's own file."""

from certification.views.checking import check
from certification.views.files import download
from certification.views.showing import verify, verify_json

__all__ = ["check", "download", "verify", "verify_json"]
