"""The suite: the same code, quick hashing, work done at once, files in a folder of its own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("VAR_DIR", str(Path(tempfile.gettempdir()) / f"academy-test-{os.getuid()}"))

from learning.settings.embedded import *  # noqa: F403
from learning.settings.embedded import DATABASES, STORAGES, VAR_DIR, env

DEBUG = False
SECRET_KEY = "only-for-tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # rows of one test are gone in the next
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# The whole suite runs on SQLite, and once more on a PostgreSQL that the run starts itself.
DATABASES["default"] = env.database(env.text("TEST_DATABASE_URL", f"sqlite:///{VAR_DIR / 'suite.sqlite3'}"))
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    # A file, not memory: threads and the live server must see the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "suite-test.sqlite3")}
