"""Write the data files: each complete or not there at all, with digest, size and number of rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.log.models import LogEntry
from gongkai.portal.bulk.datasets import DATASETS, Dataset
from gongkai.portal.bulk.formats import csv_line, json_line

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
}
MANIFEST = "manifest.json"
LONGEST_WAIT = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file that can be downloaded."""

    name: str
    dataset: str
    format: str
    sha256: str
    size: int
    n_rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was built, when, and up to which entry of the public log."""

    built_at: dt.datetime
    log_size: int
    files: tuple[DataFile, ...]

    def file(self, name: str) -> DataFile | None:
        """The file called ``name``."""
        return next((file for file in self.files if file.name == name), None)


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.DATA_DIR) / "bulk"


def read_manifest() -> Manifest | None:
    """What was built last, or None when nothing was."""
    try:
        stored: dict[str, Any] = json.loads((folder() / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return Manifest(
        dt.datetime.fromisoformat(stored["built_at"]),
        stored["log_size"],
        tuple(DataFile(**file) for file in stored["files"]),
    )


def build(*, now: dt.datetime) -> Manifest:
    """Every data set stands as CSV and JSON Lines in the data folder, described by the manifest."""
    folder().mkdir(parents=True, exist_ok=True)
    log_size = _log_size()
    files = tuple(file for dataset in DATASETS for file in _write(dataset))
    manifest = Manifest(now, log_size, files)
    stored = {
        "built_at": now.isoformat(),
        "log_size": log_size,
        "files": [asdict(file) for file in files],
    }
    _replace(folder() / MANIFEST, json.dumps(stored, ensure_ascii=False, indent=1).encode())
    return manifest


def build_if_stale(*, now: dt.datetime) -> bool:
    """Build where something was withdrawn since the last time, or something changed a while ago."""
    manifest = read_manifest()
    if manifest is None:
        build(now=now)
        return True
    newer = LogEntry.objects.filter(number__gt=manifest.log_size)
    is_next_day = timezone.localdate(manifest.built_at) != timezone.localdate(now)
    is_late = now - manifest.built_at > LONGEST_WAIT
    is_stale = is_next_day or holds_withdrawn(manifest) or (is_late and newer.exists())
    if is_stale:
        build(now=now)
    return is_stale


def holds_withdrawn(manifest: Manifest) -> bool:
    """Whether something that the files hold was withdrawn since they were built."""
    newer = LogEntry.objects.filter(number__gt=manifest.log_size)
    return newer.filter(kind=LogEntry.Kind.WITHDRAWN).exists()


def _log_size() -> int:
    """The number of the newest entry, 0 for an empty log."""
    return LogEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _write(dataset: Dataset) -> list[DataFile]:
    """Both files of one data set, written side by side in one pass over its rows."""
    paths = {kind: folder() / f"{dataset.name}.{kind}" for kind in ("csv", "jsonl")}
    parts = {kind: path.with_suffix(path.suffix + ".part") for kind, path in paths.items()}
    digests = {kind: hashlib.sha256() for kind in paths}
    n_rows = 0
    with parts["csv"].open("wb") as csv_file, parts["jsonl"].open("wb") as json_file:
        head = "\ufeff" + csv_line([label for _, label in dataset.columns])
        _put(csv_file, digests["csv"], head)
        for row in dataset.rows():
            _put(csv_file, digests["csv"], csv_line(row))
            _put(json_file, digests["jsonl"], json_line(dataset.names, row))
            n_rows += 1
    files = []
    for kind, path in paths.items():
        parts[kind].replace(path)
        size = path.stat().st_size
        files.append(
            DataFile(path.name, dataset.name, kind, digests[kind].hexdigest(), size, n_rows)
        )
    return files


def _put(file: Any, digest: Any, line: str) -> None:
    content = line.encode("utf-8", "surrogatepass")
    file.write(content)
    digest.update(content)


def _replace(path: Path, content: bytes) -> None:
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(content)
    part.replace(path)
