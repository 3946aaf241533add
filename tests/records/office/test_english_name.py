"""The office puts a name in English on a certificate, or puts it right: only where the new sheet prints it."""

from typing import Any

import pytest
from django.test import Client

from certification.models import Certificate, CertificateDesign
from learning.records.forms.changing import ReplaceForm
from tests.cast import Cast
from tests.factories.certificates import as_printed, recorded
from tests.factories.learned import issued_certificate

pytestmark = pytest.mark.django_db
REASON = "ชื่อภาษาอังกฤษผิด"


@pytest.fixture
def both(cast: Cast) -> None:
    """The standard design has English lines."""
    CertificateDesign.objects.filter(slug="standard").update(languages="th-en")


def issued(cast: Cast, **facts: Any) -> Certificate:
    return issued_certificate(cast.malee, province_code="18", **facts)


def said_of(old: Certificate, **said: Any) -> dict[str, Any]:
    return as_printed(old) | {"reason": REASON, "sure": "1"} | said


def test_it_is_compared_carried_and_printed_on_the_new_one(somchai: Client, cast: Cast, both: None) -> None:
    old = issued(cast, holder_name_en="Mali Jaidee")
    address = f"/office/certificates/{old.pk}/replace/"
    said = said_of(old, holder_name_en="Malee  Jaidee")
    look = somchai.post(address, {name: value for name, value in said.items() if name != "sure"}).content.decode()
    assert (look.count("Mali Jaidee"), look.count("Malee Jaidee")) == (1, 1)
    assert 'value="Malee  Jaidee"' in look
    assert somchai.post(address, said).status_code == 302
    new = Certificate.objects.get(replaces=old)
    old.refresh_from_db()
    assert (old.holder_name_en, new.holder_name_en) == ("Mali Jaidee", "Malee Jaidee")
    page = somchai.get(f"/office/certificates/{new.pk}/").content.decode()
    assert '<dd lang="en">Malee Jaidee</dd>' in page


def test_the_one_that_its_owner_wrote_since_stands_in_the_form(somchai: Client, cast: Cast, both: None) -> None:
    old = issued(cast)
    cast.malee.name_en = "Malee Jaidee"
    cast.malee.save()
    old.refresh_from_db()
    assert ReplaceForm(certificate=old)["holder_name_en"].value() == "Malee Jaidee"
    Certificate.objects.update(holder_name_en="M. Jaidee")
    old.refresh_from_db()
    assert ReplaceForm(certificate=old)["holder_name_en"].value() == "M. Jaidee"


def test_what_no_id_card_prints_is_refused(somchai: Client, cast: Cast, both: None) -> None:
    old = issued(cast)
    response = somchai.post(f"/office/certificates/{old.pk}/replace/", said_of(old, holder_name_en="มาลี ใจดี"))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["holder_name_en"])
    assert Certificate.objects.count() == 1


def test_a_design_in_thai_and_a_paper_have_no_line_for_it(somchai: Client, cast: Cast) -> None:
    for old in (issued(cast), recorded()):
        form = ReplaceForm(certificate=old)
        assert ("holder_name_en" in form.fields, "holder_name_en" in form.printed) == (False, False)
    said = said_of(old, holder_name="นางมาลัย ใจดี", holder_name_en="Malai Jaidee")
    assert somchai.post(f"/office/certificates/{old.pk}/replace/", said).status_code == 302
    assert Certificate.objects.get(replaces=old).holder_name_en == ""
