"""A cache folder of its own for each test."""

from __future__ import annotations

import pytest

from gongkai.pagecache.generations import Generations


@pytest.fixture(autouse=True)
def cache_dir(settings, tmp_path):
    settings.PAGE_CACHE_DIR = tmp_path / "page-cache"
    return settings.PAGE_CACHE_DIR


@pytest.fixture
def shared(cache_dir):
    return Generations(cache_dir)
