"""Catalogues in the console: overview, upload, editions in the official columns, export."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.accounts.access import Act, scope_of
from gongkai.base.errors import GongkaiError, NotReadable
from gongkai.catalogue.models import Domain, Edition
from gongkai.catalogue.queries import editions_with_counts, item_facts, whole_items
from gongkai.catalogue.rules import shown
from gongkai.console.readings.access import (
    access_edition,
    access_reading,
    bodies_to_import_for,
    person,
    readings_in_scope,
)
from gongkai.console.readings.forms import page_number
from gongkai.places.models import Body
from gongkai.readings.actions.ensure_domains import ensure_domains
from gongkai.readings.actions.export_catalogue import FORMATS, export_editions
from gongkai.readings.actions.store_reading import store_file
from gongkai.readings.models import CatalogueReading
from gongkai.readings.texts import error_text

PAGE = 50
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Editions by domain, and readings that wait. Access: any mandate to look."""
    if not scope_of(request.user, Act.LOOK):
        raise PermissionDenied
    page = Paginator(editions_with_counts(), PAGE).get_page(page_number(request.GET.get("page")))
    waiting = readings_in_scope(request).filter(state=CatalogueReading.State.OPEN)
    groups = [
        (domain, list(editions))
        for domain, editions in groupby(page.object_list, key=lambda edition: edition.domain)
    ]
    context = {
        "groups": groups,
        "page": page,
        "waiting": waiting[:PAGE],
        "may_import": bool(scope_of(request.user, Act.SUPERVISE)),
        "formats": FORMATS,
    }
    return render(request, "console/readings/overview.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Send catalogue files and see what became of each. Access: a mandate to supervise."""
    bodies = bodies_to_import_for(request)
    if not bodies.exists():
        raise PermissionDenied
    results: list[dict[str, object]] = []
    problem = ""
    if request.method == "POST":
        body = bodies.filter(code=request.POST.get("body", "")).select_related("division").first()
        files = request.FILES.getlist("files")
        if body is None:
            problem = gettext("请选择编制机构。")
        elif not files:
            problem = gettext("请选择至少一个目录文件。")
        else:
            domain = Domain.objects.filter(code=request.POST.get("domain", "")).first()
            results = [_stored(request, file, body, domain) for file in files]
    else:
        ensure_domains()
    context = {
        "bodies": bodies,
        "domains": Domain.objects.all(),
        "results": results,
        "problem": problem,
        "chosen_body": request.POST.get("body", ""),
        "chosen_domain": request.POST.get("domain", ""),
        "limit_mb": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
    }
    return render(request, "console/readings/upload.html", context, status=400 if problem else 200)


def _stored(
    request: HttpRequest, file: UploadedFile[Any], body: Body, domain: Domain | None
) -> dict[str, object]:
    name = file.name or "catalogue"
    if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        return {"name": name, "why": gettext("文件过大，超过上限。请按领域拆成几个文件。")}
    try:
        kept = store_file(
            name, file.read(), body=body, by=person(request), now=timezone.now(), domain=domain
        )
    except NotReadable as error:
        return {"name": name, "why": error.data["why"], "remedy": error.data["send_instead"]}
    except GongkaiError as error:
        return {"name": name, "why": error_text(error)}
    return {"name": name, "source": kept.source, "readings": [
        (reading, len(reading.table["rows"]), reading.questions.filter(settled_at=None).count())
        for reading in kept.readings
    ]}  # fmt: skip


@require_GET
def source(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was sent. Access: a mandate to look at the reading's body."""
    reading = access_reading(request, pk)
    kept = reading.source.file
    if not kept.name or not kept.storage.exists(kept.name):
        raise Http404("the file is not in the store")
    return FileResponse(
        kept.open("rb"), as_attachment=True, filename=reading.source.name,
        content_type="application/octet-stream",
    )  # fmt: skip


@require_GET
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition in the official columns, page by page. Access: any mandate to look."""
    found = access_edition(request, pk)
    items = whole_items(found.items.order_by("position"))
    page = Paginator(items, PAGE).get_page(page_number(request.GET.get("page")))
    fields = ("contents", "basis", "deadlines", "channels", "audience", "mode", "levels")
    rows = []
    for item in page.object_list:
        facts = item_facts(item)
        meant: dict[str, list[Body]] = {}
        for row in item.item_bodies.all():
            meant.setdefault(row.name, []).extend([row.body] if row.body else [])
        unticked = [box.label for box in facts.channels if box.is_ticked is False]
        ticked = replace(
            facts, channels=tuple(box for box in facts.channels if box.is_ticked is not False)
        )
        rows.append(
            {"item": item, "bodies": meant, "unticked": unticked}
            | {field: shown(ticked, field) for field in fields}
        )
    context = {
        "edition": found,
        "rows": rows,
        "page": page,
        "has_level3": found.items.exclude(level3="").exists(),
        "formats": FORMATS,
        "others": Edition.objects.filter(body=found.body, domain=found.domain)
        .exclude(pk=found.pk)
        .order_by("-effective_from"),
    }
    return render(request, "console/readings/edition.html", context)


@require_GET
def export(request: HttpRequest, pk: int, format_: str) -> HttpResponse:
    """An edition as a file. Access: any mandate to look."""
    found = access_edition(request, pk)
    if format_ not in FORMATS:
        raise Http404("no such format")
    return _download([found], format_, f"{found.body.code}-{found.domain.code}")


@require_GET
def export_all(request: HttpRequest, code: str, format_: str) -> HttpResponse:
    """All editions of a body that are in force, as one file. Access: any mandate to look."""
    if not scope_of(request.user, Act.LOOK) or format_ not in FORMATS:
        raise Http404("no such export")
    editions = list(
        Edition.objects.filter(body__code=code, state=Edition.State.IN_FORCE)
        .select_related("domain", "body")
        .order_by("domain__position", "domain__code")
    )
    if not editions:
        raise Http404("nothing in force")
    return _download(editions, format_, code)


def _download(editions: list[Edition], format_: str, name: str) -> HttpResponse:
    response = HttpResponse(
        export_editions(editions, format_=format_), content_type=MEDIA_TYPES[format_]
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.{format_}"'
    return response
