"""Designs in the admin: what the form refuses, the live preview, the versions, deleting and archiving."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.translation import gettext, ngettext
from PIL import Image, ImageDraw
from pytest_django import DjangoAssertNumQueries

from certification.choices import CertificateState
from certification.designing.forms import DESIGN_HANDLER
from certification.designing.versions import design_url
from certification.models import Certificate, CertificateDesign
from certification.queries import offered_designs
from cms.models import AcademyImage
from learning.people.models import User
from learning.workshops.forms.scheduling.facts import FactsForm
from tests.certification.conftest import Issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def krit(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("krit-admin", first_name="กฤต", last_name="พากเพียร"))
    return client


def filled(design: CertificateDesign, **changes: str) -> dict[str, str]:
    """The form as the admin sends it."""
    signer = design.signers.get()
    values = {
        "name": design.name,
        "slug": design.slug,
        "layout": "landscape",
        "border": "rice",
        "languages": "th",
        "heading": "วุฒิบัตร",
        "heading_en": "Certificate",
        "issuer": design.issuer,
        "issuer_en": "",
        "opening": design.opening,
        "opening_en": design.opening_en,
        "statement": design.statement,
        "statement_en": design.statement_en,
        "criteria": "",
        "office_code": "",
        "number_pattern": "{office}-{number}/{year}",
        "valid_months": "",
        "logo": "",
        "seal": "",
        "signers-TOTAL_FORMS": "1",
        "signers-INITIAL_FORMS": "1",
        "signers-MIN_NUM_FORMS": "1",
        "signers-MAX_NUM_FORMS": "3",
        "signers-0-id": str(signer.pk),
        "signers-0-ORDER": "1",
        "signers-0-name": signer.name,
        "signers-0-name_en": "",
        "signers-0-position": signer.position,
        "signers-0-position_en": "",
        "signers-0-picture": "",
    }
    return {**values, **changes}


def picture(content: bytes, name: str) -> AcademyImage:
    return AcademyImage.objects.create(title=name, file=ContentFile(content, name), width=10, height=10)


def png() -> bytes:
    drawn = Image.new("RGB", (600, 200), "white")
    ImageDraw.Draw(drawn).line((20, 150, 300, 40, 580, 120), fill=(20, 30, 130), width=9)
    file = BytesIO()
    drawn.save(file, "PNG")
    return file.getvalue()


def refusals(design: CertificateDesign, **changes: str) -> dict[str, list[str]]:
    """Fields and the sentences at them, of the form and of the first signer."""
    form_class = DESIGN_HANDLER.bind_to_model(CertificateDesign).get_form_class()
    form = form_class(filled(design, **changes), instance=design)
    assert not form.is_valid()
    return {**form.errors, **form.formsets["signers"].forms[0].errors} | (
        {"signers": form.formsets["signers"].non_form_errors()} if form.formsets["signers"].non_form_errors() else {}
    )


def test_a_design_is_saved_with_everything_the_sheet_needs(krit: Client, design: CertificateDesign) -> None:
    logo = picture(png(), "logo.png")
    answer = krit.post(
        design_url("edit", design.pk),
        filled(design, layout="portrait", border="lines", languages="th-en", logo=str(logo.pk), valid_months="24"),
    )
    assert answer.status_code == 302
    design.refresh_from_db()
    assert (design.layout, design.border, design.languages, design.logo, design.valid_months) == (
        "portrait",
        "lines",
        "th-en",
        logo,
        24,
    )
    assert design.number_pattern == "{office}-{number}/{year}"


ONCE = "Write {number} once and {year} once; {office} may stand with them, and nothing else in braces."
OPEN = "A brace is open. Write {office}, {number} and {year} with both braces."
TOO_LONG = "This text is too long for its place on the sheet. Shorten it."
LONG = "ผู้ทรงคุณวุฒิด้านการสหกรณ์" * 7
SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'
CALLING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path onload="x()" d="M0 0h9v9z"/></svg>'
WRITING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>A</text></svg>'
FETCHING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    b'<use x:href="file:///etc/passwd"/></svg>'
)
HUGE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M%s"/></svg>' % b" ".join(
    str(number * number % 99991).encode() for number in range(4000)
)


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("number_pattern", "{office}/{year}", ONCE),
        ("number_pattern", "{number}{number}/{year}", ONCE),
        ("number_pattern", "{number}/{year", ONCE),
        ("number_pattern", "{number}/{year}}", OPEN),
        ("heading", "ฌ" * 60, TOO_LONG),
        ("name", LONG[:118], TOO_LONG),
        ("position", "หนึ่ง\nสอง\nสาม\nสี่", "A position has at most three lines on the sheet."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_field(
    design: CertificateDesign, field: str, text: str, sentence: str
) -> None:
    signers = {"name": "signers-0-name", "position": "signers-0-position"}
    changes = {signers.get(field, field): text, "layout": "portrait"}
    if field == "name":
        changes |= two_more_signers()
    assert refusals(design, **changes) == {field: [gettext(sentence)]}


def two_more_signers() -> dict[str, str]:
    facts = {"signers-TOTAL_FORMS": "3"}
    for number in (1, 2):
        one = {"name": "นายกฤต พากเพียร", "position": "กรรมการ", "ORDER": str(number + 1), "id": ""}
        facts |= {f"signers-{number}-{name}": value for name, value in one.items()}
        facts |= {f"signers-{number}-{name}": "" for name in ("name_en", "position_en", "picture")}
    return facts


@pytest.mark.parametrize("field", ["issuer", "statement_en", "signers-0-position", "number_pattern"])
def test_letters_that_cannot_be_printed_are_named(design: CertificateDesign, field: str) -> None:
    text = "{number}陳/{year}" if field == "number_pattern" else "สหกรณ์ 陳"
    sentence = gettext("The typeface of certificates cannot print %(letters)s. Take it out.") % {"letters": "陳"}
    assert refusals(design, **{field: text}) == {field.removeprefix("signers-0-"): [sentence]}


NO_PICTURE = "This file is not a picture that can be read. Save it again as PNG or JPEG."
ACTIVE = "The drawing holds a script, a style sheet or something from outside. Save it as PNG."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"GIF89a but not really", NO_PICTURE),
        (SCRIPTED, ACTIVE),
        (CALLING, ACTIVE),
        (FETCHING, ACTIVE),
        (WRITING, "The drawing holds text. Turn the text into paths, or save the drawing as PNG."),
        (HUGE, "The drawing is too large for a sheet. Simplify it, or save it as PNG."),
        (b"<svg><path", "The drawing cannot be read. Save it again as plain SVG, or as PNG."),
    ],
)
def test_a_picture_that_cannot_be_printed_is_refused_with_what_to_do(
    design: CertificateDesign, content: bytes, sentence: str
) -> None:
    image = picture(png(), "logo.png")
    with image.file.storage.open(image.file.name, "wb") as file:  # changed since it was uploaded
        file.write(content)
    assert refusals(design, logo=str(image.pk)) == {"logo": [gettext(sentence)]}


def test_a_signature_without_ink_is_refused(design: CertificateDesign) -> None:
    file = BytesIO()
    Image.new("RGB", (300, 100), "white").save(file, "PNG")
    image = picture(file.getvalue(), "empty.png")
    assert refusals(design, **{"signers-0-picture": str(image.pk)}) == {
        "picture": [gettext("The signature is empty: nothing dark is seen on it.")]
    }


def test_a_design_without_a_signer_is_refused(design: CertificateDesign) -> None:
    found = refusals(design, **{"signers-0-DELETE": "on"})
    assert list(found) == ["signers"]


def test_the_example_of_a_number_stands_beside_the_pattern(krit: Client, design: CertificateDesign) -> None:
    CertificateDesign.objects.update(number_pattern="{office}-{number}/{year}")
    page = krit.get(design_url("edit", design.pk)).content.decode()
    assert page.count('id="number-example"') == 1
    assert ">ศส.๑๔-๐๐๐๑๒๓/๒๕" in page


# --- the live preview ---------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["ordinary", "longest", "english"])
def test_the_preview_shows_the_printed_sheet_of_what_is_typed_and_saves_nothing(
    krit: Client, design: CertificateDesign, mode: str
) -> None:
    url = design_url("preview_on_edit", design.pk)
    krit.post(url, filled(design))
    saved = krit.get(url, {"mode": mode}).content
    typed = krit.post(url, filled(design, issuer="กรมส่งเสริมสหกรณ์"))
    assert typed.json() == {"is_valid": True, "is_available": True}
    shown = krit.get(url, {"mode": mode}).content
    assert shown.count(b'src="data:image/png;base64,') == 1
    assert shown != saved
    design.refresh_from_db()
    assert design.issuer == "สหกรณ์อะคาเดมี"
    assert design.versions.count() == 0


def test_the_three_previews_differ(krit: Client, design: CertificateDesign) -> None:
    url = design_url("preview_on_edit", design.pk)
    krit.post(url, filled(design))
    pages = {krit.get(url, {"mode": mode}).content for mode in ("ordinary", "longest", "english")}
    assert len(pages) == 3


def test_a_new_design_has_its_preview_before_it_is_saved(krit: Client, design: CertificateDesign) -> None:
    url = design_url("preview_on_add")
    facts = filled(design, slug="new") | {"signers-INITIAL_FORMS": "0", "signers-0-id": ""}
    assert krit.post(url, facts).json() == {"is_valid": True, "is_available": True}
    assert krit.get(url).content.count(b'src="data:image/png;base64,') == 1
    assert list(CertificateDesign.objects.all()) == [design]


def test_what_cannot_be_printed_leaves_the_last_good_preview(krit: Client, design: CertificateDesign) -> None:
    url = design_url("preview_on_edit", design.pk)
    assert krit.post(url, filled(design)).json() == {"is_valid": True, "is_available": True}
    assert krit.post(url, filled(design, issuer="陳")).json() == {"is_valid": False, "is_available": True}


def test_without_the_drawing_library_the_preview_says_so(
    krit: Client, design: CertificateDesign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from certification.rendering.engine import RenderingUnavailable

    def fail(facts: Any) -> bytes:
        raise RenderingUnavailable("Pango")

    monkeypatch.setattr("certification.designing.sheets.render_pdf", fail)
    url = design_url("preview_on_edit", design.pk)
    krit.post(url, filled(design))
    page = krit.get(url).content.decode()
    assert gettext("No certificate can be drawn here: a library is missing. Ask the administrator.") in page


# --- versions, archive, deleting ---------------------------------------------------------------------


def test_versions_are_listed_with_their_certificates_and_shown(
    krit: Client, design: CertificateDesign, issue: Issue, malee: User
) -> None:
    issue()
    issue(occasion="course:2")
    design.issuer = "กรมส่งเสริมสหกรณ์"
    design.save()
    issue(occasion="course:3")
    page = krit.get(design_url("versions", design.pk))
    rows = [(row.number, row.certificate_count, row.created_by) for row in page.context["object_list"]]
    assert rows == [(2, 1, malee), (1, 2, malee)]
    for number in (1, 2):
        shown = krit.get(design_url("version", design.pk, number)).content
        assert shown.count(b'src="data:image/png;base64,') == 1
    assert krit.get(design_url("version", design.pk, 3)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_versions_asks_as_often_for_thirty_as_for_one(
    krit: Client, design: CertificateDesign, issue: Issue, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        design.issuer = f"สหกรณ์ {number}"
        design.save()
        issue(occasion=f"course:{number}")
    krit.get(design_url("versions", design.pk))
    with django_assert_num_queries(8):
        krit.get(design_url("versions", design.pk))


@pytest.mark.parametrize("name", ["list", "versions", "version", "edit", "preview_on_edit"])
def test_a_learner_sees_no_design(
    client: Client, design: CertificateDesign, issue: Issue, malee: User, name: str
) -> None:
    issue()
    client.force_login(malee)
    args = {"list": (), "version": (design.pk, 1)}.get(name, (design.pk,))
    assert client.get(design_url(name, *args)).status_code == 302


def test_deleting_a_design_in_use_is_refused_with_a_sentence(
    krit: Client, design: CertificateDesign, issue: Issue
) -> None:
    issue()
    answer = krit.post(design_url("delete", design.pk), follow=True)
    sentence = ngettext(
        "%(count)d certificate was issued with this design, so it is kept. Archive it instead.",
        "%(count)d certificates were issued with this design, so it is kept. Archive it instead.",
        1,
    ) % {"count": 1}
    assert [str(message) for message in answer.context["messages"]] == [sentence]
    assert (CertificateDesign.objects.count(), Certificate.objects.get().state) == (1, CertificateState.VALID)


def test_a_design_that_nothing_rests_on_is_deleted(krit: Client, design: CertificateDesign) -> None:
    assert krit.post(design_url("delete", design.pk)).status_code == 302
    assert CertificateDesign.objects.count() == 0


def test_archived_designs_are_not_offered(krit: Client, design: CertificateDesign) -> None:
    old = CertificateDesign.objects.create(slug="old", name="เดิม", issuer="สหกรณ์", is_archived=True)
    assert list(offered_designs()) == [design]
    assert set(offered_designs(chosen=old.pk)) == {design, old}
    assert list(FactsForm().fields["certificate_design"].queryset) == [design]
    chooser = CertificateDesign.snippet_viewset.chooser_viewset
    page = krit.get(f"/admin/{chooser.url_prefix}/").json()["html"]
    assert design.name in page
    assert old.name not in page
