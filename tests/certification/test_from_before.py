"""Certificates of before the signatures keep their numbers, names and places, and their counters go on.

Seventeen migrations back and forth take most of a minute, so they are walked on one database, that of production.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps as today
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.postgresql
BEFORE = [("certification", "0001_initial"), ("records", None)]


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    executor = MigrationExecutor(connection)
    yield executor.migrate(BEFORE).apps
    forward()


def forward() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_what_was_issued_before_keeps_its_words(before: Any) -> None:
    malee = before.get_model("people", "User").objects.create(username="malee")
    design = before.get_model("certification", "CertificateDesign").objects.create(
        slug="old", name="เดิม", issuer="สำนักงาน", signer_name="นางสาววิภา ใฝ่เรียน", signer_position="ผู้อำนวยการศูนย์"
    )
    before.get_model("certification", "CertificateCounter").objects.create(prefix="วบ.", fiscal_year=2569, last=7)
    facts = {
        "holder": malee,
        "design": design,
        "fiscal_year": 2569,
        "prefix": "วบ.",
        "holder_name": "นางมาลี ใจดี",
        "course_title": "การควบคุมภายใน",
        "hours": 3,
        "completed_on": "2026-09-01",
        "issued_on": "2026-09-01",
        "issuer": design.issuer,
        "statement": design.statement,
        "signer_name": design.signer_name,
        "signer_position": design.signer_position,
    }
    Certificate = before.get_model("certification", "Certificate")
    Certificate.objects.create(code="7K3M9QTX4B2F", running_number=6, **facts)
    Certificate.objects.create(code="7K3M9QTX4B2G", running_number=7, state="revoked", **facts)

    forward()

    Now, Counter, Signer = (
        today.get_model("certification", name) for name in ("Certificate", "CertificateCounter", "DesignSigner")
    )
    assert list(Now.objects.order_by("pk").values_list("number", "series", "state", "reason")) == [
        ("วบ.000006/2569", "วบ.{number}/2569", "valid", ""),
        ("วบ.000007/2569", "วบ.{number}/2569", "revoked", "ไม่ได้บันทึกเหตุผลไว้"),
    ]
    assert Now.objects.first().signers == [{"name": "นางสาววิภา ใฝ่เรียน", "position": "ผู้อำนวยการศูนย์"}]
    assert list(Counter.objects.values_list("series", "last")) == [("วบ.{number}/2569", 7)]
    assert list(Signer.objects.values_list("name", "position", "design__slug")) == [
        ("นางสาววิภา ใฝ่เรียน", "ผู้อำนวยการศูนย์", "old")
    ]
    assert (
        today.get_model("certification", "CertificateDesign").objects.get().number_pattern == "{office}{number}/{year}"
    )
