"""What goes wrong around an import: killed workers, two officers at once, strange files, a duty that has ended."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone, translation
from openpyxl import Workbook

from learning.duties.models import Duty
from learning.kernel.refusals import Refused
from learning.organizations.models import Membership
from learning.people.models import User
from learning.register import tasks
from learning.register.flows import imports as flows
from learning.register.lifelines import ABANDONED_AFTER
from learning.register.models import Import, ImportRow
from learning.register.schedule import sweep_imports
from tests.cast import Cast
from tests.factories.imports import (
    PEOPLE,
    actions,
    checked,
    csv_file,
    keeps_register,
    make_organization,
    only_row,
    person,
)
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "สหกรณ์การเกษตรบ้านหนองบัว จำกัด"
ROWS = 450  # three batches of saving
GIVEN = ("บุญเกิด", "ทองคำ", "ประสงค์", "วรรณา", "นิรันดร์", "กมลชนก", "อุทัย", "ไพโรจน์", "ละออง", "โสภณ")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def somchai(cast: Cast) -> User:
    keeps_register(cast.somchai)
    make_organization(NAME)
    return cast.somchai


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is handed over, and nobody takes it."""
    for state in flows.TASKS:
        monkeypatch.setitem(flows.TASKS, state, SimpleNamespace(delay=lambda pk: None))


def many(rows: int = ROWS, *, phones: bool = True) -> SimpleUploadedFile:
    lines = [
        person(
            f"นาย{GIVEN[number % 10]} ที่{'กขคงจฉชซ'[number % 8] * (number // 8 + 1)}",
            f"081{number:07d}" if phones else "",
            NAME,
            "สมาชิก",
        )
        for number in range(rows)
    ]
    return csv_file(PEOPLE, *lines)


def killed_while(work: str, root: Path, *, at: str) -> None:
    """Run some work in a process of its own that kills itself with SIGKILL at a place in the code."""
    name = str(connection.settings_dict["NAME"])
    url = os.environ.get("TEST_DATABASE_URL", "")
    url = url.replace("/academy?", f"/{name}?") if connection.vendor == "postgresql" else f"sqlite:///{name}"
    code = f"""
import os, signal, django
django.setup()
from learning.register import applying, checking, undoing
count = 0
def die_after(function, times):
    def run(*args, **kwargs):
        global count
        count += 1
        if count > times:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    return run
{at}
{work}
"""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "learning.settings.test", "TEST_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=env, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]


def minutes_pass() -> None:
    Import.objects.update(seen_at=timezone.now() - ABANDONED_AFTER)


def swept() -> int:
    """The sweep, with workers at hand."""
    for state, task in (
        ("waiting", tasks.check_import),
        ("applying", tasks.apply_import),
        ("undoing", tasks.undo_import),
    ):
        flows.TASKS[state] = task
    return sweep_imports()


def new_people() -> tuple[int, int]:
    return User.objects.filter(last_name__startswith="ที่").count(), Membership.objects.filter(position="member").count()


@pytest.mark.usefixtures("no_worker")
def test_a_dry_run_killed_in_the_middle_is_done_again_from_the_beginning(somchai: User, root: Path) -> None:
    batch = flows.upload_import("people", file=many(700), by=somchai)
    killed_while(f"checking.check({batch.pk})", root, at="checking.match_row = die_after(checking.match_row, 600)")
    batch.refresh_from_db()
    assert (batch.state, batch.done_count, batch.rows.count(), batch.file.storage.exists(batch.file.name)) == (
        "waiting",
        500,
        500,
        True,
    )
    assert swept() == 0  # its worker might still live
    name = batch.file.name
    minutes_pass()
    assert swept() == 1
    batch.refresh_from_db()
    assert (batch.state, actions(batch), batch.file.name) == ("checked", ["add"] * 700, "")
    assert not batch.file.storage.exists(name)


@pytest.mark.usefixtures("no_worker")
@pytest.mark.parametrize(
    ("mode", "left"), [("row_by_row", (200, 200)), ("whole_file", (0, 0))], ids=["row by row", "all or nothing"]
)
def test_a_saving_killed_inside_a_transaction_halves_nothing_and_goes_on(
    somchai: User, root: Path, mode: str, left: tuple[int, int]
) -> None:
    batch = flows.upload_import("people", file=many(), by=somchai)
    tasks.check_import(batch.pk)
    flows.apply_import(batch, mode=mode, by=somchai)
    # In the second batch, its people are written and their positions are not.
    killed_while(
        f"applying.apply({batch.pk})",
        root,
        at="applying._write_memberships = die_after(applying._write_memberships, 1)",
    )
    assert new_people() == left
    assert ImportRow.objects.filter(batch=batch, is_applied=True).count() == left[0]
    minutes_pass()
    assert swept() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.done_count, new_people()) == ("applied", ROWS, (ROWS, ROWS))


@pytest.mark.usefixtures("no_worker")
def test_an_undo_killed_between_two_batches_goes_on(somchai: User, root: Path) -> None:
    batch = flows.upload_import("people", file=many(), by=somchai)
    tasks.check_import(batch.pk)
    flows.apply_import(batch, mode="row_by_row", by=somchai)
    tasks.apply_import(batch.pk)
    flows.undo_import(batch, by=somchai)
    killed_while(f"undoing.undo({batch.pk})", root, at="undoing._undo_some = die_after(undoing._undo_some, 1)")
    assert new_people() == (ROWS - 200, ROWS - 200)
    minutes_pass()
    assert swept() == 1
    batch.refresh_from_db()
    assert (batch.state, new_people()) == ("undone", (0, 0))


@pytest.mark.usefixtures("no_worker")
def test_two_officers_save_the_same_file_at_once_and_everybody_is_entered_once(cast: Cast, somchai: User) -> None:
    keeps_register(cast.wipa)
    batches = []
    for officer in (somchai, cast.wipa):
        # Without a phone no constraint of the tables would keep anybody from being entered twice.
        batch = flows.upload_import("people", file=many(phones=False), by=officer)
        tasks.check_import(batch.pk)
        assert actions(batch) == ["add"] * ROWS
        flows.apply_import(batch, mode="row_by_row", by=officer)
        batches.append(batch)
    results = at_once(*[lambda pk=batch.pk: tasks.apply_import(pk) for batch in batches])
    assert results == [True, True]
    assert new_people() == (ROWS, ROWS)
    applied = ImportRow.objects.filter(batch__in=batches, is_applied=True)
    assert applied.count() == ROWS
    assert list(Import.objects.values_list("state", flat=True)) == ["applied", "applied"]
    assert set(ImportRow.objects.filter(is_applied=False).values_list("action", flat=True)) == {"same"}


@pytest.mark.usefixtures("no_worker")
def test_two_workers_on_one_import_save_it_once(somchai: User) -> None:
    batch = flows.upload_import("people", file=many(), by=somchai)
    tasks.check_import(batch.pk)
    flows.apply_import(batch, mode="row_by_row", by=somchai)
    results = at_once(*[lambda: tasks.apply_import(batch.pk) for _worker in range(2)])
    assert sorted(results) == [False, True]
    assert new_people() == (ROWS, ROWS)


def test_a_duty_that_ended_between_upload_and_saving_refuses_and_keeps_the_rows(somchai: User) -> None:
    batch = checked(somchai, many(3))
    Duty.objects.filter(user=somchai).update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="You keep no register today") as refused:
        flows.apply_import(batch, mode="row_by_row", by=somchai)
    assert (refused.value.status, actions(batch), new_people()) == (403, ["add"] * 3, (0, 0))


@pytest.mark.usefixtures("no_worker")
def test_a_duty_that_ends_while_the_work_waits_saves_nothing(somchai: User) -> None:
    batch = flows.upload_import("people", file=many(3), by=somchai)
    tasks.check_import(batch.pk)
    flows.apply_import(batch, mode="row_by_row", by=somchai)
    Duty.objects.filter(user=somchai).update(until=timezone.localdate() - timedelta(days=1))
    tasks.apply_import(batch.pk)
    assert (actions(batch), new_people()) == (["problem"] * 3, (0, 0))


def workbook(*rows: tuple[object, ...], name: str = "people.xlsx") -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def test_a_formula_is_a_problem_of_its_cell_and_is_never_worked_out(somchai: User) -> None:
    formula = '=HYPERLINK("https://example.org","มาลี")'
    batch = checked(somchai, workbook(PEOPLE, (formula, "", "", "", NAME, "สมาชิก")))
    row = only_row(batch)
    assert (row.action, row.cells["full_name"], list(row.problems)) == ("problem", formula, ["full_name"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("people.xlsm", b"PK\x03\x04", "has macros"),
        ("people.xlsx", b"%PDF-1.7 and so on", "is no Excel workbook"),
        ("people.pdf", b"%PDF-1.7 and so on", "Only .xlsx and .csv"),
        ("people.csv", b"", "is empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused_at_once(somchai: User, name: str, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        flows.upload_import("people", file=SimpleUploadedFile(name, content), by=somchai)
    assert Import.objects.count() == 0


def test_a_million_rows_are_refused_in_seconds(somchai: User) -> None:
    head = workbook(PEOPLE).read()
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(head)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part.endswith("sheet1.xml"):
                lines = "".join(
                    f'<row r="{n}"><c r="B{n}"><v>{n * 7919 % 1000003}</v></c></row>' for n in range(2, 1000002)
                )
                data = data.replace(b"</sheetData>", lines.encode() + b"</sheetData>")
            new.writestr(part, data)
    file = SimpleUploadedFile("people.xlsx", content.getvalue())
    began = time.monotonic()
    batch = flows.upload_import("people", file=file, by=somchai)
    batch.refresh_from_db()
    assert time.monotonic() - began < 20
    assert (batch.state, batch.file.name, batch.rows.count()) == ("refused", "", 0)
    assert "more than 50,000 rows" in batch.refusal


def test_an_import_thrown_away_while_it_waits_leaves_neither_rows_nor_file(somchai: User, no_worker: None) -> None:
    batch = flows.upload_import("people", file=many(3), by=somchai)
    name, storage = batch.file.name, batch.file.storage
    flows.discard_import(batch, by=somchai)
    assert tasks.check_import(batch.pk) is False
    assert (Import.objects.get().state, ImportRow.objects.count(), storage.exists(name)) == ("discarded", 0, False)
