"""`deploy/backup`: a copy that can be read back, whole or not there."""

import os
import sqlite3
import subprocess
import tarfile
from pathlib import Path

import pytest
from django.db import connection

OLD_SECONDS = 40 * 24 * 60 * 60


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A folder of data with one certificate and one picture, and a private key, which no copy may hold."""
    folder = tmp_path / "var"
    for name in ("media", "certificates", "records", "workshops", "h5p", "keys"):
        (folder / name).mkdir(parents=True)
        (folder / name / "one").write_text(name)
    return folder


def backup(root: Path, var: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "BACKUP_DIR": str(var.parent / "copies")}
    return subprocess.run([root / "deploy/backup"], env={**kept, **more}, capture_output=True, text=True, check=False)


def with_a_database(var: Path) -> Path:
    with sqlite3.connect(var / "academy.sqlite3") as line:
        line.execute("CREATE TABLE note (words TEXT)")
        line.execute("INSERT INTO note VALUES ('สวัสดี')")
    return var


def test_a_copy_holds_database_files_and_checksums(root: Path, var: Path) -> None:
    done = backup(root, with_a_database(var))
    assert (done.returncode, done.stderr) == (0, "")
    copy = Path(done.stdout.strip())
    assert sorted(path.name for path in copy.iterdir()) == ["SHA256SUMS", "database.sqlite3", "files.tar.gz"]
    with sqlite3.connect(copy / "database.sqlite3") as line:
        assert line.execute("SELECT words FROM note").fetchall() == [("สวัสดี",)]
    with tarfile.open(copy / "files.tar.gz") as archive:
        files = sorted(member.name for member in archive if member.isfile())
    assert files == ["certificates/one", "h5p/one", "media/one", "records/one", "workshops/one"]
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=copy, check=False)
    assert checked.returncode == 0


def test_old_copies_go_and_others_are_left_alone(root: Path, var: Path) -> None:
    copies = var.parent / "copies"
    for name in ("academy-20200101T000000Z", "letters"):
        (copies / name).mkdir(parents=True)
        now = copies.stat().st_mtime
        os.utime(copies / name, (now - OLD_SECONDS, now - OLD_SECONDS))
    new = Path(backup(root, with_a_database(var)).stdout.strip())
    assert sorted(path.name for path in copies.iterdir()) == sorted([new.name, "letters"])


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL begins with neither postgres:// nor sqlite:///."),
        ({"BACKUP_KEEP_DAYS": "long"}, "BACKUP_KEEP_DAYS=long is not a number of days."),
    ],
)
def test_a_copy_that_cannot_be_made_says_why_and_leaves_nothing(
    root: Path, var: Path, more: dict[str, str], sentence: str
) -> None:
    done = backup(root, var, **more)
    assert (done.returncode, done.stderr.strip()) == (1, sentence)
    assert list((var.parent / "copies").glob("*")) == []


def test_a_missing_database_is_said_and_leaves_nothing(root: Path, var: Path) -> None:
    done = backup(root, var)
    assert done.returncode == 1
    assert done.stderr.strip() == f"There is no database at {var}/academy.sqlite3. Set DATABASE_URL or VAR_DIR."
    assert list((var.parent / "copies").iterdir()) == []


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_copy_of_postgresql_can_be_listed(root: Path, var: Path) -> None:
    url = os.environ["TEST_DATABASE_URL"].replace("/academy?", f"/{connection.settings_dict['NAME']}?")
    done = backup(root, var, DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    dump = Path(done.stdout.strip()) / "database.dump"
    listed = subprocess.run(["pg_restore", "--list", dump], capture_output=True, text=True, check=True).stdout
    assert "TABLE DATA public people_user" in listed
