"""Production settings: clean, complete, and refusing to start half configured."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "learning.settings.production",
    "SECRET_KEY": "q7!Zt2#Lw9@Vb4$Nc6%Xd8^Rf1&Gh3*Jk5(Mp0)Sy-Ua_Ie+Oo=Tz|Cq~Bx{Dw",
    "ALLOWED_HOSTS": "academy.example.org",
    "SITE_URL": "https://academy.example.org",
    "DATABASE_URL": "postgres://academy:secret@127.0.0.1/academy",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "DEFAULT_FROM_EMAIL": "academy@example.org",
}
REQUIRED = ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "REDIS_URL", "DEFAULT_FROM_EMAIL"]


def check(root: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VAR_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=root,
        env={**kept, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_complete_environment_passes_the_deployment_check(root: Path, tmp_path: Path) -> None:
    done = check(root, {**COMPLETE, "VAR_DIR": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", REQUIRED)
def test_production_refuses_to_start_without_a_required_value_and_names_it(root: Path, name: str) -> None:
    done = check(root, {**COMPLETE, name: ""})
    assert done.returncode != 0
    assert done.stderr.strip().splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: Set {name} in the environment: "
        "production does not start without it."
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_POOL", "many", "DATABASE_POOL='many' is not a whole number."),
        ("EMAIL_USE_TLS", "perhaps", "EMAIL_USE_TLS='perhaps' is neither yes nor no. Write true or false."),
        (
            "CERTIFICATE_NUMBER_PREFIX",
            "ก" * 21,
            f"CERTIFICATE_NUMBER_PREFIX={'ก' * 21!r} is too long. Write at most 20 characters.",
        ),
        (
            "DATABASE_URL",
            "mysql://x@y/z",
            "DATABASE_URL names django.db.backends.mysql; use sqlite:/// or postgres://.",
        ),
    ],
)
def test_a_value_that_cannot_be_read_stops_the_start_with_a_sentence(
    root: Path, name: str, value: str, sentence: str
) -> None:
    done = check(root, {**COMPLETE, name: value})
    assert done.returncode != 0
    assert done.stderr.strip().splitlines()[-1].endswith(sentence)


def read_by_settings(root: Path) -> set[str]:
    """Every variable that a settings module asks env.py for; the suite's own are not for people to set."""
    names: set[str] = set()
    for path in (root / "learning" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                names.add(str(node.args[0].value))
    return {name for name in names if not name.startswith("TEST_")}


def read_by_deploy(root: Path) -> set[str]:
    """Every variable that compose, the units and the backup leave to the person."""
    compose = (root / "deploy" / "compose.yaml").read_text()
    backup = (root / "deploy" / "backup").read_text()
    names = set(re.findall(r"\$\{([A-Z][A-Z0-9_]+)[:}]", compose))
    names |= set(re.findall(r"\$\{([A-Z][A-Z0-9_]+):-", backup))
    for unit in (root / "deploy" / "systemd").glob("*.service"):
        names |= set(re.findall(r"\$\{([A-Z][A-Z0-9_]+)\}", unit.read_text()))
    return names


def in_the_example(root: Path) -> list[str]:
    text = (root / "deploy" / "env.example").read_text(encoding="utf-8")
    return re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", text, flags=re.MULTILINE)


def test_the_example_names_every_variable_once_and_no_other(root: Path) -> None:
    assert sorted(in_the_example(root)) == sorted(read_by_settings(root) | read_by_deploy(root))


def test_the_example_holds_no_secret_and_no_quotation_marks(root: Path) -> None:
    lines = (root / "deploy" / "env.example").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    assert (values["SECRET_KEY"], values["POSTGRES_PASSWORD"]) == ("", "")
    assert [value for value in values.values() if "'" in value or '"' in value or " #" in value] == []


def test_every_periodic_job_is_one_that_the_worker_knows() -> None:
    from django.conf import settings

    from learning.celery import app

    app.loader.import_default_modules()
    jobs = {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert jobs != set()
    assert sorted(jobs - set(app.tasks)) == []
