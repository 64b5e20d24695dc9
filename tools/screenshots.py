"""Picture every page of the demo district at phone and desktop width into build/screenshots.

Builds a small demo district in build/screenshots-data when there is none, serves it on a free
port of this machine, signs in as each role, and stops the server again.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
DATA, OUT = ROOT / "build/screenshots-data", ROOT / "build/screenshots"
GONGKAI = [sys.executable, str(ROOT / "manage.py")]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"phone": (390, 844), "desktop": (1440, 900)}
PUBLIC = {
    "home": "/", "home-elder": "/elder/", "home-en": "/en/", "home-dark": "/dark/",
    "search": "/search?q=补贴", "nothing-found": "/search?q=龘龘龘", "catalogue": "/catalogue/",
    "places": "/p/", "township": "/p/439901104000/", "village": "/p/439901104200/",
    "body": "/b/yunxi-minzheng/", "duties": "/duties/", "policies": "/policies/",
    "services": "/services/", "data": "/data/", "about": "/about/", "api": "/api/v1/",
    "not-found": "/d/nothing/", "sign-in": "/accounts/login/",
}  # fmt: skip
CONSOLE = {
    "gongkaiban": {
        "office-home": "/console/", "office-register": "/console/duties/",
        "office-rates": "/console/duties/heat/", "office-readings": "/console/readings/",
        "office-upload": "/console/readings/upload/", "office-places": "/console/places/",
        "office-records": "/console/disclosures/",
    },
    "minzheng": {
        "editor-home": "/console/", "editor-month": "/console/duties/mine/",
        "editor-new": "/console/disclosures/new/",
    },
    "minzheng-2": {"reviewer-home": "/console/", "reviewer-queue": "/console/disclosures/queue/"},
    "admin": {"admin-people": "/console/people/"},
}  # fmt: skip


def gongkai(*arguments: str) -> list[str]:
    """The command line of one ``gongkai`` call on the picture's data."""
    return [*GONGKAI, *arguments, "--data-dir", str(DATA)]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, seconds: int = 60) -> None:
    """Return when ``address`` answers; raise after ``seconds``."""
    for _ in range(seconds * 4):
        try:
            with urllib.request.urlopen(address):  # noqa: S310 -- an address of our own
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(address)


def take(browser: Browser, base: str, pages: dict[str, str], *, username: str = "") -> None:
    """Every page of ``pages`` at both widths, signed in where a name is given."""
    for width, (x, y) in WIDTHS.items():
        context = browser.new_context(viewport={"width": x, "height": y}, locale="zh-CN")
        page = context.new_page()
        if username:
            page.goto(f"{base}/accounts/login/")
            page.fill("input[name=login]", username)
            page.fill("input[name=password]", "gongkai-yunxi")
            page.click("main button[type=submit]")
            page.wait_for_load_state()
        for name, path in pages.items():
            response = page.goto(base + path)
            page.wait_for_timeout(250)
            page.screenshot(path=OUT / f"{name}-{width}.png", full_page=True)
            print(f"{width:8} {response.status if response else '–'} {path}")
        context.close()


def newest_records(base: str) -> dict[str, str]:
    """One public record of each template, found through the API."""
    with urllib.request.urlopen(f"{base}/api/v1/disclosures?limit=100") as answer:  # noqa: S310
        rows = json.load(answer)
    listed = next(value for value in rows.values() if isinstance(value, list))
    return {f"record-{row['template']}": f"/d/{row['code']}/" for row in listed}


def main() -> None:
    """Build, serve, picture, stop."""
    OUT.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if subprocess.run(gongkai("demo", "--is-built"), check=False).returncode:  # noqa: S603
        shutil.rmtree(DATA, ignore_errors=True)
        subprocess.run(gongkai("demo", "--scale", "small"), check=True)  # noqa: S603
    subprocess.run(gongkai("collectstatic", "--noinput", "-v0"), check=True)  # noqa: S603
    port = free_port()
    server = subprocess.Popen(gongkai("serve", "--port", str(port)), env=environment)  # noqa: S603
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/healthz")
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or "/usr/bin/chromium"
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            take(browser, base, {**PUBLIC, **newest_records(base)})
            for username, pages in CONSOLE.items():
                take(browser, base, pages, username=username)
            browser.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


if __name__ == "__main__":
    main()
