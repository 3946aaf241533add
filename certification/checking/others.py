"""Papers that other apps sign and keep. Certificates know nobody above them, so each app registers where to look.

The hook of Wagtail is `find_signed_paper`: called with a code or the SHA-256 of a file, it gives an OtherPaper or None.
"""

from dataclasses import dataclass

from wagtail import hooks

HOOK = "find_signed_paper"


@dataclass(frozen=True)
class OtherPaper:
    """`address` is the path of its own check; `doubt` a sentence about what happened since, when anything did.

    `fault` is a sentence that says why it counts no more at all.
    """

    address: str
    sentence: str
    doubt: str = ""
    fault: str = ""


def other_paper(*, code: str = "", sha256: str = "") -> OtherPaper | None:
    """The first that an app knows by this code, or by the hash of these bytes."""
    for find in hooks.get_hooks(HOOK):
        found = find(code=code, sha256=sha256)
        if isinstance(found, OtherPaper):
            return found
    return None
