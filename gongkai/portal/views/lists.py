"""Lists of disclosures turned by keys (newest, policies, services), and the duty register."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.catalogue.models import Domain
from gongkai.duties.queries import Selection as DutySelection
from gongkai.duties.queries import duties_register, register_rows
from gongkai.duties.states import DutyState
from gongkai.places.models import Body
from gongkai.portal import cachetags
from gongkai.portal.asking import choice_asked, code_asked, number_asked, page_asked
from gongkai.portal.listing import Listing, Selection, newest
from gongkai.portal.register import DUTIES_A_PAGE, year_counts

FIRST_YEAR = 2000


def listing_asked(request: HttpRequest, selection: Selection) -> Listing:
    """The stretch of the list that the address asks for."""
    return newest(
        selection,
        before=code_asked(request.GET, "before"),
        after=code_asked(request.GET, "after"),
    )


def _list_page(
    request: HttpRequest, selection: Selection, *, section: str, title: str, lead: str
) -> HttpResponse:
    """A page with one list and its feed."""
    context = {
        "section": section,
        "title": title,
        "lead": lead,
        "listing": listing_asked(request, selection),
        "template_name": selection.template,
    }
    response = render(request, "portal/list.html", context)
    cachetags.tag(response, cachetags.LIST)
    return response


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """``/latest/``: everything, newest first."""
    return _list_page(
        request,
        Selection(),
        section="latest",
        title=_("最新公开"),
        lead=_("全区各机构公开的信息，新的在前。"),
    )


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """``/policies/``."""
    return _list_page(
        request,
        Selection(template="policy_document"),
        section="policies",
        title=_("政策文件"),
        lead=_("区、镇街和各部门印发的文件。每份都注明文号、日期，是否仍然有效。"),
    )


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """``/services/``."""
    return _list_page(
        request,
        Selection(template="service_guide"),
        section="services",
        title=_("办事指南"),
        lead=_("办一件事要带什么、到哪里办、几天办好、收不收费。"),
    )


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """``/duties/``: what has to be made public, by whom, by when, and whether it was."""
    today = timezone.localdate()
    year = number_asked(request.GET, "year", low=FIRST_YEAR, high=2100) or today.year
    state = choice_asked(request.GET, "state", tuple(DutyState.values))
    body, domain = code_asked(request.GET, "body"), code_asked(request.GET, "domain")
    selection = DutySelection(
        on=today,
        body=body,
        domain=domain,
        states=(DutyState(state),) if state else (),
        due_from=dt.date(year, 1, 1),
        due_until=dt.date(year, 12, 31),
        sort="due" if state in ("", DutyState.DUE, DutyState.EXPECTED) else "-due",
    )
    page = page_asked(request.GET)
    start = (page - 1) * DUTIES_A_PAGE
    ids = list(
        duties_register(selection).values_list("pk", flat=True)[start : start + DUTIES_A_PAGE + 1]
    )
    context = {
        "section": "duties",
        "today": today,
        "year": year,
        "state": state,
        "body": Body.objects.filter(code=body).first() if body else None,
        "domain": Domain.objects.filter(code=domain).first() if domain else None,
        "bodies": Body.objects.filter(valid_until=None).only("code", "name"),
        "domains": Domain.objects.only("code", "name"),
        "states": DutyState.choices,
        "counts": year_counts(today, body_code=body, domain_code=domain)
        if year == today.year
        else None,
        "duties": register_rows(ids[:DUTIES_A_PAGE], on=today),
        "page": page,
        "has_next": len(ids) > DUTIES_A_PAGE,
    }
    response = render(request, "portal/duties.html", context)
    tags = [f"body:{body}" if body else "", f"domain:{domain}" if domain else ""]
    cachetags.tag(response, cachetags.DUTIES, *tags)
    return response
