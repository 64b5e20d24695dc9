"""Django settings. Every choice of the operator is a ``GONGKAI_…`` variable (docs/settings.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from gongkai.base import environment as env

PROJECT_DIR = Path(__file__).resolve().parent
DATA_DIR = Path(
    env.text("GONGKAI_DATA_DIR", "var", "folder for every file that the program writes")
).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.SecretKey(DATA_DIR).value()
DEBUG = env.flag("GONGKAI_DEBUG", False, "show tracebacks; never on a public machine")
BASE_URL = env.text(
    "GONGKAI_BASE_URL", "http://127.0.0.1:8000", "public address, in links, feeds and QR codes"
).rstrip("/")
if urlsplit(BASE_URL).scheme not in {"http", "https"}:
    raise ImproperlyConfigured(f"GONGKAI_BASE_URL={BASE_URL!r}: write http://… or https://…")
ALLOWED_HOSTS = [
    *env.listed("GONGKAI_ALLOWED_HOSTS", "", "host names served besides that of the base URL"),
    urlsplit(BASE_URL).hostname or "",
    "127.0.0.1",
    "localhost",
]
WEB_ADDRESS = env.text(
    "GONGKAI_WEB_ADDRESS", "", "where the worker fetches public pages as proof; `serve` sets it"
)
SITE_CODE = env.text("GONGKAI_SITE_CODE", "4399010001", "网站标识码, for the page's meta tags")
SITE_NAME = env.text("GONGKAI_SITE_NAME", "云溪区政务公开", "name of the portal")
SITE_OWNER = env.text("GONGKAI_SITE_OWNER", "", "主办单位, in the footer")
SITE_CONTACT = env.text("GONGKAI_SITE_CONTACT", "", "联系方式, in the footer")
ICP_NUMBER = env.text("GONGKAI_ICP_NUMBER", "", "ICP 备案号, in the footer")
POLICE_NUMBER = env.text("GONGKAI_POLICE_NUMBER", "", "公安备案号, in the footer")
ERROR_REPORT_URL = env.text(
    "GONGKAI_ERROR_REPORT_URL", "", "address of 我为政府网站找错 for this site, in the footer"
)
WITH_HTTPS = urlsplit(BASE_URL).scheme == "https"

INSTALLED_APPS = [
    "gongkai.base",
    "gongkai.log",
    "gongkai.places",
    "gongkai.accounts",
    "gongkai.catalogue",
    "gongkai.readings",
    "gongkai.duties",
    "gongkai.disclosures",
    "gongkai.footprints",
    "gongkai.search",
    "gongkai.sheets",
    "gongkai.pagecache",
    "gongkai.api",
    "gongkai.console",
    "gongkai.portal",
    "gongkai.demo",
    "gongkai.benches",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongkai.portal.middleware.SecurityPolicyMiddleware",
    "gongkai.portal.middleware.PresentationMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.console.doors.ConsoleDoors",
    "gongkai.portal.middleware.ErrorMiddleware",
]

ROOT_URLCONF = "gongkai.urls"
WSGI_APPLICATION = "gongkai.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.portal.context.portal",
            ],
        },
    },
]

DATABASE_URL = env.text(
    "GONGKAI_DATABASE_URL", "", "postgres://… or sqlite:///…; empty: SQLite in the data folder"
)
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        DATABASE_URL or f"sqlite:///{DATA_DIR / 'gongkai.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
            "PRAGMA mmap_size=268435456; PRAGMA cache_size=-8000"
        ),
    }
else:
    INSTALLED_APPS.append("django.contrib.postgres")  # it loads the driver, 7 MB a process

TASKS: dict[str, Any] = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "gongkai.accounts.backends.MandateBackend",  # last: it answers permissions, it signs nobody in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/console/"
ACCOUNT_ADAPTER = "gongkai.accounts.adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.number(
    "GONGKAI_TRUSTED_PROXIES", 0, "reverse proxies in front that set X-Forwarded-For"
)
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Gongkai"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("zh-hant", _("繁體中文")), ("en", _("English"))]
LOCALE_PATHS = [PROJECT_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
SEARCH_INDEX_DIR = DATA_DIR / "search"
PAGE_CACHE_DIR = Path(
    env.text("GONGKAI_PAGE_CACHE_DIR", "", "folder shared with nginx; empty: in the data folder")
    or DATA_DIR / "page-cache"
)
PAGE_CACHE_BYTES = 1_000_000 * env.number(
    "GONGKAI_PAGE_CACHE_MB", 48, "memory for finished pages, of each web process; 0: none"
)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WITH_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if WITH_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "gongkai.portal.error_pages.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT_BYTES = 60 * 1024 * 1024

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FINISH_WORKFLOW_ACTION = "gongkai.disclosures.review.publish_finished_review"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"gongkai": {"level": "INFO"}},
}
