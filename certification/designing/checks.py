"""What a design may hold: letters that the typeface draws, texts that fit, pictures that print."""

import zlib
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from certification.choices import KeyPurpose
from certification.keys import KeyUnavailable
from certification.keys.choosing import active_key
from certification.pictures import small_copy
from certification.rendering.fitting import fit
from certification.rendering.sheet import KINDS, PAPERS, SIGNER_MM, unprintable
from certification.signing import size_when_signed

MOST_POSITION_LINES = 3
MOST_FILE_BYTES = 60_000  # of a whole certificate
BADGE_BYTES = 2_600  # in the file, with the longest texts; what had to be done comes on top
A_SIGNATURE = 6_000  # of a site whose keys cannot sign yet


def check_letters(text: str) -> None:
    """ValidationError for letters that would come out as empty boxes."""
    if unknown := unprintable(text):
        raise ValidationError(
            _("The typeface of certificates cannot print %(letters)s. Take it out.") % {"letters": " ".join(unknown)},
            code="unprintable",
        )


def check_room(name: str, text: str, *, layout: str) -> None:
    """ValidationError for a text that would run over its place even in the smallest type."""
    room = min(paper.line for (of_layout, _both), paper in PAPERS.items() if of_layout == layout)
    _refuse_what_runs_over(name, text, room)


def check_signer(name: str, position: str, *, signers: int, suffix: str = "") -> None:
    """The same for a name and a position beside those of other signers."""
    room = SIGNER_MM[max(1, min(signers, 3))]
    _refuse_what_runs_over(f"signer{suffix}", f"({name})", room)
    lines = [line for line in position.splitlines() if line.strip()]
    if len(lines) > MOST_POSITION_LINES:
        raise ValidationError(_("A position has at most three lines on the sheet."), code="too_long")
    for line in lines:
        _refuse_what_runs_over(f"position{suffix}", line, room)


def _refuse_what_runs_over(name: str, text: str, room: float) -> None:
    if not unprintable(text) and not fit(name, text, KINDS[name], room=room).fits:
        raise ValidationError(_("This text is too long for its place on the sheet. Shorten it."), code="too_long")


def check_picture(image: Any, role: str) -> None:
    """ValidationError for a picture that cannot be printed; an empty field is none."""
    if image is None:
        return
    try:
        with image.file.open("rb") as opened:
            content = opened.read()
    except OSError as error:
        raise ValidationError(_("The file of this picture is missing. Choose another one.")) from error
    small_copy(content, role)


def size_of_file(sheet: bytes, *, criteria: str = "") -> int:
    """Bytes of a certificate with this sheet: with a badge, and signed and stamped as it would be today."""
    badge = BADGE_BYTES + len(zlib.compress(b64encode(criteria.encode()), 9))
    first, second = active_key(KeyPurpose.DOCUMENT), active_key(KeyPurpose.APPROVAL)
    if first is None:
        return len(sheet) + badge + A_SIGNATURE
    try:
        return size_when_signed(sheet, first=first, second=second) + badge
    except KeyUnavailable:
        return len(sheet) + badge + A_SIGNATURE * (1 + (second is not None))


def one_by_one(checks: Iterable[tuple[str, Any]]) -> dict[str, ValidationError]:
    """Run checks of fields; give the first refusal of each field."""
    found: dict[str, ValidationError] = {}
    for field, check in checks:
        try:
            check()
        except ValidationError as error:
            found.setdefault(field, error)
    return found
