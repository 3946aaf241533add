"""The site for gunicorn on a throw-away database, named by BENCHMARK_DATABASE."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

settings.ALLOWED_HOSTS = ["127.0.0.1"]
settings.SECURE_SSL_REDIRECT = False
# Pages name their files as they are called: nobody has collected any, and the clients ask for none.
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Every thread opens its own connection, so the name is changed where all of them read it.
connections.settings["default"]["NAME"] = os.environ["BENCHMARK_DATABASE"]
application = get_wsgi_application()
