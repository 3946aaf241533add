"""What goes wrong around an import: killed workers, two officers at once, strange files, a duty that has ended."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, OperationalError, connection
from django.utils import timezone
from openpyxl import Workbook

from learning.duties.models import Duty
from learning.kernel.refusals import Refused
from learning.organizations.models import Membership
from learning.people.models import User
from learning.register import applying, checking, tasks, undoing
from learning.register.flows import imports as flows
from learning.register.lifelines import ABANDONED_AFTER, MOST_ATTEMPTS
from learning.register.models import Import, ImportRow
from learning.register.schedule import sweep_imports
from tests.cast import Cast
from tests.factories.imports import (
    NAME,
    PEOPLE,
    actions,
    checked,
    csv_file,
    keeps_register,
    make_organization,
    only_row,
    person,
    saved,
    undone,
)
from tests.factories.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("english")]
ROWS = 450  # three batches of saving
GIVEN = ("บุญเกิด", "ทองคำ", "ประสงค์", "วรรณา", "นิรันดร์", "กมลชนก", "อุทัย", "ไพโรจน์", "ละออง", "โสภณ")


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


def refuse_text(monkeypatch: pytest.MonkeyPatch, first_name: str) -> None:
    """Let the tables refuse a person of this name, as PostgreSQL does a text that is too long for its column."""
    write = applying._write_people

    def strict(pairs: list[applying.Pair]) -> None:
        if any(match.person and match.person.first_name == first_name for _row, match in pairs):
            raise DataError("value too long for type character varying(40)")
        write(pairs)

    monkeypatch.setattr(applying, "_write_people", strict)


def test_a_row_that_the_tables_refuse_is_a_problem_and_the_others_are_saved(
    somchai: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_text(monkeypatch, GIVEN[1])
    batch = saved(checked(somchai, many(3)))
    assert (batch.state, actions(batch), new_people()) == ("applied", ["add", "problem", "add"], (2, 2))
    assert list(batch.rows.get(action="problem").problems.values()) == [
        "This row could not be saved: the register does not take what is written in it. Correct it."
    ]


def test_all_or_nothing_with_a_row_that_the_tables_refuse_saves_nothing_and_says_so(
    somchai: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_text(monkeypatch, GIVEN[1])
    batch = saved(checked(somchai, many(3)), "whole_file")
    assert (batch.state, actions(batch), new_people(), batch.done_count) == ("checked", ["add"] * 3, (0, 0), 0)
    assert batch.refusal == (
        "Nothing was saved: the register does not take one of the rows. Save row by row: it will be shown."
    )


def fails(*args: object, **kwargs: object) -> None:
    raise OperationalError("the database is restarting")


def swept_until_the_end(batch: Import) -> int:
    """The sweep comes by, and every worker fails, until nobody takes the import any more. Gives how many failed."""
    failed = 0
    for _minute in range(3 * MOST_ATTEMPTS):
        minutes_pass()
        try:
            if not swept():
                break
        except OperationalError:
            failed += 1
    batch.refresh_from_db()
    return failed


@pytest.mark.usefixtures("no_worker")
def test_an_undo_at_which_every_worker_fails_ends_with_a_sentence_and_can_be_begun_again(
    somchai: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = saved(checked(somchai, many()))
    flows.undo_import(batch, by=somchai)
    undo_some = undoing._undo_some
    calls = iter([undo_some])
    with monkeypatch.context() as patch:
        patch.setattr(undoing, "_undo_some", lambda *args: next(calls, fails)(*args))
        assert swept_until_the_end(batch) == MOST_ATTEMPTS + 1  # the first one had done something
    assert (batch.state, batch.refusal, new_people()) == (
        "applied",
        "The undo stopped before its end; not taken back yet: 250 rows. Undo the import once more.",
        (250, 250),
    )
    batch = undone(batch)
    assert (batch.state, batch.refusal, new_people()) == ("undone", "", (0, 0))


@pytest.mark.usefixtures("no_worker")
@pytest.mark.parametrize("done", [0, 1], ids=["nothing saved", "some rows saved"])
def test_a_saving_at_which_every_worker_fails_ends_and_tells_what_was_saved(
    somchai: User, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    batch = checked(somchai, many())
    flows.apply_import(batch, mode="row_by_row", by=somchai)
    calls = iter([applying._apply_some] * done)
    with monkeypatch.context() as patch:
        patch.setattr(applying, "_apply_some", lambda *args: next(calls, fails)(*args))
        assert swept_until_the_end(batch) == MOST_ATTEMPTS + done
    if not done:
        refusal = "The saving stopped, and nothing was saved. Save once more, or split the file."
        assert (batch.state, batch.refusal, new_people()) == ("checked", refusal, (0, 0))
        assert (saved(batch).state, new_people()) == ("applied", (ROWS, ROWS))
        return
    refusal = "The saving stopped before its end; saved: 200 rows. Read in the rows left out once more."
    assert (batch.state, batch.refusal, new_people()) == ("applied", refusal, (200, 200))
    left = batch.rows.filter(is_applied=False)
    assert (left.count(), {tuple(row.problems.values()) for row in left}) == (
        250,
        {("This row was not saved, because the saving stopped before it. Read it in again.",)},
    )


@pytest.mark.usefixtures("no_worker")
def test_a_check_at_which_every_worker_fails_is_refused(somchai: User, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = flows.upload_import("people", file=many(3), by=somchai)
    monkeypatch.setattr(checking, "_read", fails)
    assert swept_until_the_end(batch) == MOST_ATTEMPTS
    assert (batch.state, batch.refusal, batch.file.name) == (
        "refused",
        "This file cannot be read. Put its rows into the template.",
        "",
    )


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
