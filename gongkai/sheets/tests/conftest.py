"""What the tests of sheets share: a folder of their own, fonts or a reason to leave out."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from gongkai.sheets.typeset import has_fonts

needs_fonts = pytest.mark.skipif(not has_fonts(), reason="needs Debian's fonts-noto-cjk")


ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session", autouse=True)
def _messages():
    runpy.run_path(str(ROOT / "tools/compile_messages.py"))["compile_all"]()


@pytest.fixture(autouse=True)
def sheets_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "sheets"
