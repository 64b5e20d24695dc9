"""Cells of the tick columns (全社会, 主动, 县级 …): a tick, none, or words in its place."""

from __future__ import annotations

from gongkai.readings.fields.folding import clean, folded

TICKED = frozenset("√✓✔☑☒■●▲▄◆★⬛◼▪🗹✅vV是有\uf052\uf050\uf0fe\uf06e\uf0fc\uf0a7") - set("vV")
EMPTY = frozenset("×✗✘☐□○◯▢◻⬜❑❏❌否无囗\uf0a3\uf0a8\uf06f\uf0d0\uf0fb")
TICKED_LETTERS = frozenset("RPtnþü")
EMPTY_LETTERS = frozenset("o£¨口")
_BLANK_MARKS = frozenset("-—–―/\\_.·")
_UNCERTAIN = frozenset("?*vVJjYyXx")


def _mark(text: str) -> bool | None:
    """What one mark says; None where it is no mark of either kind."""
    if text in TICKED or text in TICKED_LETTERS:
        return True
    if text in EMPTY or text in EMPTY_LETTERS:
        return False
    return None


def parse_tick(raw: str) -> bool | str | None:
    """True for a tick, False for none, the words where words stand, None where nobody can tell.

    An empty cell is False: whether emptiness can be believed is known only beside its neighbours.
    """
    text = folded(raw).strip("()[]")
    if not text or set(text) <= _BLANK_MARKS:
        return False
    verdicts = {_mark(mark) for mark in text}
    if None not in verdicts:
        if len(verdicts) == 1:
            return verdicts.pop()
        return True if text in {"□√", "□✓", "□✔", "☐√"} else None
    if all(_mark(mark) is not None or mark in _UNCERTAIN for mark in text):
        return None
    return clean(raw)


def split_tick(raw: str) -> tuple[bool | None, str]:
    """The tick and the words that stand with it. Example: "√ 本村村民" → (True, "本村村民")."""
    whole = parse_tick(raw)
    if not isinstance(whole, str):
        return whole, ""
    head = _mark(whole[0])
    if whole[0] in TICKED | EMPTY and len(whole) > 1 and whole[0] not in "是有否无":
        return head, clean(whole[1:])
    return None, whole


def render_tick(tick: bool | None) -> str:
    """The canonical mark: √, nothing, or ? for not known."""
    return {True: "√", False: "", None: "?"}[tick]
