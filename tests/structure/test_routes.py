"""Every console route refuses strangers; every public route is meant to be public."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongkai.accounts.models import User
from gongkai.console.wagtail_hooks import SCREENS

SAMPLES = {
    "int": 999_999, "slug": "nowhere", "str": "nowhere", "path": "no/where",
    "uuid": uuid.UUID(int=0), "date": dt.date(2026, 1, 1),
}  # fmt: skip


def console_routes(patterns=None, names=()):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from console_routes(pattern.url_patterns, (*names, *space))
        elif isinstance(pattern, URLPattern) and pattern.name and is_ours(names):
            yield ":".join((*names, pattern.name)), pattern.pattern.converters


def is_ours(names):
    return bool(names) and names[0].removeprefix("console_") in SCREENS


def addresses():
    for name, converters in console_routes():
        kwargs = {
            key: SAMPLES.get(
                type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"),
                "nowhere",
            )
            for key, converter in converters.items()
        }
        yield name, reverse(name, kwargs=kwargs)


def test_there_are_console_routes():
    assert len(list(addresses())) > 10


@pytest.mark.django_db
def test_no_console_route_opens_without_signing_in():
    open_routes = []
    for name, address in addresses():
        for method in ("get", "post"):
            response = getattr(Client(), method)(address)
            if response.status_code == 302 and "/accounts/login/" in response["Location"]:
                continue
            if response.status_code in {403, 404, 405} or "token" in address:
                continue
            open_routes.append(f"{name} {method} {response.status_code}")
    assert open_routes == []


@pytest.mark.django_db
def test_no_console_route_opens_for_an_account_without_a_mandate():
    user = User.objects.create_user("nobody", password="none")
    client = Client()
    client.force_login(user)
    open_routes = []
    for name, address in addresses():
        response = client.get(address)
        if response.status_code not in {302, 403, 404, 405}:
            open_routes.append(f"{name} {response.status_code}")
    assert open_routes == []
