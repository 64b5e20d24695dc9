"""The printed sheet of a record, from what is kept or newly typeset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.base.errors import Refused
from gongkai.disclosures.models import Disclosure
from gongkai.sheets import store
from gongkai.sheets.composing import sheet_of_record
from gongkai.sheets.document import as_json
from gongkai.sheets.typeset import has_fonts, typeset

__all__ = ["PrintedSheet", "can_print", "printed_sheet"]


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A PDF and the digest of what stands on it."""

    content: bytes
    fingerprint: str


def can_print() -> bool:
    """Whether this machine has what a sheet needs; pages link to sheets only then."""
    return has_fonts()


def printed_sheet(
    disclosure: Disclosure, *, language: str, convert: Callable[[str], str] | None = None
) -> PrintedSheet:
    """The sheet of the present version in the active language and, by ``convert``, its script.

    Raises: ``Refused('disclosures.not_public')``; ``typeset.NotTypeset``.
    """
    if not disclosure.is_public:
        raise Refused("disclosures.not_public", record=disclosure.code)
    sheet = as_json(sheet_of_record(disclosure, language=language), convert=convert)
    name = store.fingerprint(sheet)
    content = store.kept(disclosure.code, language=language, name=name)
    if content is None:
        content = typeset(sheet)
        store.keep(disclosure.code, language=language, name=name, content=content)
        if not Disclosure.objects.public().filter(pk=disclosure.pk).exists():
            store.erase(disclosure.code)  # withdrawn while it was being set
    return PrintedSheet(content, name)
