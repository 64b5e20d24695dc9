"""What the catalogue screens take from a form: an answer, a page number, a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import QueryDict

from gongkai.readings.models import ReadingQuestion

_WORDS = {"yes": True, "no": False, "": None}


def answer_from(question: ReadingQuestion, post: QueryDict) -> dict[str, Any]:
    """The answer that a form gives to ``question``, in the form of ``readings.answers``."""
    kind = post.get("kind", "value")
    if kind != "value":
        return {"kind": kind}
    field = question.field
    value: Any
    if field in ("ticks", "channels"):
        value = {"ticked": post.getlist("ticked")}
    elif field in ("audience", "mode", "levels"):
        value = {
            name.removeprefix("tick:"): _WORDS.get(str(word))
            for name, word in post.items()
            if name.startswith("tick:")
        }
        if field == "audience":
            value["text"] = post.get("value", "").strip()
    elif field == "row":
        place, header = post.get("field", ""), post.get("header", "").strip()
        value = {"field": f"extra:{header[:60]}" if place == "extra" and header else place}
    else:
        value = post.get("value", "")
    return {"kind": "value", "value": value}


def page_number(text: str | None) -> int:
    """A page number from 1; whatever else is written means the first page."""
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1


def day_from(text: str) -> dt.date | None:
    """A day such as 2026-01-31; None when empty or wrong."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
