"""The check of a training record by anyone who holds its code or its file."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from certification.checking.examining import examine
from certification.checking.headline import headline
from certification.checking.limiting import WRONG_CODES
from certification.checking.report import Verdict
from certification.choices import KeyPurpose
from certification.codes import grouped
from certification.flows import issue_anew, replace, revoke
from certification.keys.changing import revoke_key
from certification.keys.choosing import active_key
from certification.models import Certificate
from learning.records.flows.showing import ask_for_training_record
from learning.records.holdings import ended_since
from learning.records.models import TrainingRecord
from learning.records.printing.facts import check_address
from learning.records.printing.making import make_record
from tests.cast import Cast
from tests.factories.learned import content_of, issued_certificate, recorded_paper, revoked

pytestmark = pytest.mark.django_db
PAGE = "/my/record/"


def check(code: str) -> Any:
    return Client().get(f"/r/{code}")


def test_the_check_says_who_when_how_much_and_the_fingerprint(made: TrainingRecord) -> None:
    answer = check(made.code)
    text = answer.content.decode()
    assert answer.status_code == 200
    for field, said in (("name", "นางมาลี ใจดี"), ("hours", "18"), ("count", "2"), ("sha256", made.sha256)):
        assert f'data-field="{field}">{said}<' in text, field
    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == ("noindex, nofollow", "private, no-store")


def test_titles_of_trainings_are_not_told_to_strangers(made: TrainingRecord) -> None:
    assert "เลขานุการสหกรณ์" not in check(made.code).content.decode()


def test_the_address_on_the_paper_leads_to_the_check(made: TrainingRecord) -> None:
    assert check_address(made) == f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/r/{made.code}"


@pytest.mark.parametrize("change", [grouped, str.lower, lambda code: code.replace("0", "O")], ids=["-", "abc", "O"])
def test_a_code_may_be_typed_in_any_way(made: TrainingRecord, change: Callable[[str], str]) -> None:
    TrainingRecord.objects.update(code="00000000000R"[:11] + "0")
    answer = check(change("000000000000"))
    assert (answer.status_code, answer.get("Location")) in ((302, "/r/000000000000"), (200, None))
    form = Client().get("/r/", {"code": change("000000000000")})
    assert (form.status_code, form["Location"]) == (302, "/r/000000000000")


def test_a_typing_error_is_told_apart_from_a_code_that_was_never_given_out(made: TrainingRecord) -> None:
    wrong = made.code[:-1] + ("0" if made.code[-1] != "0" else "1")
    for code, is_error in ((wrong, "yes"), ("SHORT", "yes"), ("000000000000", "no")):
        answer = check(code)
        assert (answer.status_code, f'data-typing-error="{is_error}"' in answer.content.decode()) == (404, True)
    assert Client().get("/r/", {"code": wrong}).status_code == 422


def test_a_record_without_its_paper_is_not_there_yet(record: TrainingRecord) -> None:
    assert check(record.code).status_code == 404


def test_the_code_of_a_certificate_leads_to_its_own_page(papers: list[Certificate]) -> None:
    code = papers[0].code
    assert check(code)["Location"] == reverse("certification:verify", args=[code])


def test_what_was_revoked_since_is_told(cast: Cast) -> None:
    certificates = [issued_certificate(cast.malee, title) for title in ("หนึ่ง", "สอง", "สาม")]
    Certificate.objects.filter(pk=certificates[0].pk).update(**revoked())
    made = ask_for_training_record(cast.malee, by=cast.malee)
    assert make_record(made.pk)
    assert 'data-ended="0"' in check(made.code).content.decode(), "what was revoked before says so on the paper"
    Certificate.objects.filter(pk=certificates[1].pk).update(**revoked())
    assert 'data-ended="1"' in check(made.code).content.decode()


def test_one_that_was_corrected_since_and_then_revoked_is_told_too(cast: Cast) -> None:
    one = issued_certificate(cast.malee)
    made = ask_for_training_record(cast.malee, by=cast.malee)
    TrainingRecord.objects.filter(pk=made.pk).update(state="ready")
    corrected = replace(one, reason="สะกดชื่อผิด", by=cast.malee)
    assert ended_since(made) == 0
    Certificate.objects.filter(pk=corrected.pk).update(**revoked())
    assert ended_since(made) == 1


def test_guessing_codes_is_stopped_and_a_true_one_never_is(made: TrainingRecord) -> None:
    for _ in range(WRONG_CODES.count):
        assert check("000000000000").status_code == 404
    assert (check("000000000000").status_code, check(made.code).status_code) == (429, 200)


def test_the_check_of_files_knows_a_training_record_by_its_bytes(made: TrainingRecord) -> None:
    report = examine(content_of(made), now=timezone.now())
    assert (report.verdict, report.certificate) == (Verdict.TRUE, None)
    assert (report.holds("known"), report.holds("bytes"), report.holds("standing")) == (True, True, True)
    assert report.verify_url == f"http://127.0.0.1:8000/r/{made.code}"
    shown = Client().post("/v/", {"file": SimpleUploadedFile("x.pdf", content_of(made))}).content.decode()
    assert f'href="/r/{made.code}"' in shown


def test_the_check_of_files_says_what_was_revoked_since(cast: Cast) -> None:
    certificate = issued_certificate(cast.malee)
    made = ask_for_training_record(cast.malee, by=cast.malee)
    assert make_record(made.pk)
    made.refresh_from_db()
    Certificate.objects.filter(pk=certificate.pk).update(**revoked())
    assert examine(content_of(made), now=timezone.now()).verdict == Verdict.CANNOT_SAY


def test_a_training_record_with_one_byte_changed_is_not_true(made: TrainingRecord) -> None:
    data = bytearray(content_of(made))
    data[data.index(b"stream") + 40] ^= 1
    assert examine(bytes(data), now=timezone.now()).verdict == Verdict.NOT_TRUE


def test_its_code_typed_where_certificates_are_checked_leads_to_its_page(made: TrainingRecord) -> None:
    answer = Client().get(reverse("certification:verify", args=[made.code]))
    assert (answer.status_code, answer["Location"]) == (302, f"/r/{made.code}")


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_seven_queries_and_the_check_two(
    malee: Client, cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        recorded_paper(cast.malee, f"เรื่องที่ {number}", date(2026, 1, 1) + timedelta(days=number), hours="1")
    record = ask_for_training_record(cast.malee, by=cast.malee)
    # session · person · enrollments · seats · workshop lessons · other certificates · papers
    with django_assert_num_queries(7):
        page = malee.get(PAGE)
    assert len(page.context["learned"].lines) == count
    TrainingRecord.objects.update(state="ready", sha256="0" * 64)
    with django_assert_num_queries(2):  # the record · what was revoked since
        assert check(record.code).status_code == 200


def revoke_the_key_of(made: TrainingRecord) -> None:
    assert made.document_key is not None
    revoke_key(made.document_key, reason="The file was copied by a stranger.")


def test_a_record_knows_the_keys_that_signed_it(made: TrainingRecord) -> None:
    assert made.document_key == active_key(KeyPurpose.DOCUMENT)
    assert made.approval_key == active_key(KeyPurpose.APPROVAL)


def test_a_revoked_key_is_told_on_the_page_of_the_record(made: TrainingRecord) -> None:
    before = check(made.code).content.decode()
    revoke_the_key_of(made)
    after = check(made.code).content.decode()
    assert ['data-state="key-revoked"' in page for page in (before, after)] == [False, True]
    assert ['data-state="valid"' in page for page in (before, after)] == [True, False]


def test_a_revoked_key_is_told_to_who_made_the_record(made: TrainingRecord, malee: Client) -> None:
    before = malee.get(PAGE).content.decode()
    revoke_the_key_of(made)
    assert ['data-note="key-revoked"' in page for page in (before, malee.get(PAGE).content.decode())] == [False, True]


def test_the_check_of_files_agrees_that_a_revoked_key_proves_nothing(made: TrainingRecord) -> None:
    revoke_the_key_of(made)
    report = examine(content_of(made), now=timezone.now())
    assert (report.verdict, report.holds("standing"), report.holds("bytes")) == (Verdict.NOT_TRUE, False, True)
    assert headline(report) == gettext("Not true any more: the file is genuine, but this paper no longer counts")


def test_one_that_was_revoked_and_issued_anew_is_no_doubt(cast: Cast) -> None:
    one = issued_certificate(cast.malee)
    made = ask_for_training_record(cast.malee, by=cast.malee)
    TrainingRecord.objects.filter(pk=made.pk).update(state="ready")
    revoke(one, reason="ผิดฉบับ", by=cast.malee)
    before = ended_since(made)
    new = issue_anew(one, reason="เพิกถอนผิด", by=cast.malee)
    between = ended_since(made)
    revoke(replace(new, reason="สะกดชื่อผิด", by=cast.malee), reason="ออกผิดคน", by=cast.malee)
    assert (before, between, ended_since(made)) == (1, 0, 1)
