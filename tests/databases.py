"""One migrated database as the template; every process of a run works on a copy, and gets it back as it was.

250 migrations take most of a minute, a copy some milliseconds. The template is named by the hash of all
migration files, so it is made again exactly when one of them changes.

    python -m tests.databases       make the template now
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent


def migrations_hash() -> str:
    """Twelve hexadecimal digits over every migration of every installed app."""
    total = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            total.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    return total.hexdigest()[:12]


@contextlib.contextmanager
def _one_builder() -> Iterator[None]:
    with (Path(settings.VAR_DIR) / "template.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "learning.settings.test", "TEST_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The migrations did not run:\n{done.stderr[-3000:]}")


class SQLiteCopy:
    """A file of this process, copied from the template file."""

    def __init__(self) -> None:
        folder = Path(settings.VAR_DIR)
        self.template = folder / f"template-{migrations_hash()}.sqlite3"
        self.name = folder / f"suite-{os.getpid()}.sqlite3"

    def prepare(self) -> None:
        """Make the template, unless it is there."""
        with _one_builder():
            if not self.template.exists():
                for old in self.template.parent.glob("template-*.sqlite3*"):
                    old.unlink()
                building = self.template.with_suffix(f".{os.getpid()}")
                _migrate(f"sqlite:///{building}")
                building.rename(self.template)

    def make(self) -> str:
        self.prepare()
        shutil.copyfile(self.template, self.name)
        return str(self.name)

    def restore(self) -> None:
        """SQLite's own backup, because a thread of the live server may still hold the file open."""
        connections.close_all()
        with contextlib.ExitStack() as stack:
            # Read-only: a template that another run has replaced meanwhile is missed, not made anew and empty.
            source, target = (
                stack.enter_context(contextlib.closing(sqlite3.connect(address, uri=True)))
                for address in (f"{self.template.as_uri()}?mode=ro", self.name.as_uri())
            )
            source.backup(target)

    def remove(self) -> None:
        for path in self.name.parent.glob(f"{self.name.name}*"):
            path.unlink(missing_ok=True)


class PostgreSQLCopy:
    """A database of this process, made with CREATE DATABASE … TEMPLATE in the run's own cluster."""

    def __init__(self) -> None:
        self.template = f"template_{migrations_hash()}"
        self.name = f"suite_{os.getpid()}"
        known = {"host", "port", "user", "password", "dbname"}
        found: dict[str, Any] = connection.get_connection_params()
        self.address = {key: value for key, value in found.items() if key in known}

    def _execute(self, *statements: sql.Composed) -> None:
        with psycopg.connect(**self.address, autocommit=True) as line:
            for statement in statements:
                line.execute(statement)

    def _exists(self, name: str) -> bool:
        with psycopg.connect(**self.address) as line:
            return line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def _drop_and_create(self) -> list[sql.Composed]:
        name, template = sql.Identifier(self.name), sql.Identifier(self.template)
        return [
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name),
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template),
        ]

    def prepare(self) -> None:
        """Make the template, unless it is there."""
        with _one_builder():
            if not self._exists(self.template):
                building = f"building_{os.getpid()}"
                self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
                _migrate(os.environ["TEST_DATABASE_URL"].replace("/academy?", f"/{building}?"))
                self._execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(building), sql.Identifier(self.template)
                    )
                )

    def make(self) -> str:
        self.prepare()
        self.restore()
        return self.name

    def restore(self) -> None:
        connections.close_all()
        with _one_builder():
            self._execute(*self._drop_and_create())

    def remove(self) -> None:
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))


def copy_of_the_template() -> SQLiteCopy | PostgreSQLCopy:
    return PostgreSQLCopy() if connection.vendor == "postgresql" else SQLiteCopy()


if __name__ == "__main__":
    django.setup()
    copy_of_the_template().prepare()
