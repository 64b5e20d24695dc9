"""How rows, questions and differences of readings appear on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.catalogue.rules import shown
from gongkai.catalogue.schema import ItemFacts
from gongkai.readings.answers import INHERITABLE, PARSED, TEXTS, tick_columns
from gongkai.readings.fields.channel_names import CANONICAL_LABELS
from gongkai.readings.models import ReadingQuestion
from gongkai.readings.reading import ReadRow
from gongkai.readings.stored import facts_of
from gongkai.readings.texts import why_text

FIELD_LABELS: dict[str, Any] = {
    "number": _("序号"), "level1": _("一级事项"), "level2": _("二级事项"), "level3": _("三级事项"),
    "contents": _("公开内容（要素）"), "basis": _("公开依据"), "deadlines": _("公开时限"),
    "bodies": _("公开主体"), "channels": _("公开渠道和载体"), "audience": _("公开对象"),
    "mode": _("公开方式"), "levels": _("公开层级"), "ticks": _("勾选"), "row": _("未归栏文字"),
    "domain": _("领域"), "extra": _("附加栏目"), "society": _("全社会"), "group": _("特定群体"),
    "proactive": _("主动"), "on_request": _("依申请"),
}  # fmt: skip
_TRI = (("", _("不详")), ("yes", _("是")), ("no", _("否")))


@dataclass(frozen=True, slots=True)
class Control:
    """How a question is answered: ``kind`` text, lines, checks, ticks, place or domain.

    ``options`` are (value, label, is chosen) for checks and place; (name, label, choice) for ticks.
    """

    kind: str
    value: str = ""
    options: tuple[tuple[str, str, Any], ...] = ()
    tri: Sequence[tuple[str, Any]] = _TRI


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a page."""

    row: ReadingQuestion
    label: str
    why: str
    control: Control
    n_equal: int
    may_take_above: bool

    @property
    def answer_text(self) -> str:
        """The answer given, for people."""
        return answer_text(self.row.answer)


@dataclass(frozen=True, slots=True)
class Understood:
    """One field of a row as it was understood."""

    label: str
    text: str
    is_inherited: bool = False
    is_doubtful: bool = False


def asked(question: ReadingQuestion, row: ReadRow | None, n_equal: int) -> Asked:
    """The question with the control that fits its field."""
    return Asked(
        question,
        str(FIELD_LABELS.get(question.field, question.field)),
        why_text(question.why),
        _control(question, row),
        n_equal,
        question.field in INHERITABLE and bool(question.row_position),
    )


def _control(question: ReadingQuestion, row: ReadRow | None) -> Control:
    field = question.field
    if field == "channels" and row is not None:
        return Control("checks", options=_channels(row))
    if field == "ticks" and row is not None:
        names = ((name, _tick_label(name)) for name in tick_columns(row))
        return Control("checks", options=tuple((name, label, False) for name, label in names))
    if field in ("audience", "mode", "levels") and row is not None:
        return Control("ticks", value=row.audience.text, options=_tri(field, row))
    if field == "row":
        places = (*TEXTS, *PARSED, "audience")
        return Control("place", options=tuple((p, str(FIELD_LABELS[p]), False) for p in places))
    if field == "domain":
        return Control("domain")
    value = "" if question.answer is None else str(question.answer.get("value") or "")
    kind = "lines" if field in ("contents", "basis") else "text"
    return Control(kind, value=value or question.raw)


def _tick_label(name: str) -> str:
    return name.removeprefix("level:") if name.startswith("level:") else str(FIELD_LABELS[name])


def _channels(row: ReadRow) -> tuple[tuple[str, str, bool], ...]:
    own = {box.code: (box.label, bool(box.ticked)) for box in row.channels}
    for code, label in CANONICAL_LABELS.items():
        own.setdefault(code, (label, False))
    return tuple((code, label, ticked) for code, (label, ticked) in own.items())


def _tri(field: str, row: ReadRow) -> tuple[tuple[str, str, str], ...]:
    ticks: dict[str, bool | None] = {
        "audience": {"society": row.audience.society, "group": row.audience.group},
        "mode": {"proactive": row.mode.proactive, "on_request": row.mode.on_request},
        "levels": dict(row.levels),
    }[field]
    words = {True: "yes", False: "no", None: ""}
    labels = {name: str(FIELD_LABELS.get(name, name)) for name in ticks}
    return tuple((name, labels[name], words[tick]) for name, tick in ticks.items())


def answer_text(answer: dict[str, Any] | None) -> str:
    """A stored answer as people read it."""
    if answer is None:
        return ""
    plain = {"not_known": _("不详"), "leave_out": _("略去"), "above": _("同上一行")}
    if answer["kind"] in plain:
        return str(plain[answer["kind"]])
    value = answer.get("value")
    if not isinstance(value, dict):
        return str(value)
    if "ticked" in value:
        names = [CANONICAL_LABELS.get(code, _plain(code)) for code in value["ticked"]]
        return "、".join(names) or str(_("都不勾选"))
    if set(value) == {"field"}:
        return "→ " + str(FIELD_LABELS.get(value["field"], _plain(value["field"])))
    marks = {True: "√", False: "—", None: "？"}
    return "，".join(
        f"{FIELD_LABELS.get(name, name)} {tick if isinstance(tick, str) else marks[tick]}"
        for name, tick in value.items() if tick != ""
    )  # fmt: skip


def _plain(code: str) -> str:
    label = FIELD_LABELS.get(code)
    return str(label) if label else code.partition(":")[2] or code


def understood(row: ReadRow, doubtful: set[str]) -> list[Understood]:
    """The fields of a row that say something, in the order of the official columns."""
    facts = facts_of(row)
    texts = {"level1": facts.level1, "level2": facts.level2, "level3": facts.level3}
    order = ("number", "level1", "level2", "level3", "contents", "basis", "deadlines", "bodies",
             "channels", "audience", "mode", "levels", "extra")  # fmt: skip
    found = []
    for field in order:
        text = texts[field] if field in texts else _shown(facts, field)
        if text or field in doubtful:
            label = str(FIELD_LABELS[field])
            found.append(Understood(label, text, field in row.inherited, field in doubtful))
    return found


def _shown(facts: ItemFacts, field: str) -> str:
    text = shown(facts, field)
    unknown = {
        "audience": facts.to_society is None and facts.to_group is None,
        "mode": facts.is_proactive is None and facts.is_on_request is None,
        "levels": bool(facts.levels) and all(tick is None for tick in facts.levels.values()),
    }
    return str(_("不详")) if not text and unknown.get(field) else text
