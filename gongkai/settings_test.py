"""Settings of the test suite: files in a scratch folder, quick hashes, no background worker."""

from __future__ import annotations

import os
import tempfile

import dj_database_url

_SCRATCH = os.environ.setdefault("GONGKAI_TEST_DIR", tempfile.mkdtemp(prefix="gongkai-test-"))
os.environ["GONGKAI_DATA_DIR"] = _SCRATCH
os.environ.setdefault("GONGKAI_SECRET_KEY", "only-for-tests")

from gongkai.settings import *  # noqa: E402, F403

if os.environ.get("GONGKAI_TEST_DATABASE_URL"):
    DATABASES["default"] = dj_database_url.parse(os.environ["GONGKAI_TEST_DATABASE_URL"])  # noqa: F405
    INSTALLED_APPS.append("django.contrib.postgres")  # noqa: F405
else:
    DATABASES["default"]["TEST"] = {"NAME": None}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
