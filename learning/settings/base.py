"""What every kind of start shares."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from learning.settings import env
from learning.settings.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

SITE_NAME = "Sahakorn Academy"

INSTALLED_APPS = [
    "learning.reports",
    "learning.desk",
    "learning.records",
    "learning.workshops",
    "learning.sittings",
    "learning.progress",
    "learning.enrollments",
    "learning.register",
    "learning.notices",
    "learning.duties",
    "learning.organizations",
    "learning.people",
    "learning.places",
    "courses.packs",
    "courses.catalog",
    "courses.h5p",
    "courses.quizzes",
    "certification",
    "cms",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.line",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "learning.refusals.RefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "learning.urls"
WSGI_APPLICATION = "learning.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Every kind of question brings its own templates, and below its own static files.
        "DIRS": sorted((BASE_DIR / "courses" / "quizzes" / "kinds").glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context.skin",
                "learning.duties.context.office",
            ],
            "builtins": ["cms.templatetags.thai"],
        },
    }
]

# --- people signing in -------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Argon2 costs half the CPU of Django's default at the same strength; a class that signs in at
# nine o'clock feels the difference (docs/decisions/0004).
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "learning.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email", "username"}
# "phone*" would lock out everybody without a phone, so the form itself asks for one of the three.
ACCOUNT_SIGNUP_FIELDS = ["phone", "email", "username", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "learning.people.signup.SignupDetails"
ACCOUNT_FORMS = {"login": "learning.people.forms.LoginForm", "signup": "learning.people.forms.SignupForm"}
# Somebody who forgot that they have an account must be told so: there may be no SMS to tell them by.
ACCOUNT_PREVENT_ENUMERATION = False
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PHONE_VERIFICATION_ENABLED = env.flag("PHONE_VERIFICATION", False)
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_PRESERVE_USERNAME_CASING = False
# A class of eighty signs in from one address at nine o'clock; one account still has five tries in five minutes.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "signup": "120/m/ip", "login_failed": "60/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[สหกรณ์อะคาเดมี] "
SOCIALACCOUNT_ADAPTER = "learning.people.adapter.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SILENCED_SYSTEM_CHECKS = [
    "account.W001",  # e-mail and phone are both optional in the form; it demands one of them
    "security.W019",  # Wagtail's preview shows pages in a frame of the same site
]
# LINE and ThaID are ready and off: each comes on when its two values are set.
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
# A browser that holds to the content policy follows a form's redirect only to hosts named there.
SIGN_IN_HOSTS: list[str] = []
if env.text("LINE_CLIENT_ID"):
    SOCIALACCOUNT_PROVIDERS["line"] = {
        "APPS": [{"client_id": env.required("LINE_CLIENT_ID"), "secret": env.required("LINE_CLIENT_SECRET")}],
        "SCOPE": ["profile", "openid"],
    }
    SIGN_IN_HOSTS.append("https://access.line.me")
if env.text("THAID_CLIENT_ID"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "thaid",
                "name": "ThaID",
                "client_id": env.required("THAID_CLIENT_ID"),
                "secret": env.required("THAID_CLIENT_SECRET"),
                "settings": {"server_url": env.text("THAID_ISSUER", "https://imauth.bora.dopa.go.th")},
            }
        ],
        "SCOPE": ["openid", "title", "given_name", "family_name"],
    }
    SIGN_IN_HOSTS.append(env.text("THAID_ISSUER", "https://imauth.bora.dopa.go.th"))

SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())  # a person's own phone stays signed in
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.views.csrf_failure"

# --- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "cms" / "wagtail_locale"]
WAGTAIL_CONTENT_LANGUAGES = [("th", "ไทย")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("th", "ไทย"), ("en", "English")]
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "cms" / "static_built",
    *sorted((BASE_DIR / "courses" / "quizzes" / "kinds").glob("*/static")),
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
SERVES_MEDIA = False  # nginx does, except where there is none
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Certificates are personal papers: never under MEDIA_URL, always through a view that asks who.
    "certificates": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "certificates", "base_url": None},
    },
    # Uploaded lists of people and reports with names: the same.
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "imports", "base_url": None},
    },
    "reports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "reports", "base_url": None},
    },
    # Sign-in sheets and pictures of people at workshops: the same.
    "workshops": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "workshops", "base_url": None},
    },
    # Training records, bundles and lists of certificates: the same.
    "records": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "records", "base_url": None},
    },
    # Uploaded H5P packages hold the right answers: the same.
    "h5p": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "h5p", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# A form with a long essay is fine; ten megabytes in one field is not (413, in Thai).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a long StreamField page in the admin

# --- Wagtail -----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "สหกรณ์อะคาเดมี"
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_BASE_URL = env.text("SITE_URL", "http://127.0.0.1:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_IMAGE_MODEL = "cms.AcademyImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "vtt", "mp3", "m4a", "mp4", "webm"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # no request leaves the site
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.backend"}}
TASKS = {"default": {"BACKEND": "learning.wagtail_tasks.CeleryTaskBackend", "QUEUES": []}}

# Wagtail asks for a rendition each time a picture is shown: from the memory of the process, not a server.
RENDITIONS_CACHE: dict[str, object] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "renditions",
    "TIMEOUT": 3600,
    "OPTIONS": {"MAX_ENTRIES": 2000},
}

# --- background work ---------------------------------------------------------------------------
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- safety ------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # Wagtail's admin has inline scripts; cms.middleware sends its own
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF, *SIGN_IN_HOSTS],
        "frame-ancestors": [SELF],
    },
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF],
    "frame-ancestors": [SELF],
    "object-src": ["'none'"],
}

# --- the academy's own words -------------------------------------------------------------------
CERTIFICATE_NUMBER_PREFIX = env.text("CERTIFICATE_NUMBER_PREFIX", "วบ.", longest=20)
# Private keys in files; their public halves are rows (docs/certificates.md).
CERTIFICATE_KEYS_DIR = Path(env.text("CERTIFICATE_KEYS_DIR", str(VAR_DIR / "keys")))
# Make keys of a test authority when there are none: for trying out, never for people.
CERTIFICATE_TEST_AUTHORITY = env.flag("CERTIFICATE_TEST_AUTHORITY", False)
# A time-stamping authority (RFC 3161); empty: the time of signing is our own word.
CERTIFICATE_TSA_URL = env.text("CERTIFICATE_TSA_URL")
# Library and PIN of the token that holds keys whose place is a pkcs11: address.
CERTIFICATE_PKCS11_MODULE = env.text("CERTIFICATE_PKCS11_MODULE")
CERTIFICATE_PKCS11_PIN = env.text("CERTIFICATE_PKCS11_PIN")
# Tickets of workshops are signed with a key made from this; empty: from SECRET_KEY.
TICKET_KEY = env.text("TICKET_KEY")
ORGANIZATION_NAME = env.text("ORGANIZATION_NAME", "สหกรณ์อะคาเดมี")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"weasyprint": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
