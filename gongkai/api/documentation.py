"""The page that explains the API, made from its own description: no script, nothing from afar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.api.api import openapi
from gongkai.pagecache.tags import HEADER, LIST

CONTENT_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that can be asked with."""

    name: str
    place: str
    kind: str
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of an answer; ``depth`` tells how deep it lies."""

    name: str
    kind: str
    description: str
    depth: int


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with what it takes and gives."""

    anchor: str
    path: str
    summary: str
    description: str
    group: str
    parameters: tuple[Parameter, ...]
    fields: tuple[FieldRow, ...]


def page(request: HttpRequest) -> HttpResponse:
    """``/api/v1/`` and ``/api/v1/docs``."""
    described = openapi()
    groups: dict[str, list[Operation]] = {}
    for operation in operations():
        groups.setdefault(operation.group, []).append(operation)
    context = {"api": described["info"], "groups": groups}
    response = render(request, "api/documentation.html", context)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers[HEADER] = LIST
    return response


def description(request: HttpRequest) -> HttpResponse:
    """``/api/v1/openapi.json``."""
    text = json.dumps(openapi(), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers[HEADER] = LIST
    return response


@cache
def operations() -> tuple[Operation, ...]:
    """Every address in the order of the description."""
    described = openapi()
    schemas: dict[str, Any] = described["components"]["schemas"]
    return tuple(
        _operation(path, facts["get"], schemas) for path, facts in described["paths"].items()
    )


def _operation(path: str, facts: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    answer = facts["responses"].get("200") or facts["responses"][200]
    schema = answer["content"]["application/json"]["schema"]
    return Operation(
        anchor=facts["operationId"].rpartition("_routers_")[2],
        path=path,
        summary=facts["summary"],
        description=facts.get("description", ""),
        group=facts["tags"][0],
        parameters=tuple(
            Parameter(
                name=parameter["name"],
                place=parameter["in"],
                kind=_kind(parameter["schema"]),
                is_required=parameter.get("required", False),
                description=parameter["schema"].get("description", ""),
            )
            for parameter in facts.get("parameters", ())
        ),
        fields=tuple(_fields(schema, schemas, depth=0)),
    )


def _fields(schema: dict[str, Any], schemas: dict[str, Any], *, depth: int) -> Iterator[FieldRow]:
    name = _reference(schema)
    for field, facts in schemas.get(name, {}).get("properties", {}).items():
        yield FieldRow(field, _kind(facts), facts.get("description", ""), depth)
        inner = facts.get("items", facts)
        if _reference(inner):
            yield from _fields(inner, schemas, depth=depth + 1)


def _reference(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _kind(schema: dict[str, Any]) -> str:
    """The type in a word: ``string``, ``date``, ``integer | null``, ``list of …``."""
    if "anyOf" in schema:
        return " | ".join(_kind(part) for part in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    kind = schema.get("format") or schema.get("type") or _reference(schema).removesuffix("Out")
    return str(kind)
