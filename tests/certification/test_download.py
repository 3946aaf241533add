"""A certificate's file is the holder's own: byte for byte, or a page that says it is being made."""

import pytest
from django.test import Client

from certification.filing import store_file
from certification.flows import revoke
from certification.making import Made
from learning.people.models import User
from tests.certification.conftest import Issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client: Client, malee: User) -> Client:
    client.force_login(malee)
    return client


def test_the_holder_gets_the_bytes_that_were_stored(issue: Issue, own: Client) -> None:
    certificate = issue()
    store_file(certificate.pk, Made(b"%PDF-one"))
    response = own.get(f"/certificates/{certificate.code}/file/")
    assert b"".join(response.streaming_content) == b"%PDF-one"
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="certificate-{certificate.code}.pdf"'
    assert response["Cache-Control"] == "private"


def test_a_file_that_is_not_there_yet_is_answered_with_202(issue: Issue, own: Client) -> None:
    certificate = issue()
    response = own.get(f"/certificates/{certificate.code}/file/")
    assert (response.status_code, response["Content-Type"]) == (202, "text/html; charset=utf-8")
    assert response.context["certificate"] == certificate
    assert certificate.number in response.content.decode()


def test_nobody_else_gets_it(issue: Issue, own: Client, client: Client) -> None:
    certificate = issue()
    store_file(certificate.pk, Made(b"%PDF-one"))
    address = f"/certificates/{certificate.code}/file/"
    assert b"".join(own.get(address).streaming_content) == b"%PDF-one"
    client.force_login(User.objects.create_user("krit", title="นาย", first_name="กฤต", last_name="แดนไกล"))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address)["Location"] == f"/account/login/?next={address}"
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("code", ["x", "%00", "..", "ก" * 300, "000000000000", "7K3M9QTX4B2F' OR 1=1"])
def test_a_code_that_is_not_ones_own_is_not_found(code: str, own: Client) -> None:
    assert own.get(f"/certificates/{code}/file/").status_code == 404


def test_a_file_is_only_read(issue: Issue, own: Client) -> None:
    assert own.post(f"/certificates/{issue().code}/file/").status_code == 405


def test_a_certificate_that_ended_before_its_file_was_made_is_not_waited_for(
    issue: Issue, own: Client, malee: User
) -> None:
    certificate = issue()
    revoke(certificate, reason="ออกผิดคน", by=malee)
    response = own.get(f"/certificates/{certificate.code}/file/")
    assert (response.status_code, response["Location"]) == (302, f"/v/{certificate.code}")
