"""What a file says of itself, before anything of it is believed: whose it is, and which certificate it would be."""

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from certification.checking.reading import Paper
from certification.codes import is_well_formed, read_code

OUR_PATH = "/v/"


@dataclass(frozen=True)
class Claims:
    """`host` is that of the site the file names: by its credential's did:web or address, else by the QR's link."""

    host: str = ""
    issuer_name: str = ""
    code: str = ""
    has_credential: bool = False

    @property
    def is_ours(self) -> bool:
        return bool(self.host) and self.host == own_host()

    @property
    def is_of_another_site(self) -> bool:
        return bool(self.host) and self.host != own_host()


def own_host() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc.lower()


def claims_of(paper: Paper) -> Claims:
    """Never raises: a stranger wrote it."""
    payload = unverified(paper.credential)
    link = next((link for link in paper.links if urlsplit_safely(link)[1].startswith(OUR_PATH)), "")
    host, path = urlsplit_safely(link)
    code = _code_in(path)
    if not payload:
        return Claims(host=host, code=code)
    issuer = payload.get("issuer")
    issuer = issuer if isinstance(issuer, dict) else {"id": issuer}
    written = str(payload.get("id", ""))
    return Claims(
        host=host_of(str(issuer.get("id") or "")) or host,
        issuer_name=str(issuer.get("name") or "")[:200],
        code=_code_in(urlsplit_safely(written)[1]) or code,
        has_credential=True,
    )


def unverified(jwt: str) -> dict[str, Any]:
    """The credential inside a VC-JWT, its signature not looked at; empty when it is none."""
    try:
        part = jwt.split(".")[1]
        payload = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError, RecursionError):
        return {}
    inner = payload.get("vc", payload) if isinstance(payload, dict) else {}
    return inner if isinstance(inner, dict) else {}


def host_of(did: str) -> str:
    """did:web:host%3A8000:path and https://host/… name a host; other identifiers do not."""
    if did.startswith("did:web:"):
        return unquote(did.removeprefix("did:web:").split(":")[0]).lower()[:200]
    return urlsplit_safely(did)[0]


def urlsplit_safely(address: str) -> tuple[str, str]:
    """Host and path; empty for what is no address."""
    try:
        parts = urlsplit(address)
        return (parts.netloc.lower()[:200], parts.path) if parts.scheme in ("http", "https") else ("", "")
    except ValueError:
        return "", ""


def _code_in(path: str) -> str:
    """The code at the end of an address of a check."""
    if OUR_PATH not in path:
        return ""
    code = read_code(path.rsplit(OUR_PATH, 1)[1].split("/")[0].split(".")[0])
    return code if is_well_formed(code) else ""
