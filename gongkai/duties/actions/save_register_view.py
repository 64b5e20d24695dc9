"""Keep a selection of the register under a name, for the person who made it."""

from __future__ import annotations

from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.duties.models import SavedRegisterView
from gongkai.duties.signing import without_control_signs

MOST_VIEWS = 30


def save_register_view(by: User, *, name: str, query: str) -> SavedRegisterView:
    """``by`` has a view of this name with this query; one of the same name is replaced.

    Raises: ``duties.view_name_missing``, ``duties.view_too_long``, ``duties.too_many_views``.
    """
    text = " ".join(without_control_signs(name).split())
    if not text:
        raise Refused("duties.view_name_missing")
    if len(text) > 40 or len(query) > 400:
        raise Refused("duties.view_too_long")
    others = SavedRegisterView.objects.filter(user=by).exclude(name=text)
    if others.count() >= MOST_VIEWS:
        raise Refused("duties.too_many_views", limit=MOST_VIEWS)
    view, _created = SavedRegisterView.objects.update_or_create(
        user=by, name=text, defaults={"query": query}
    )
    return view


def forget_register_view(by: User, *, view_id: int) -> bool:
    """``by``'s own view is gone; False when there was none of this id."""
    return SavedRegisterView.objects.filter(user=by, pk=view_id).delete()[0] == 1
