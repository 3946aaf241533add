"""One machine, no server: SQLite, a broker in a folder, a cache in the database."""

import secrets

from learning.settings.base import *  # noqa: F403
from learning.settings.base import BASE_DIR, MIDDLEWARE, RENDITIONS_CACHE, STORAGES, VAR_DIR, env

VAR_DIR.mkdir(parents=True, exist_ok=True)


def _own_secret() -> str:
    """A secret of this folder, made at the first start and kept."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY") or _own_secret()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'academy.sqlite3'}"))}

SERVES_MEDIA = True
CERTIFICATE_TEST_AUTHORITY = env.flag("CERTIFICATE_TEST_AUTHORITY", True)

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "academy_cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    "renditions": RENDITIONS_CACHE,
}

_queue = VAR_DIR / "queue"
for _name in ("messages", "control", "processed"):
    (_queue / _name).mkdir(parents=True, exist_ok=True)
CELERY_BROKER_URL = "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(_queue / "messages"),
    "data_folder_out": str(_queue / "messages"),
    "control_folder": str(_queue / "control"),
    "processed_folder": str(_queue / "processed"),
    "store_processed": False,
    "polling_interval": 0.5,
}
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_POOL = "solo"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = "academy@localhost"

if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    INTERNAL_IPS = ["127.0.0.1"]

WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ROOT = BASE_DIR / "cms" / "root"

# No nginx here to do it; production leaves it to nginx.
_place = MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware") + 1
MIDDLEWARE.insert(_place, "django.middleware.gzip.GZipMiddleware")
