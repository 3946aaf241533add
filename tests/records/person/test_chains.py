"""One that took the place of another may end itself: then nobody is told that it counts, only that it came after."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.checking.about_register import add_standing
from certification.checking.report import Report
from certification.codes import grouped
from certification.flows import issue_anew, replace, revoke
from certification.models import Certificate
from tests.cast import Cast
from tests.factories.learned import issued_certificate

pytestmark = pytest.mark.django_db
Follow = Callable[[Certificate, Cast], Certificate]


def corrected(one: Certificate, cast: Cast) -> Certificate:
    return replace(one, reason="สะกดชื่อผิด", by=cast.somchai, holder_name="นางมาลัย ใจดี")


def issued_anew(one: Certificate, cast: Cast) -> Certificate:
    return issue_anew(revoke(one, reason="ผิดคน", by=cast.somchai), reason="เพิกถอนผิดฉบับ", by=cast.somchai)


@pytest.mark.parametrize("follow", [corrected, issued_anew])
def test_the_page_the_wallet_and_the_check_say_what_counts_only_while_it_counts(
    malee: Client, cast: Cast, follow: Follow
) -> None:
    old = issued_certificate(cast.malee)
    new = follow(old, cast)
    word = {"number": new.number, "code": grouped(new.code)}
    holds = {
        corrected: _("The one that counts: %(number)s"),
        issued_anew: _("You have a new one in its place: %(number)s"),
    }
    after, after_checked = _("The one that came after it: %(number)s"), _("See the one that came after it: %(code)s")
    pages = [(malee, "/my/certificates/"), (malee, f"/my/certificates/{old.code}/")]

    def said() -> list[tuple[bool, bool]]:
        texts = [browser.get(page).content.decode() for browser, page in pages]
        return [(holds[follow] % word in text, after % word in text) for text in texts]

    def checked() -> tuple[bool, bool]:
        text = Client().get(f"/v/{old.code}").content.decode()
        return f'/v/{new.code}" data-field="replaced_by"' in text, after_checked % word in text

    assert (said(), checked()) == ([(True, False)] * 2, (True, False))
    revoke(new, reason="ออกผิดคน", by=cast.somchai)
    assert (said(), checked()) == ([(False, True)] * 2, (True, True))


def test_the_check_of_a_file_says_so_too(cast: Cast) -> None:
    old = issued_certificate(cast.malee)
    new = corrected(old, cast)
    word = {"number": new.number, "code": grouped(new.code)}

    def advice() -> str:
        report = Report(sha256="")
        add_standing(report, Certificate.objects.get(pk=old.pk), timezone.now())
        return report.findings[0].advice

    before = advice()
    revoke(new, reason="ออกผิดคน", by=cast.somchai)
    assert before == _("The certificate that counts has the number %(number)s and the code %(code)s.") % word
    assert advice() == _("The one that came after it has the number %(number)s and the code %(code)s.") % word
