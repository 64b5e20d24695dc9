"""From placed cells to catalogue rows: parsing, inheritance, ticks, questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.readings.fields.folding import clean
from gongkai.readings.fields.numbers import parse_row_number
from gongkai.readings.fields.pointers import is_same_as_above
from gongkai.readings.reading import (
    Audience,
    Basis,
    Channel,
    Deadline,
    Mode,
    Question,
    ReadRow,
)
from gongkai.readings.repair.damage import untrusted_because
from gongkai.readings.tables import cells as cellwise
from gongkai.readings.tables.columns import Column
from gongkai.readings.tables.evidence import is_tick, is_tick_field
from gongkai.readings.tables.placing import Placement
from gongkai.readings.tables.tokens import Ledger, SourceRow, Token

_HEADER_WORD = re.compile(r"公开(?:内容|依据|时限|主体|渠道|对象|方式|层级)")
TEXT_LEVELS = ("level1", "level2", "level3")
LISTS = ("contents", "basis", "deadlines", "bodies", "channels")
PENALTY = "行政处罚"
"""Such items mean working days where they say days (Administrative Penalty Law art. 85)."""

TICK_GROUPS = {
    "society": "audience", "group": "audience", "proactive": "mode", "on_request": "mode",
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A row while it is read; values by column key."""

    where: str
    values: dict[str, Any] = field(default_factory=dict)
    ticks: dict[str, bool | None] = field(default_factory=dict)
    blanks: set[str] = field(default_factory=set)  # √ columns whose blank is in a certain place
    audience_text: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    inherited: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)

    def ask(self, field_name: str, raw: str, why: str, where: str) -> None:
        """One more thing that could not be settled."""
        self.questions.append(Question(field_name, raw, why, where or self.where))


class RowReader:
    """Reads the rows of one table in order; knows the row before for merges and pointers."""

    def __init__(self, columns: Sequence[Column], ledger: Ledger, *, default_tick: bool) -> None:
        self.columns = columns
        self.ledger = ledger
        self.default_tick = default_tick
        self.drafts: list[Draft] = []
        self.filled: set[str] = set()  # fields that some row so far has

    def add(self, row: SourceRow, placement: Placement) -> bool:
        """One more row of the table; False where it says nothing but its number."""
        draft = Draft(row.where)
        for index, column in enumerate(self.columns):
            tokens = placement.cells.get(index, ())
            if tokens:
                self._cell(draft, column, tokens)
            elif is_tick_field(column.key) and index in placement.exact_ticks:
                draft.blanks.add(column.key)
        self._ask_unsure(draft, placement)
        if self._is_empty(draft):
            return False
        self._inherit(draft, placement)
        self.drafts.append(draft)
        return True

    def ask_fragment(self, tokens: Sequence[Token]) -> None:
        """Pieces of a row that may belong to the row before, kept with a question there."""
        raw = "\n".join(token.text for token in tokens)
        self.drafts[-1].ask("row", raw, "fragment_of_row", tokens[0].where)
        self.ledger.question(*tokens)

    def _is_empty(self, draft: Draft) -> bool:
        """Only a number: an empty numbered row says nothing and is no catalogue row."""
        return not (set(draft.values) - {"number"} or draft.ticks or draft.extra or draft.questions)

    # --- one cell -----------------------------------------------------------------------------

    def _cell(self, draft: Draft, column: Column, tokens: Sequence[Token]) -> None:
        text = "\n".join(token.text for token in tokens)
        where = tokens[0].where
        covered = bool(tokens[0].covered)
        draft.tokens.extend(tokens)
        n_before = len(draft.questions)
        if covered:
            self._covered(draft, column)
        elif is_tick_field(column.key):
            self._tick(draft, column, text, where)
        elif column.key.startswith("extra:"):
            draft.extra[column.key.removeprefix("extra:")] = text
            if len(_HEADER_WORD.findall(column.label)) > 1:
                draft.ask("row", text, "cell_borders_lost", where)
        elif is_same_as_above(text):
            self._pointer(draft, column, text, where)
        elif why := untrusted_because(text):
            self._untrusted(draft, column.key, text, why, where)
        else:
            self._value(draft, column, tokens)
        if covered:
            return
        settle = self.ledger.question if len(draft.questions) > n_before else self.ledger.understand
        settle(*tokens)

    def _covered(self, draft: Draft, column: Column) -> None:
        """A merged cell that began in a row above: the same value, marked as inherited."""
        if not self.drafts:
            return
        above = self.drafts[-1]
        key = column.key
        if is_tick_field(key):
            if key in above.ticks:
                draft.ticks[key] = above.ticks[key]
                draft.audience_text = draft.audience_text or above.audience_text
                draft.inherited.append(TICK_GROUPS.get(key, "levels"))
        elif key.startswith("extra:"):
            name = key.removeprefix("extra:")
            if name in above.extra:
                draft.extra[name] = above.extra[name]
                draft.inherited.append(key)
        elif key in above.values:
            draft.values[key] = above.values[key]
            draft.inherited.append(key)

    def _untrusted(self, draft: Draft, key: str, text: str, why: str, where: str) -> None:
        """A damaged cell says nothing: its words are kept in a question, its limit as unknown."""
        draft.ask("level1" if key == "items" else key, text, why, where)
        if key == "deadlines":
            draft.values[key] = (Deadline("unknown", raw=text),)

    def _pointer(self, draft: Draft, column: Column, text: str, where: str) -> None:
        """同上: the value of the row above in the same table, if that row has one."""
        above = self.drafts[-1] if self.drafts else None
        if above is not None and column.key in above.values:
            draft.values[column.key] = above.values[column.key]
            draft.inherited.append(column.key)
        else:
            draft.ask(column.key, text, "pointer_without_target", where)

    def _tick(self, draft: Draft, column: Column, text: str, where: str) -> None:
        found = cellwise.tick(column.key, text)
        if found.why:
            group = TICK_GROUPS.get(column.key, "levels")
            draft.ask(group, text, found.why, where)
        draft.ticks[column.key] = found.ticked
        if found.text:
            draft.audience_text = found.text
        for level in found.levels:
            draft.ticks[f"level:{level}"] = True

    def _value(self, draft: Draft, column: Column, tokens: Sequence[Token]) -> None:
        text, where = "\n".join(token.text for token in tokens), tokens[0].where
        key = column.key
        if key == "number":
            number = parse_row_number(text)
            if number.number is None:
                draft.ask("number", text, "number_not_understood", where)
            draft.values[key] = number.number
            return
        if key in TEXT_LEVELS:
            draft.values[key] = clean(text)
            return
        if key == "items":
            parts = [clean(part) for part in text.split("/")]
            if len(parts) == 2 and all(parts):
                draft.values["level1"], draft.values["level2"] = parts
            else:
                draft.ask("level1", text, "items_not_separable", where)
            return
        if key in {"audience", "mode", "levels"}:
            self._joint(draft, key, text, where)
            return
        items = f"{draft.values.get('level1') or ''}{draft.values.get('level2') or ''}"
        context = PENALTY if key == "deadlines" and PENALTY in items else ""
        value, questions = cellwise.value(key, text, context)
        if key == "contents" and len(tokens) > 1:
            value = tuple(x for token in tokens for x in cellwise.value(key, token.text)[0])
        if key == "channels" and not self.default_tick:
            plain = cellwise.without_default_ticks(text, value)
            if plain != value:
                draft.ask(key, text, "channel_tick_unknown", where)
            value = plain
        draft.values[key] = value
        draft.questions.extend(replace(q, where=where) for q in questions)

    def _joint(self, draft: Draft, key: str, text: str, where: str) -> None:
        """公开对象, 公开方式 or 公开层级 in one column: words instead of ticks."""
        found = cellwise.joint(key, text)
        draft.ticks.update(found.ticks)
        draft.audience_text = found.text or draft.audience_text
        if found.why:
            draft.ask(key, text, found.why, where)

    # --- what is missing ----------------------------------------------------------------------

    def _ask_unsure(self, draft: Draft, placement: Placement) -> None:
        for token in placement.unsure:
            why = "cell_borders_lost" if token.loose else "column_unknown"
            draft.ask("row", token.text, why, token.where)
        if placement.unsure_ticks:
            marks = " ".join(token.text for token in placement.unsure_ticks)
            first = placement.unsure_ticks[0].where
            draft.ask("ticks", marks, "tick_column_unknown", first)
        self.ledger.question(*placement.unsure, *placement.unsure_ticks, *placement.loose)
        draft.tokens.extend((*placement.unsure, *placement.unsure_ticks))

    def _inherit(self, draft: Draft, placement: Placement) -> None:
        """Level 1 and level 2 run on where their cell is blank; other blanks are asked about."""
        keys = [column.key for column in self.columns]
        above = self.drafts[-1] if self.drafts else None
        for index in sorted(placement.merged):
            if keys[index] != "number":
                self._covered(draft, self.columns[index])
        doubtful = self._may_hide_level(draft, placement)
        own1 = draft.values.get("level1")
        if above is not None and "level1" in keys and own1 is None and not doubtful:
            if self._repeats_level1():
                draft.ask("level1", "", "blank_or_merged", draft.where)
            else:
                self._take(draft, above, "level1")
        runs_on = "level1" not in keys or "level1" in draft.inherited
        has_more = draft.values.get("level3") or draft.values.get("contents")
        blank2 = "level2" in keys and "level2" not in draft.values
        blank2 = blank2 and bool(runs_on and has_more and draft.inherited and not doubtful)
        if above is not None and blank2:
            self._take(draft, above, "level2")
        for key in LISTS:
            if key in keys and key not in draft.values and above is not None:
                asked = any(q.field == key for q in draft.questions)
                if not asked and not doubtful and key in self.filled:
                    draft.ask(key, "", "blank_or_merged", draft.where)

        self.filled.update(key for key in LISTS if draft.values.get(key))

    def _repeats_level1(self) -> bool:
        """Whether the last two rows both write the same level 1 out: a blank then is no merge."""
        last = self.drafts[-2:]
        own = [d.values.get("level1") for d in last if "level1" not in d.inherited]
        return len(own) == 2 and own[0] == own[1]

    def _may_hide_level(self, draft: Draft, placement: Placement) -> bool:
        """Whether a cell of no certain column may be the level 1 or level 2 item of the row."""
        later = [
            token.index
            for column, tokens in placement.cells.items()
            for token in tokens
            if self.columns[column].key in {"contents", "basis", "deadlines"} and not token.covered
        ]
        first = min(later, default=1 << 60)
        return any(t.loose or (not is_tick(t.text) and t.index < first) for t in placement.unsure)

    def _take(self, draft: Draft, above: Draft, key: str) -> None:
        value = above.values.get(key)
        if value:
            draft.values[key] = value
            draft.inherited.append(key)

    # --- the finished rows --------------------------------------------------------------------

    def rows(self) -> tuple[ReadRow, ...]:
        """All rows, with blank √ columns decided by what the table shows elsewhere."""
        shown = {key for draft in self.drafts for key, tick in draft.ticks.items() if tick}
        return tuple(self._finished(draft, shown) for draft in self.drafts)

    def _finished(self, draft: Draft, shown: set[str]) -> ReadRow:
        ticks = dict(draft.ticks)
        for key in draft.blanks:
            if key not in ticks and (key in shown or self._sibling_ticked(ticks, key)):
                ticks[key] = False
        levels: dict[str, bool | None] = {
            column.key.removeprefix("level:"): ticks.get(column.key)
            for column in self.columns
            if column.key.startswith("level:")
        }
        levels.update(
            {k.removeprefix("level:"): v for k, v in ticks.items() if k.startswith("level:")}
        )
        basis: tuple[Basis, ...] = draft.values.get("basis") or ()
        deadlines: tuple[Deadline, ...] = draft.values.get("deadlines") or ()
        channels: tuple[Channel, ...] = draft.values.get("channels") or ()
        return ReadRow(
            number=draft.values.get("number"),
            level1=draft.values.get("level1"),
            level2=draft.values.get("level2"),
            level3=draft.values.get("level3"),
            contents=draft.values.get("contents") or (),
            basis=basis,
            deadlines=deadlines,
            bodies=draft.values.get("bodies") or (),
            channels=channels,
            audience=Audience(ticks.get("society"), ticks.get("group"), draft.audience_text),
            mode=Mode(ticks.get("proactive"), ticks.get("on_request")),
            levels=levels,
            extra=dict(draft.extra),
            inherited=tuple(dict.fromkeys(draft.inherited)),
            questions=tuple(draft.questions),
            where=draft.where,
        )

    def _sibling_ticked(self, ticks: dict[str, bool | None], key: str) -> bool:
        group = TICK_GROUPS.get(key, "levels")
        return any(tick and TICK_GROUPS.get(k, "levels") == group for k, tick in ticks.items())
