"""Who misses the name in English on a certificate in two languages is told, once and quietly, how it gets there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from certification.models import Certificate, CertificateDesign
from tests.cast import Cast
from tests.factories.learned import issued_certificate, recorded_paper, revoked

pytestmark = pytest.mark.django_db
READY = {"rendered_at": timezone.now(), "sha256": "0" * 64, "file": "x.pdf"}
WRITTEN = gettext(
    "Your name in English is not on this certificate: "
    "to have it there, ask the office that issued it for a corrected one."
)


@pytest.fixture
def both(cast: Cast) -> None:
    """The standard design has English lines."""
    CertificateDesign.objects.filter(slug="standard").update(languages="th-en")


def page(malee: Client, certificate: Certificate) -> Any:
    return malee.get(reverse("records:certificate", args=[certificate.code]))


def is_told(malee: Client, certificate: Certificate) -> bool:
    return 'data-note="english-name"' in page(malee, certificate).content.decode()


def test_the_page_leads_to_ones_details(malee: Client, cast: Cast, both: None) -> None:
    text = page(malee, issued_certificate(cast.malee, **READY)).content.decode()
    note = text.partition('data-note="english-name"')[2].partition("</p>")[0]
    assert f'href="{reverse("people:details")}"' in note
    assert WRITTEN not in text


def test_who_has_written_it_since_asks_the_office(malee: Client, cast: Cast, both: None) -> None:
    certificate = issued_certificate(cast.malee, **READY)
    cast.malee.name_en = "Malee Jaidee"
    cast.malee.save()
    text = page(malee, certificate).content.decode()
    assert text.count(WRITTEN) == 1


def test_a_name_that_is_there_is_shown_and_nothing_is_said(malee: Client, cast: Cast, both: None) -> None:
    certificate = issued_certificate(cast.malee, **READY, holder_name_en="Malee Jaidee")
    assert '<dd lang="en">Malee Jaidee</dd>' in page(malee, certificate).content.decode()
    assert not is_told(malee, certificate)


def test_a_certificate_in_thai_asks_for_nothing(malee: Client, cast: Cast) -> None:
    assert not is_told(malee, issued_certificate(cast.malee, **READY))


@pytest.mark.parametrize("state", ["revoked", "replaced"])
def test_what_no_longer_counts_asks_for_nothing(malee: Client, cast: Cast, both: None, state: str) -> None:
    assert not is_told(malee, issued_certificate(cast.malee, **READY, **revoked(state=state)))


def test_a_paper_that_was_only_recorded_asks_for_nothing(malee: Client, cast: Cast, both: None) -> None:
    assert not is_told(malee, recorded_paper(cast.malee, "เลขานุการ", timezone.localdate(), hours="6"))
