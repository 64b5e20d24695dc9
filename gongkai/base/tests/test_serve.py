"""``gongkai serve`` as a person starts it, and its supervisor with small children."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.base.management.commands.serve import address_of
from gongkai.base.supervisor import Child, Supervisor, answers, web_command

SHORT = [sys.executable, "-c", "pass"]
LONG = [sys.executable, "-c", "import signal; signal.pause()"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True);"
    "signal.pause(); signal.pause(); signal.pause()",
]


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"GONGKAI_DATA_DIR": str(tmp_path / "data"), "GONGKAI_SECRET_KEY": "for-tests"}


def gongkai(environment, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_of(mark):
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def test_a_child_that_dies_is_started_again_after_a_growing_pause(capfd):
    child = Child("web", SHORT)
    clock = 0.0
    for lived, pause in ((50.0, 1.0), (0.5, 2.0), (0.5, 4.0), (50.0, 1.0)):
        child.keep_running(clock)
        assert child.process is not None
        child.process.wait()
        clock += lived
        child.keep_running(clock)
        assert (child.process, child.start_after - clock) == (None, pause)
        child.keep_running(child.start_after - 0.01)
        assert child.process is None
        clock = child.start_after
    assert "web ended with status 0; starting it again" in capfd.readouterr().err


def test_a_child_leads_a_group_that_is_ended_with_it():
    child = Child("web", LONG)
    child.keep_running(0.0)
    assert child.process is not None
    assert os.getpgid(child.process.pid) == child.process.pid
    child.signal_group(signal.SIGTERM)
    assert child.process.wait(10) == -signal.SIGTERM
    child.signal_group(signal.SIGTERM)


def test_a_child_that_does_not_stop_is_ended(monkeypatch, capfd):
    monkeypatch.setattr("gongkai.base.supervisor.STOP_SECONDS", 0.2)
    child = Child("web", STUBBORN)
    child.process = subprocess.Popen(STUBBORN, start_new_session=True, stdout=subprocess.PIPE)
    assert child.process.stdout is not None
    assert child.process.stdout.readline() == b"on\n"
    supervisor = Supervisor([child], "http://127.0.0.1:9", is_stopping=True)
    assert supervisor.run() == 1
    child.process.stdout.close()
    assert "did not stop in" in capfd.readouterr().err


def test_an_address_without_a_server_does_not_answer():
    assert not answers(f"http://127.0.0.1:{free_port()}", "/")


def test_the_web_command_has_one_thread_a_process():
    command = web_command(host="::1", port=8000, n_workers=2, static_root="/s")
    assert command[command.index("--blocking-threads") + 1] == "1"
    assert command[-1] == "gongkai.wsgi:application"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(["--workers", "0"], "--workers must be 1 or more"), ([], "run `gongkai migrate`")],
)
def test_serve_refuses_and_says_what_to_do(environment, arguments, reason):
    refused = gongkai(environment, "serve", "--port", str(free_port()), *arguments)
    assert refused.returncode in {1, 2}
    assert reason in refused.stderr


def test_serve_runs_restarts_what_dies_and_leaves_nothing_behind(
    environment, tmp_path, migrated_sqlite
):
    (tmp_path / "data").mkdir()
    shutil.copy(migrated_sqlite, tmp_path / "data" / "gongkai.sqlite3")
    refused = gongkai(environment, "serve", "--port", str(free_port()))
    assert "gongkai collectstatic" in refused.stderr
    static = tmp_path / "data" / "static"
    static.mkdir(parents=True)
    (static / "staticfiles.json").write_text('{"paths": {}, "version": "1.1"}')
    port = free_port()
    environment["GONGKAI_TEST_MARK"] = mark = f"serve-{port}"
    command = [sys.executable, "-m", "gongkai.cli", "serve", "--port", str(port)]
    serving = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert serving.stderr is not None
        assert f"http://127.0.0.1:{port}/ is ready" in _line_with(serving.stderr, "is ready")
        assert answers(f"http://127.0.0.1:{port}", "/healthz")
        worker = next(pid for pid in processes_of(mark) if "work" in _command_line(pid)[-1:])
        os.kill(worker, signal.SIGKILL)
        assert "worker ended with status -9" in _line_with(serving.stderr, "worker ended")
        serving.terminate()
        assert "stopped" in _line_with(serving.stderr, "[serve] stopped")
        assert serving.wait(15) == 0
        assert processes_of(mark) == []
    finally:
        serving.kill()
        serving.wait()
        serving.stderr.close()
        for pid in processes_of(mark):
            os.kill(pid, signal.SIGKILL)


def _line_with(stream, words):
    for line in stream:
        if words in line:
            return line
    return ""


def _command_line(pid):
    text = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
    return text.rstrip("\x00").split("\x00")


def test_lost_jobs_of_dead_workers_are_taken_back(db):
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from gongkai.base.worker import _this_machine, take_back_lost_jobs

    here = _this_machine()
    gone = subprocess.Popen(SHORT)
    gone.wait()
    workers = [f"{here}:{gone.pid}:x", f"{here}:{os.getpid()}:x", "elsewhere:1:x"]
    jobs = [
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="gongkai.nothing",
            backend_name="default",
            status=TaskResultStatus.RUNNING,
            worker_ids=[worker],
        )
        for worker in workers
    ]
    assert take_back_lost_jobs() == 1
    states = [DBTaskResult.objects.get(pk=job.pk).status for job in jobs]
    assert states == ["READY", "RUNNING", "RUNNING"]


def test_old_results_are_pruned_and_failures_kept(db):
    import datetime as dt

    from django_tasks_db.models import DBTaskResult

    from gongkai.base.worker import prune_jobs

    now = dt.datetime(2026, 9, 18, tzinfo=dt.UTC)
    for days, status in ((20, "SUCCESSFUL"), (20, "FAILED"), (2, "SUCCESSFUL")):
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="gongkai.nothing",
            backend_name="default",
            status=status,
            finished_at=now - dt.timedelta(days=days),
            worker_ids=[],
        )
    assert prune_jobs(now) == 1
    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("0.0.0.0", 9000, "http://127.0.0.1:9000"),
        ("::", 9000, "http://[::1]:9000"),
        ("gongkai.example", 80, "http://gongkai.example:80"),
    ],
)
def test_links_name_the_port_that_is_served(host, port, address):
    assert address_of(host, port) == address


def test_help_has_an_example(environment):
    assert "gongkai serve --host 0.0.0.0" in gongkai(environment, "serve", "--help").stdout
    assert "gongkai work --interval" in gongkai(environment, "work", "--help").stdout
