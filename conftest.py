"""What the whole suite shares: migrated databases made once, and one profile of hypothesis.

Running some two hundred migrations takes longer than most tests. They run once for a digest of
everything they depend on, by ``gongkai migrate`` as an operator runs it; each test process starts
from a copy (SQLite: copied into memory; PostgreSQL: ``CREATE DATABASE … TEMPLATE``). Django's own
set-up then still runs ``migrate`` on the copy and finds nothing left to do. ``--create-db`` builds
anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).parent
_IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # Django's name for it
_DEPENDED_ON = ("migrations/*.py", "models.py", "apps.py", "settings*.py")

# Timings never decide a test; what fails says how to repeat it; in CI every run asks the same.
hypothesis_settings.register_profile("here", deadline=None, print_blob=True, max_examples=60)
hypothesis_settings.register_profile(
    "ci", hypothesis_settings.get_profile("here"), derandomize=True, max_examples=100
)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """As with Django's own client: the end of a request does not end the test's transaction."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(scope="session")
def migrated_sqlite(request: pytest.FixtureRequest) -> Path:
    """A SQLite file with every migration applied; copy it, never write into it."""
    folder = _template_folder()
    file = folder / "migrated.sqlite3"
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_wanted_anew(request, file.name) or not file.exists():
            fresh = folder / "fresh.sqlite3"
            fresh.unlink(missing_ok=True)
            _migrate(f"sqlite:///{fresh}")
            with sqlite3.connect(fresh) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
            connection.close()
            fresh.replace(file)
    return file


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The test database of this process begins as a copy of the migrated one."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        database.setdefault("TEST", {})["TEMPLATE"] = _migrated_postgres(request)
        yield
        return
    kept = sqlite3.connect(_IN_MEMORY, uri=True)  # the database lives while one connection does
    with sqlite3.connect(request.getfixturevalue("migrated_sqlite")) as template:
        template.backup(kept)
    template.close()
    yield
    kept.close()


def _migrated_postgres(request: pytest.FixtureRequest) -> str:
    """The name of a database of the server with every migration applied."""
    import psycopg

    address = os.environ["GONGKAI_TEST_DATABASE_URL"]
    name = f"gongkai_template_{_digest()[:16]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(4399010001)")  # freed with the connection
        exists = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if exists and _is_wanted_anew(request, name):
            server.execute(f"DROP DATABASE {name}")
            exists = None
        if not exists:
            server.execute("DROP DATABASE IF EXISTS gongkai_template_fresh")
            server.execute("CREATE DATABASE gongkai_template_fresh")
            before, _, after = address.partition("?")
            fresh = before.rpartition("/")[0] + "/gongkai_template_fresh"
            _migrate(f"{fresh}?{after}" if after else fresh)
            server.execute(f"ALTER DATABASE gongkai_template_fresh RENAME TO {name}")
    return name


def _is_wanted_anew(request: pytest.FixtureRequest, name: str) -> bool:
    """Whether ``--create-db`` was given and no process of this run has built it yet."""
    if not request.config.getvalue("create_db"):
        return False
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    mark = _template_folder() / f"built-{name}-{run}"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _migrate(address: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    with tempfile.TemporaryDirectory(prefix="gongkai-test-") as folder:
        subprocess.run(
            [sys.executable, "-m", "gongkai.cli", "migrate", "--verbosity", "0"],
            env=kept | {"GONGKAI_DATABASE_URL": address, "GONGKAI_DATA_DIR": folder},
            cwd=ROOT,
            check=True,
        )


def _template_folder() -> Path:
    """``build/test-database/DIGEST``; folders of former digests are left to ``make clean``."""
    folder = ROOT / "build" / "test-database" / _digest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _digest() -> str:
    """Of all that decides how a migrated database looks: our models, every package's version."""
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for pattern in _DEPENDED_ON:
        for file in sorted((ROOT / "gongkai").rglob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    for name in sorted(f"{found.name}={found.version}" for found in distributions()):
        digest.update(name.encode())
    return digest.hexdigest()
