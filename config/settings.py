"""All settings, read from the environment.

Without any environment this is a local copy: SQLite in `var/`, served on loopback only.
An `https` SITE_URL makes it production, which then insists on SECRET_KEY and DATABASE_URL.
"""

import datetime
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent

SITE = environment.site_url("http://127.0.0.1:8000")
SITE_URL = f"{SITE.scheme}://{SITE.netloc}"
PRODUCTION = SITE.scheme == "https"
DEBUG = os.environ.get("DEBUG") == "1" and not PRODUCTION
SECOND_FACTOR = not DEBUG  # who tries things out on their own machine needs no app
if PRODUCTION:
    environment.insist_on(
        ["SECRET_KEY", "DATABASE_URL", "PUBLISHER", "PUBLISHER_CY", "CONTACT_EMAIL"]
    )

SECRET_KEY = os.environ.get("SECRET_KEY", "local-copy-only-" + "not-a-secret-" * 4)
ALLOWED_HOSTS = [SITE.hostname or ""]
if not PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]

# Who answers for the site, shown on every page.
PUBLISHER = {
    "en": os.environ.get("PUBLISHER", "A local copy without a publisher"),
    "cy": os.environ.get("PUBLISHER_CY", "Copi lleol heb gyhoeddwr"),
}
CONTACT_EMAIL = environment.email("CONTACT_EMAIL", "nobody@localhost")

# Under which the directory's own readings may be reused; the words of sources are not its own.
DATA_LICENCE = {
    "name": os.environ.get("DATA_LICENCE", "CC-BY-4.0"),
    "path": os.environ.get("DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/"),
}

# security.txt runs out so long after it is read; the standard asks for less than a year.
SECURITY_TXT_DAYS = environment.number("SECURITY_TXT_DAYS", 180, least=1, most=364)

# Compared with public pages of the Welsh Government and of Respect.
HELPLINES = {
    "live_fear_free": {"phone": "0808 80 10 800", "text": "07860 077333"},
    "respect": {"phone": "0808 802 4040"},
}
HELPLINES_CHECKED_ON = datetime.date(2026, 11, 23)

# To be reviewed once a year at least, and whenever a page is made anew. A failure has a criterion
# of WCAG, and what fails, why, and what to use instead, marked for translation.
ACCESSIBILITY: dict[str, Any] = {
    "prepared_on": datetime.date(2026, 11, 23),
    "reviewed_on": datetime.date(2026, 11, 25),
    "tested_on": datetime.date(2026, 11, 25),
    "tested_by_others_on": None,
    "failures": [],
}

# Where "Exit this page" leads: dull, quick to load, and nobody asks why it is open.
EXIT_URL = "https://www.bbc.co.uk/weather"

# What makes pages quick: finished pages, counting in memory, and rows drawn once.
PAGE_CACHE = os.environ.get("PAGE_CACHE") != "off"
TERM_INDEX = PAGE_PARTS = True
PAGE_CACHE_ROOM = 24 * 2**20  # bytes in each worker: some three hundred lists

# How long until an entry is due for a check. A contact has six months (`contact_rules`).
CHECK_EVERY = datetime.timedelta(environment.number("CHECK_EVERY_DAYS", 182, least=1, most=3650))

# How many proxies of ours each add an address to X-Forwarded-For. The rest the client wrote.
PROXIES = environment.number("PROXIES", 1 if PRODUCTION else 0, least=0, most=9)

# The threads of a worker, and how many of them sign somebody in or answer public forms at once.
THREADS = environment.number("THREADS", 38, least=8, most=500)
SIGN_INS_AT_ONCE = environment.number("SIGN_INS_AT_ONCE", 1, least=1, most=100)
PUBLIC_POSTS_AT_ONCE = environment.number("PUBLIC_POSTS_AT_ONCE", 8, least=1, most=100)

# Where tasks note that they ended well, and how old that may be before `/readyz` says "late".
# systemd names the folder; the digest is expected where it is sent.
STATE_FOLDER = Path(os.environ.get("STATE_DIRECTORY", BASE_DIR / "var"))
DIGEST_EVERY = environment.number("DIGEST_EVERY_HOURS", 0, least=0, most=24 * 31)
TASKS = {"backup": datetime.timedelta(hours=26), "forget": datetime.timedelta(hours=2)}
if DIGEST_EVERY:
    TASKS["digest"] = datetime.timedelta(hours=DIGEST_EVERY + 2)
HEALTH_TOKEN = os.environ.get("HEALTH_TOKEN", "")

# How long things are kept that are about people: then `manage.py forget` deletes them.
CORRECTION_TEXTS_KEPT = datetime.timedelta(days=90)  # after the decision
SIGN_INS_KEPT = datetime.timedelta(days=365)
SIGN_IN_FAILURES_KEPT = datetime.timedelta(hours=24)

# E-mail to editors. Without a server named, smtp://user:word@host:587, a local copy prints it; in
# production the machine's own server has it, for a log must not hold links that set passwords.
MAIL_SERVER = environment.mail_server()
if MAIL_SERVER.hostname:
    EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.hostname, MAIL_SERVER.port or 587
    EMAIL_HOST_USER = unquote(MAIL_SERVER.username or "")
    EMAIL_HOST_PASSWORD = unquote(MAIL_SERVER.password or "")
    EMAIL_USE_TLS = True
elif not PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = CONTACT_EMAIL
OPERATOR_EMAIL = environment.email("OPERATOR_EMAIL", CONTACT_EMAIL)  # told of what fails

INSTALLED_APPS = [
    "accounts.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # the templates of Django's own widgets, for the public form renderer
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "forces",
    "accounts.apps.AccountsConfig",
    "programmes",
]

MIDDLEWARE = [
    "core.middleware.request_log.log_requests",
    # Outside all that answers: static files and error pages carry the same headers as every page.
    "core.middleware.security_headers.SecurityHeaders",
    "core.middleware.health_checks.HealthChecks",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.language.language_from_path",
    "core.middleware.request_validation.RequestValidation",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # for browsers without CSP
    "core.middleware.database_retry.DatabaseRetry",
]

ROOT_URLCONF = "config.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ]
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "build" / "assets"]
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_MAX_AGE = 24 * 60 * 60

DATABASE = environment.database(f"sqlite:///{BASE_DIR / 'var' / 'directory.sqlite3'}")
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # Opening the file again takes longer than a query, and fails on a disk that is full.
    DATABASE["CONN_MAX_AGE"] = None
    # Readers go on while an editor saves (WAL); a writer waits at the start of its transaction.
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A connection for each thread, checked before each request; DATABASE_URL may override options.
    DATABASE |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    DATABASE["OPTIONS"] = {
        "connect_timeout": 2,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 5_000,
        **DATABASE.get("OPTIONS", {}),
    }
DATABASES = {"default": DATABASE}
CACHES: dict[str, dict[str, Any]] = {  # where `{% cache %}` and `drawn_once` keep what they draw
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 300},  # of some sixty thousand characters at most
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["accounts.delay.DelayingBackend"]
DEVICE_COOKIE_NAME = "device"
OTP_TOTP_ISSUER = "Programmes in Wales"

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATORS}.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.TellOwner"},
]

FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does anyway

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Europe/London"

CSRF_FAILURE_VIEW = "accounts.pages.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "no-referrer"  # of public pages; `SecurityHeaders` has the admin's
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_HSTS_SECONDS = 63072000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    DEVICE_COOKIE_NAME = "__Secure-device"  # of one path, which __Host- does not allow

# For what quotes requests. `core.middleware.request_log` has a line for each request instead.
SILENT = {"level": "CRITICAL", "propagate": False}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.middleware.request_log.JsonLines"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "json",
        },
    },
    "root": {"handlers": ["stdout"], "level": "WARNING"},
    "loggers": {
        "directory.requests": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},  # not Django's own, which sends e-mail
        **dict.fromkeys(("django.request", "django.security", "django.server"), SILENT),
    },
}
