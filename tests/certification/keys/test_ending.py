"""A certificate of a key ends on a day that is known for years: administrators read of it sixty days before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import checks
from django.db import OperationalError
from django.test import Client
from django.utils.html import escape
from django.utils.translation import gettext

from certification.keys.changing import add_key, rotate_key
from certification.keys.checks import ENDS_SOON, certificates_of_keys_last
from certification.keys.readiness import SOON, warnings_of_end
from certification.models import SigningKey
from learning.people.models import User
from tests.certification.keys.given import LONG, Authority, p256, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir", "academy")]
END = LONG[1]
WIPA = "นางสาววิภา ใฝ่เรียน"


@pytest.fixture
def key(keys_dir: Path) -> SigningKey:
    return add_key(**document(keys_dir, "one"))


def document(keys_dir: Path, name: str, **how: Any) -> dict[str, Any]:
    own = p256()
    chain = Authority.named("กรมส่งเสริมสหกรณ์").chain_for(own, **how)
    return {"purpose": "document", "location": put(keys_dir, f"{name}.pem", own), "name": WIPA, "chain": chain}


@pytest.mark.parametrize(("before", "count"), [(SOON, 0), (SOON - timedelta(seconds=1), 1), (-timedelta(days=1), 1)])
def test_sixty_days_before_the_end_there_is_a_sentence(
    key: SigningKey, time_machine: Any, before: timedelta, count: int
) -> None:
    time_machine.move_to(END - before)
    assert len(warnings_of_end()) == count


def test_the_sentence_says_which_key_until_when_and_what_to_do(key: SigningKey, time_machine: Any) -> None:
    facts = {"name": WIPA, "purpose": key.get_purpose_display(), "day": "1 มกราคม 2592"}
    time_machine.move_to(END - timedelta(days=30))
    ends = gettext(
        "The certificate of the signing key “%(name)s” (%(purpose)s) ends on %(day)s. "
        "After that new certificates get no file: "
        "ask the authority for a new one now, then rotate the key."
    )
    assert warnings_of_end() == [ends % facts]
    time_machine.move_to(END + timedelta(days=30))
    ended = gettext(
        "The certificate of the signing key “%(name)s” (%(purpose)s) ended on %(day)s. "
        "Nothing is signed with it any more, and new certificates wait for their file: "
        "ask the authority for a new one, then rotate the key."
    )
    assert warnings_of_end() == [ended % facts]


def test_a_key_that_was_rotated_out_is_not_told_of(keys_dir: Path, time_machine: Any) -> None:
    soon = datetime(2030, 1, 1, tzinfo=UTC)
    time_machine.move_to(soon - timedelta(days=30))
    old = add_key(**document(keys_dir, "one", days=(LONG[0], soon)))
    assert len(warnings_of_end()) == 1
    rotate_key(**document(keys_dir, "two"))
    old.refresh_from_db()
    assert (old.state, warnings_of_end()) == ("retired", [])


def test_administrators_read_it_on_the_first_page_and_others_do_not(
    key: SigningKey, client: Client, time_machine: Any
) -> None:
    wipa = User.objects.create_user("wipa")
    wipa.user_permissions.add(Permission.objects.get(codename="access_admin"))
    krit = User.objects.create_superuser("krit")
    client.force_login(krit)
    assert gettext("Renew it now") not in client.get("/admin/signing-keys/").content.decode()
    time_machine.move_to(END - timedelta(days=30))
    [sentence] = map(escape, warnings_of_end())
    client.force_login(krit)
    assert sentence in client.get("/admin/").content.decode()
    assert gettext("Renew it now") in client.get("/admin/signing-keys/").content.decode()
    client.force_login(wipa)
    assert sentence not in client.get("/admin/").content.decode()


def test_a_check_of_the_database_tells_it_too(key: SigningKey, time_machine: Any) -> None:
    time_machine.move_to(END - timedelta(days=30))
    told = [one for one in checks.run_checks(databases=["default"]) if one.id == ENDS_SOON]
    assert [(one.msg, one.level) for one in told] == [(warnings_of_end()[0], checks.WARNING)]
    assert certificates_of_keys_last(databases=None) == []


def test_a_database_without_its_tables_has_nothing_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> list[str]:
        raise OperationalError("no such table")

    monkeypatch.setattr("certification.keys.checks.warnings_of_end", missing)
    assert certificates_of_keys_last(databases=["default"]) == []
