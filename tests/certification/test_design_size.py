"""The form of a design refuses what would make a certificate of more than 60 kB."""

import pytest
from django.utils.translation import gettext

from certification.designing import forms
from certification.designing.checks import size_of_file
from certification.designing.forms import DESIGN_HANDLER
from certification.models import CertificateDesign
from tests.certification.test_design_pages import filled, picture, png, refusals

pytestmark = pytest.mark.django_db


def test_a_file_too_large_with_its_signatures_is_refused(
    design: CertificateDesign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused at one byte more than is allowed; what is counted is the signed file, not the bare sheet."""
    logo = str(picture(png(), "logo.png").pk)
    counted: list[int] = []

    def count(sheet: bytes, *, criteria: str) -> int:
        counted.append(size_of_file(sheet, criteria=criteria))
        assert counted[-1] > len(sheet) + 5_000
        return forms.MOST_FILE_BYTES + over

    monkeypatch.setattr(forms, "size_of_file", count)
    over = 1
    sentence = (
        "With its signatures the file would have %(size)d kB, and 60 kB is the most. Choose simpler pictures, or fewer."
    )
    assert refusals(design, logo=logo) == {"__all__": [gettext(sentence) % {"size": 61}]}
    form_class = DESIGN_HANDLER.bind_to_model(CertificateDesign).get_form_class()
    assert form_class(filled(design), instance=design).is_valid()  # no picture could be made simpler
    over = 0
    assert form_class(filled(design, logo=logo), instance=design).is_valid()
    assert len(counted) == 3
