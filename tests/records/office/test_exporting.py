"""The register as a table to take away."""

import csv
import io
import zipfile

import openpyxl
import pytest
from django.test import Client
from django.utils.timezone import now
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from certification.choices import KeyPurpose, KeyState
from certification.models import SigningKey
from learning.records import exporting
from learning.records.views import register as pages
from tests.factories.certificates import CHIANG_MAI, recorded, registered

EVIL = '=HYPERLINK("http://evil.example","นาง")'


def csv_of(browser: Client, asked: str = "") -> list[list[str]]:
    response = browser.get(f"/office/certificates/register.csv{asked}")
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def sheet_of(browser: Client, asked: str = "") -> openpyxl.worksheet.worksheet.Worksheet:
    response = browser.get(f"/office/certificates/register.xlsx{asked}")
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0]


def test_what_a_revoked_key_signed_holds_neither_on_the_pages_nor_in_the_table(somchai: Client) -> None:
    key = SigningKey.objects.create(
        kid="k", purpose=KeyPurpose.DOCUMENT, state=KeyState.REVOKED, name="นางสาววิภา", public_jwk={}, revoked_at=now()
    )
    certificate = registered(1, document_key=key)
    [(_row, in_list)] = somchai.get("/office/certificates/").context["lines"]
    on_page = somchai.get(f"/office/certificates/{certificate.pk}/").context["standing"]
    assert (in_list.name, on_page) == ("key-revoked", in_list)
    assert _("Signing key revoked") in csv_of(somchai)[1]


def test_the_table_has_thai_headings_and_stands_in_the_order_of_numbers(somchai: Client) -> None:
    registered(2), registered(1, holder_name_en="Malee Jaidee")
    registered(3, province_code=CHIANG_MAI, district_code="5007")
    lines = csv_of(somchai)
    assert [line[1] for line in lines[1:]] == ["ศส.14-000001/2570", "ศส.14-000002/2570"]
    assert len(lines[0]) == len(lines[1]) == len(exporting.WIDTHS)
    assert [line[3] for line in lines[1:]] == ["Malee Jaidee", ""]
    assert lines[1][8:10] == ["02/11/2569", "02/11/2569"]


def test_the_filters_of_the_page_hold_for_the_table(somchai: Client) -> None:
    registered(1), recorded()
    assert [line[1] for line in csv_of(somchai, "?origin=recorded")[1:]] == ["ชน.12/2560"]
    rows = list(sheet_of(somchai, "?origin=recorded").iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in rows] == ["ชน.12/2560"]


@pytest.mark.parametrize("name", [EVIL, "+66812345678", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_no_name_becomes_a_formula(somchai: Client, name: str) -> None:
    registered(1, holder_name=name)
    assert csv_of(somchai)[1][2] == f"'{name}"
    cell = sheet_of(somchai).cell(3, 3)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", name, True)


def test_signs_that_no_workbook_may_hold_are_left_out(somchai: Client) -> None:
    registered(1, holder_name="นางมาลี\x0b ใจดี")
    assert sheet_of(somchai).cell(3, 3).value == "นางมาลี ใจดี"


def test_a_register_too_large_for_a_workbook_is_refused_before_it_is_written(
    somchai: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(1), registered(2)
    monkeypatch.setattr(pages, "MOST_IN_A_WORKBOOK", 1)
    response = somchai.get("/office/certificates/register.xlsx")
    assert response.status_code == 413


def test_who_took_the_register_away_stands_in_the_log(somchai: Client) -> None:
    registered(1)
    csv_of(somchai, "?q=มาลี")
    entry = ModelLogEntry.objects.get(action="records.export")
    assert entry.data == {"count": 1, "asked": {"q": "มาลี"}}


def test_the_workbook_is_one_that_other_programs_open(somchai: Client) -> None:
    registered(1)
    content = b"".join(somchai.get("/office/certificates/register.xlsx").streaming_content)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert sheet_of(somchai).freeze_panes == "C3"
