"""Nothing that is deleted takes a certificate along, and the admin says so in a sentence."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.files.images import ImageFile
from django.db import models
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import ReferenceIndex

from certification.keys.choosing import active_key
from certification.models import Certificate, CertificateDesign, DesignVersion, KeptPicture, SigningKey, StatusList
from certification.tasks import render_certificate
from cms.models import AcademyImage
from learning.enrollments.flows import complete_enrollment
from learning.enrollments.models import Enrollment
from learning.people.models import User
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import enroll_malee

pytestmark = pytest.mark.django_db


@pytest.fixture
def earned(cast: Cast) -> Enrollment:
    """Malee's course, with a certificate whose file is there and whose design has a picture."""
    course = make_course()
    design = CertificateDesign.objects.get(slug="standard")
    design.logo = picture()
    design.save()
    course.certificate_design = design
    course.save()
    enrollment = complete_enrollment(enroll_malee(cast, course), by=cast.malee)
    render_certificate(enrollment.certificate_id)
    return enrollment


def picture() -> AcademyImage:
    written = BytesIO()
    Image.new("RGB", (40, 40), "white").save(written, "PNG")
    return AcademyImage.objects.create(title="ตรา", file=ImageFile(BytesIO(written.getvalue()), name="logo.png"))


THINGS: dict[str, Callable[[Enrollment], models.Model]] = {
    "course": lambda enrollment: enrollment.course,
    "design": lambda enrollment: enrollment.certificate.design,
    "version": lambda enrollment: enrollment.certificate.version,
    "picture": lambda enrollment: enrollment.certificate.design.logo,
    "key": lambda enrollment: SigningKey.objects.get(pk=enrollment.certificate.document_key_id),
    "badge key": lambda enrollment: SigningKey.objects.get(pk=enrollment.certificate.badge_key_id),
    "status list": lambda enrollment: enrollment.certificate.status_list,
    "account": lambda enrollment: enrollment.user,
    "organization": lambda enrollment: enrollment.organization,
    "enrollment's certificate": lambda enrollment: enrollment.certificate,
}


@pytest.mark.parametrize("name", THINGS)
def test_what_a_certificate_stands_on_is_not_deleted(earned: Enrollment, name: str) -> None:
    earned.refresh_from_db()
    assert earned.certificate.document_key == active_key("document")
    with pytest.raises(ProtectedError):
        THINGS[name](earned).delete()
    assert Certificate.objects.filter(pk=earned.certificate_id, holder=earned.user_id).exists()


def test_every_relation_of_a_certificate_protects_it() -> None:
    pointing = [field for field in Certificate._meta.fields if field.is_relation]
    pointing += [DesignVersion._meta.get_field("design")]
    assert {field.remote_field.on_delete for field in pointing} == {models.PROTECT}
    assert {field.name for field in KeptPicture._meta.fields} == {"id", "sha256", "media_type", "file"}
    assert StatusList.objects.count() == 0


def test_a_picture_that_was_printed_is_kept_when_the_library_lets_it_go(earned: Enrollment) -> None:
    design = earned.certificate.design
    logo, design.logo = design.logo, None
    design.save()
    logo.delete()
    assert earned.certificate.version.pictures.count() == 1


@pytest.fixture
def administrator(client: Client, cast: Cast) -> Client:
    client.force_login(User.objects.create_superuser("chief", first_name="ผู้ดูแล", last_name="ระบบ"))
    return client


def addresses(enrollment: Enrollment) -> dict[str, tuple[str, dict[str, Any]]]:
    course, design, logo = enrollment.course, enrollment.certificate.design, enrollment.certificate.design.logo
    return {
        "a course": (reverse("wagtailadmin_pages:delete", args=[course.pk]), {}),
        "its folder": (
            reverse("wagtailadmin_pages:delete", args=[course.get_parent().pk]),
            {"confirm_site_name": settings.WAGTAIL_SITE_NAME},
        ),
        "courses at once": (
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={course.pk}",
            {},
        ),
        "a design": (reverse(design.snippet_viewset.get_url_name("delete"), args=[design.pk]), {}),
        "a picture": (reverse("wagtailimages:delete", args=[logo.pk]), {}),
        "pictures at once": (
            reverse("wagtail_bulk_action", args=["cms", "academyimage", "delete"]) + f"?id={logo.pk}",
            {},
        ),
        "an account": (reverse("wagtailusers_users:delete", args=[enrollment.user_id]), {}),
        "accounts at once": (
            reverse("wagtail_bulk_action", args=["people", "user", "delete"]) + f"?id={enrollment.user_id}",
            {},
        ),
    }


NAMES = [
    "a course",
    "its folder",
    "courses at once",
    "a design",
    "a picture",
    "pictures at once",
    "an account",
    "accounts at once",
]


@pytest.mark.parametrize("is_indexed", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_the_admin_refuses_it_in_a_sentence(
    earned: Enrollment, administrator: Client, name: str, is_indexed: bool
) -> None:
    """With Wagtail's index of references and without it: rows that are made in bulk never come into it."""
    earned.refresh_from_db()
    found = addresses(earned)
    assert list(found) == NAMES
    if not is_indexed:
        ReferenceIndex.objects.all().delete()
    counts = (User.objects.count(), Certificate.objects.count(), Enrollment.objects.count())
    address, form = found[name]
    answer = administrator.post(address, form)
    if answer.status_code == 409:
        assert (
            str(Certificate._meta.verbose_name_plural) in (said := answer.content.decode())
            or str(Enrollment._meta.verbose_name_plural) in said
            or name.startswith("picture")
            or name == "a picture"
        )
    else:  # Wagtail's own sentence, or that of the page of designs
        assert answer.status_code == 302
        assert [str(message) for message in get_messages(answer.wsgi_request)] != []
    assert counts == (User.objects.count(), Certificate.objects.count(), Enrollment.objects.count())
    earned.course.refresh_from_db()
    AcademyImage.objects.get(pk=earned.certificate.design.logo_id)
