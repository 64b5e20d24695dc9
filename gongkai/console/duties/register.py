"""The register of duties in the console: filters, chips, pages, saved views, export, heat table."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from gongkai.base.errors import GongkaiError
from gongkai.catalogue.models import Domain
from gongkai.console.duties.access import bodies_in_scope, duties_scope, person
from gongkai.console.duties.filters import query_string, read_selection, without_states
from gongkai.console.duties.wording import wording
from gongkai.duties.actions.save_register_view import forget_register_view, save_register_view
from gongkai.duties.models import Duty, SavedRegisterView
from gongkai.duties.queries import (
    GroupCounts,
    Selection,
    StateCounts,
    counts_by_state,
    duties_register,
    heat_table,
    register_rows,
)
from gongkai.duties.register_sheet import register_sheet
from gongkai.duties.states import DutyState

PAGE_SIZE = 50
MOST_EXPORTED = 50_000
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONES = {
    DutyState.OVERDUE: "late",
    DutyState.DUE: "due",
    DutyState.MET: "done",
    DutyState.MET_LATE: "info",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A state with its count and the address of its list."""

    label: str
    count: int
    query: str
    is_current: bool


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register within the person's mandates. Access: any mandate."""
    today = timezone.localdate()
    selection = read_selection(request.GET, scope=duties_scope(request), on=today)
    counts = counts_by_state(duties_register(without_states(selection)), on=today)
    total = counts.of(selection.states[0]) if selection.states else counts.total
    n_pages = max(1, -(-total // PAGE_SIZE))
    page = min(_page_number(request), n_pages)
    start = (page - 1) * PAGE_SIZE
    ids = list(duties_register(selection).values_list("pk", flat=True)[start : start + PAGE_SIZE])
    context = {
        "today": today,
        "selection": selection,
        "counts": counts,
        "chips": _chips(selection, counts),
        "total": total,
        "rows": register_rows(ids, on=today),
        "page": page,
        "n_pages": n_pages,
        "query": query_string(selection),
        "bodies": bodies_in_scope(request).only("code", "name"),
        "domains": Domain.objects.only("code", "name"),
        "occasions": Duty.Occasion.choices,
        "states": DutyState.choices,
        "sorts": SORT_LABELS,
        "views": SavedRegisterView.objects.filter(user=person(request)),
    }
    return render(request, "console/duties/register.html", context)


SORT_LABELS = (
    ("due", _("期限近的在前")),
    ("-due", _("期限远的在前")),
    ("body", _("按机构")),
    ("item", _("按领域事项")),
)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _chips(selection: Selection, counts: StateCounts) -> list[Chip]:
    every = Chip(
        gettext("全部"), counts.total, query_string(selection, state=""), not selection.states
    )
    return [
        every,
        *(
            Chip(
                gettext(str(state.label)),
                counts.of(state),
                query_string(selection, state=state.value),
                state in selection.states,
            )
            for state in DutyState
        ),
    ]


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The selected register as a spreadsheet with explained deadlines. Access: any mandate."""
    today = timezone.localdate()
    selection = read_selection(request.GET, scope=duties_scope(request), on=today)
    content = register_sheet(duties_register(selection), on=today, most=MOST_EXPORTED)
    response = HttpResponse(content, content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="duties-{today:%Y%m%d}.xlsx"'
    return response


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the selection under a name. Access: any mandate, own views only."""
    selection = read_selection(request.POST, scope=duties_scope(request), on=timezone.localdate())
    query = query_string(selection)
    try:
        view = save_register_view(person(request), name=request.POST.get("name", ""), query=query)
    except GongkaiError as error:
        messages.error(request, wording(error))
    else:
        messages.success(request, gettext("已保存视图“%(name)s”。") % {"name": view.name})
    return redirect(f"{reverse('console_duties:register')}?{query}")


@require_POST
def forget_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Delete one of the person's saved views. Access: its owner; others change nothing."""
    if forget_register_view(person(request), view_id=view_id):
        messages.success(request, gettext("已删去这个视图。"))
    return redirect("console_duties:register")


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: the counts of a body in a domain (None: nothing owed), and its shade 0-4."""

    domain: str
    counts: StateCounts | None
    shade: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A body's row."""

    body: GroupCounts
    shade: str
    cells: tuple[HeatCell, ...]


def shade_of(rate: float | None) -> str:
    """The shade of a rate: "none", or "0" (below 60 %) to "4" (100 %)."""
    if rate is None:
        return "none"
    return str(sum(rate >= bound for bound in (0.6, 0.8, 0.95, 1.0)))


@require_GET
def heat(request: HttpRequest) -> HttpResponse:
    """Rates of bodies × domains, each number linking to its list. Access: any mandate."""
    today = timezone.localdate()
    selection = read_selection(request.GET, scope=duties_scope(request), on=today)
    table = heat_table(duties_register(selection), on=today)
    rows = []
    for body in table.bodies:
        cells = []
        for domain in table.domains:
            counts = table.cells.get((body.code, domain.code))
            cells.append(HeatCell(domain.code, counts, shade_of(counts.rate if counts else None)))
        rows.append(HeatRow(body, shade_of(body.counts.rate), tuple(cells)))
    context = {
        "today": today,
        "rows": rows,
        "domains": table.domains,
        "selection": selection,
        "period": selection.period,
    }
    return render(request, "console/duties/heat.html", context)
