"""The holder's name in English: frozen where the sheet prints it, shown to whoever checks, never made up."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone
from openbadgeslib.ob3 import OB3LdpVerifier

from certification.checking.examining import examine
from certification.checking.report import Report, Verdict
from certification.facts import printed_facts
from certification.flows import issue_anew, replace, revoke
from certification.keys.public import public_key
from certification.models import Certificate, CertificateDesign
from certification.rendering.engine import render_pdf
from learning.people.models import User
from tests.certification.badge.conftest import badge_key, badge_of
from tests.certification.badge.test_other_programs import PROGRAMS, the_list
from tests.certification.checking.conftest import Filed, file, real_keys
from tests.certification.conftest import Issue
from tests.certification.keys.given import keys_dir
from tests.certification.rendering.sheets import READERS
from tests.node import node

__all__ = ["file", "keys_dir", "real_keys"]
ENGLISH = "Malee O'Jaidee"
BEFORE = [("certification", "0010_registers_in_their_order"), ("people", "0003_thai_order")]
File = Callable[..., Filed]


@pytest.fixture
def both(design: CertificateDesign) -> CertificateDesign:
    """The design, with English lines from now on."""
    design.languages, design.heading_en = "th-en", "Certificate"
    design.save()
    return design


def names_in(badge: dict[str, Any]) -> list[str]:
    return [one["identityHash"] for one in badge["credentialSubject"]["identifier"] if not one["hashed"]]


def fields(client: Client, certificate: Certificate) -> dict[str, str]:
    page = BeautifulSoup(client.get(f"/v/{certificate.code}").content, "html.parser")
    return {one["data-field"]: one.get_text(strip=True) for one in page.select("dl [data-field]")}


def looked_at(content: bytes) -> Report:
    return examine(content, now=timezone.now())


# --- frozen --------------------------------------------------------------------------------------
def test_it_is_frozen_and_printed_where_the_design_has_english(both: CertificateDesign, issue: Issue) -> None:
    certificate = issue(holder_name_en=f" {ENGLISH}  ")
    assert Certificate.objects.get().holder_name_en == ENGLISH
    lines = [line.strip() for line in READERS["pdfium"](render_pdf(printed_facts(certificate)))]
    assert lines[lines.index("นางมาลี ใจดี") + 1] == ENGLISH


def test_a_design_in_thai_keeps_none_for_its_sheet_prints_none(issue: Issue, client: Client) -> None:
    certificate = issue(holder_name_en=ENGLISH)
    assert certificate.holder_name_en == ""
    assert ENGLISH not in "".join(READERS["pypdf"](render_pdf(printed_facts(certificate))))
    assert "holder_name_en" not in fields(client, certificate)


def test_who_has_written_none_gets_none(both: CertificateDesign, issue: Issue, client: Client) -> None:
    certificate = issue()
    assert (certificate.holder_name_en, printed_facts(certificate).name_en) == ("", "")
    assert "holder_name_en" not in fields(client, certificate)
    assert client.get(f"/v/{certificate.code}.json").json()["holder_name_en"] == ""


def test_what_its_owner_writes_later_changes_no_sheet(both: CertificateDesign, issue: Issue, malee: User) -> None:
    certificate = issue(holder_name_en=ENGLISH)
    malee.name_en = "Somebody Else"
    malee.save()
    certificate.refresh_from_db()
    assert printed_facts(certificate).name_en == ENGLISH


# --- shown ---------------------------------------------------------------------------------------
def test_whoever_checks_the_code_reads_it(both: CertificateDesign, issue: Issue, client: Client) -> None:
    certificate = issue(holder_name_en=ENGLISH)
    shown = fields(client, certificate)
    assert (shown["holder_name"], shown["holder_name_en"]) == ("นางมาลี ใจดี", ENGLISH)
    page = BeautifulSoup(client.get(f"/v/{certificate.code}").content, "html.parser")
    assert page.select_one("[data-field=holder_name_en]")["lang"] == "en"
    assert client.get(f"/v/{certificate.code}.json").json()["holder_name_en"] == ENGLISH


def test_a_page_with_one_and_a_page_without_one_are_not_mixed_up(
    both: CertificateDesign, issue: Issue, client: Client
) -> None:
    first, second, third = issue(holder_name_en=ENGLISH), issue(), issue(holder_name_en="<b>Krit</b>")
    shown = [fields(client, one).get("holder_name_en") for one in (first, second, third, first)]
    assert shown == [ENGLISH, None, "<b>Krit</b>", ENGLISH]
    assert re.findall("<b>Krit", client.get(f"/v/{third.code}").content.decode()) == []


# --- badge ---------------------------------------------------------------------------------------
def test_the_badge_names_the_holder_as_the_sheet_does(both: CertificateDesign, issue: Issue, keys_dir: Any) -> None:
    badge = badge_of(issue(holder_name_en=ENGLISH))
    assert names_in(badge.payload) == names_in(badge.document) == ["นางมาลี ใจดี", ENGLISH]
    kinds = {one["identityType"] for one in badge.payload["credentialSubject"]["identifier"]}
    assert kinds == {"name"}
    assert names_in(badge_of(issue()).payload) == ["นางมาลี ใจดี"]


def test_other_programs_hold_a_badge_with_both_names_for_good(
    both: CertificateDesign, issue: Issue, keys_dir: Any
) -> None:
    badge = badge_of(issue(holder_name_en=ENGLISH))
    pem = public_key(badge_key().public_jwk).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert OB3LdpVerifier(pubkey_pem=pem).verify(badge.document).id == badge.payload["id"]
    other = json.loads(json.dumps(badge.document))
    other["credentialSubject"]["identifier"][1]["identityHash"] = "Somebody Else"
    given = {"credentials": [badge.document, other], "did": badge.did, "list": the_list()}
    assert [one["verified"] for one in node(PROGRAMS / "vc.mjs", given)["results"]] == [True, False]


def test_a_file_with_both_names_is_true(both: CertificateDesign, real_keys: File) -> None:
    made = real_keys(holder_name_en=ENGLISH)
    report = looked_at(made.content)
    assert (report.holds("facts"), report.verdict) == (True, Verdict.TRUE)


@pytest.mark.parametrize(("said", "ours"), [(ENGLISH, ""), (ENGLISH, "Malee Jaidee"), ("", ENGLISH)])
def test_a_badge_with_another_name_in_english_than_the_register_is_found(
    both: CertificateDesign, real_keys: File, said: str, ours: str
) -> None:
    made = real_keys(holder_name_en=said)
    Certificate.objects.update(holder_name_en=ours)
    assert looked_at(made.content).holds("facts") is False


# --- corrected -----------------------------------------------------------------------------------
def test_a_corrected_certificate_carries_it_and_the_old_one_stays(
    both: CertificateDesign, issue: Issue, malee: User
) -> None:
    old = issue()
    new = replace(old, reason="ชื่อภาษาอังกฤษ", by=malee, holder_name_en=ENGLISH)
    old.refresh_from_db()
    assert (old.holder_name_en, new.holder_name_en) == ("", ENGLISH)
    kept = replace(new, reason="ชั่วโมงผิด", by=malee)
    taken = replace(kept, reason="ชื่อผิด", by=malee, holder_name_en="")
    assert (kept.holder_name_en, taken.holder_name_en) == (ENGLISH, "")


def test_one_issued_anew_carries_it(both: CertificateDesign, issue: Issue, malee: User) -> None:
    old = issue(holder_name_en=ENGLISH)
    revoke(old, reason="ออกให้ผิดคน", by=malee)
    assert issue_anew(old, reason="เพิกถอนผิดฉบับ", by=malee).holder_name_en == ENGLISH


def test_a_correction_by_a_design_that_went_back_to_thai_loses_it(
    both: CertificateDesign, issue: Issue, malee: User
) -> None:
    old = issue(holder_name_en=ENGLISH)
    both.languages = "th"
    both.save()
    new = replace(old, reason="ชั่วโมงผิด", by=malee, holder_name_en="Malee Jaidee")
    assert (new.holder_name_en, printed_facts(new).languages) == ("", "th")


# --- from before ---------------------------------------------------------------------------------
@pytest.fixture
def forward(transactional_db: None) -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_a_certificate_from_before_is_the_same_file_and_as_true_as_ever(
    forward: None, both: CertificateDesign, real_keys: File
) -> None:
    """The tables go back to where nobody had a name in English, and forward again."""
    made = real_keys()
    before = Certificate.objects.filter(pk=made.certificate.pk).values().get()
    verdict = looked_at(made.content).codes()
    MigrationExecutor(connection).migrate(BEFORE)
    columns = connection.introspection.get_table_description(connection.cursor(), Certificate._meta.db_table)
    assert "holder_name_en" not in {column.name for column in columns}
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    now = Certificate.objects.get(pk=made.certificate.pk)
    assert Certificate.objects.filter(pk=now.pk).values().get() == before
    assert now.holder_name_en == ""
    with now.file.open("rb") as opened:
        content = opened.read()
    assert content == made.content
    report = looked_at(content)
    assert (report.holds("bytes"), report.holds("facts"), report.verdict) == (True, True, Verdict.TRUE)
    assert report.codes() == verdict
