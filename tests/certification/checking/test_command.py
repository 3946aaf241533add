"""manage.py certificate_verify says the same on a terminal, and a program can ask how it ended."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from certification.checking.examining import examine
from certification.flows import revoke
from certification.models import StatusList
from learning.people.models import User
from tests.certification.checking import papers
from tests.certification.checking.conftest import File

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("certificate_verify", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def paper(real_keys: File, tmp_path: Path) -> Path:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(real_keys().content)
    return path


def test_a_true_file_ends_with_0_and_says_what_the_page_says(paper: Path) -> None:
    code, text = run(paper)
    report = examine(paper.read_bytes(), now=timezone.now())
    assert code == 0
    assert [line[2:] for line in text.splitlines() if line[:2] in ("+ ", "- ", "? ")] == [
        finding.sentence for finding in report.findings
    ]


def test_json_is_what_machines_get_from_the_page(paper: Path) -> None:
    code, text = run(paper, "--json")
    answer = json.loads(text)
    assert (code, answer.pop("sentence") != "") == (0, True)
    assert answer == examine(paper.read_bytes(), now=timezone.now()).as_dict()


@pytest.mark.parametrize(
    "change", [papers.with_one_byte_changed, papers.with_a_page_added, lambda content: b"no pdf", lambda content: b""]
)
def test_anything_that_is_not_true_ends_with_1(paper: Path, change: Any) -> None:
    paper.write_bytes(change(paper.read_bytes()))
    assert run(paper)[0] == 1
    assert run(paper, "--json")[0] == 1


def test_a_revoked_one_ends_with_1_by_our_register_and_by_a_kept_list(paper: Path, tmp_path: Path, malee: User) -> None:
    status_list, kept = StatusList.objects.get(), tmp_path / "list.jwt"
    kept.write_text(status_list.credential)
    assert run(paper, "--status-list", kept)[0] == 0
    revoke(status_list.certificates.get(), reason="ออกผิดคน", by=malee)
    assert run(paper)[0] == 1


def test_what_cannot_be_read_ends_with_2(paper: Path, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[]")
    for arguments in (
        (tmp_path / "none.pdf",),
        (tmp_path,),
        (paper, "--status-list", tmp_path / "none"),
        (paper, "--did", tmp_path / "list.json"),
    ):
        with pytest.raises(CommandError) as refused:
            run(*arguments)
        assert refused.value.returncode == 2
