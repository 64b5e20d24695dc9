"""Open data: the list of files, the files, and their description for harvesters."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from gongkai.portal import cachetags
from gongkai.portal.bulk.build import (
    MEDIA_TYPES,
    DataFile,
    folder,
    holds_withdrawn,
    read_manifest,
)
from gongkai.portal.bulk.datasets import DATASETS, Dataset
from gongkai.portal.bulk.description import dcat
from gongkai.portal.error_pages import error_response


@dataclass(frozen=True, slots=True)
class Offer:
    """A data set with its files, if they were built."""

    dataset: Dataset
    files: tuple[DataFile, ...]


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """``/data/``."""
    manifest = read_manifest()
    offers = [
        Offer(d, tuple(f for f in manifest.files if f.dataset == d.name) if manifest else ())
        for d in DATASETS
    ]
    context = {"section": "data", "manifest": manifest, "offers": offers}
    response = render(request, "portal/data.html", context)
    cachetags.tag(response, cachetags.LIST)
    return response


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """``/data/catalogue.jsonld``: DCAT."""
    body = dcat(read_manifest(), base_url=settings.BASE_URL, publisher=settings.SITE_NAME)
    response = JsonResponse(
        body,
        content_type=MEDIA_TYPES["jsonld"],
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    cachetags.tag(response, cachetags.LIST)
    return response


@require_safe
def data_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """``/data/<name>``: one file, with an ETag that is its digest.

    503 for the seconds in which it still holds what was withdrawn meanwhile.
    """
    manifest = read_manifest()
    file = manifest.file(name) if manifest else None
    if manifest is None or file is None:
        raise Http404
    if holds_withdrawn(manifest):
        not_yet = error_response(request, 503, code="data.not_built")
        not_yet.headers["Retry-After"] = "30"
        return not_yet
    etag = f'"{file.sha256}"'
    unchanged = get_conditional_response(
        request, etag=etag, last_modified=int(manifest.built_at.timestamp())
    )
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    try:
        content = (folder() / file.name).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=file.name,
        content_type=MEDIA_TYPES[file.format],
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Last-Modified"] = http_date(manifest.built_at.timestamp())
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
