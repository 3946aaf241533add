"""Several workers that start at once on an empty site end with one set of keys, each as whole as the others."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from certification.models import SigningKey

WORKERS = 4
# Each says that it is ready, waits for the word to begin, then asks for every key and signs with it.
WORK = """
import json, sys, django
django.setup()
from certification.choices import KeyPurpose
from certification.keys.choosing import active_key
from certification.keys.opening import sign_raw
from certification.keys.public import is_signed
from certification.models import SigningKey
SigningKey.objects.count()
print("ready", flush=True)
sys.stdin.readline()
keys = [active_key(purpose) for purpose in (KeyPurpose.DOCUMENT, KeyPurpose.BADGE, KeyPurpose.OFFLINE)]
print(json.dumps([[key.kid, is_signed(key.public_jwk, sign_raw(key, b"x"), b"x")] for key in keys]))
"""


def url_of(name: str) -> str:
    if connection.vendor == "postgresql":
        return os.environ["TEST_DATABASE_URL"].replace("/academy?", f"/{name}?")
    return f"sqlite:///{name}"


@pytest.mark.django_db(transaction=True)
def test_workers_that_start_at_once_end_with_one_set_of_keys(keys_dir: Path, root: Path) -> None:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learning.settings.test",
        "TEST_DATABASE_URL": url_of(str(connection.settings_dict["NAME"])),
        "CERTIFICATE_KEYS_DIR": str(keys_dir),
    }
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    workers = [
        subprocess.Popen([sys.executable, "-c", WORK], cwd=root, env=env, text=True, **pipes) for _ in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n", worker.stderr.read()
    for worker in workers:
        worker.stdin.write("begin\n")
        worker.stdin.flush()
    told = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS, [error for _out, error in told]
    answers = [json.loads(out) for out, _error in told]
    assert answers == [answers[0]] * WORKERS
    assert [signs for _kid, signs in answers[0]] == [True] * 3
    assert sorted(SigningKey.objects.values_list("kid", "state")) == sorted((kid, "active") for kid, _ in answers[0])
    assert sorted(path.name for path in keys_dir.iterdir()) == [
        "test-badge.pem",
        "test-document.pem",
        "test-offline.pem",
        "test-root.pem",
    ]
