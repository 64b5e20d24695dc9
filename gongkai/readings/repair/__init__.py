"""Repair of source text: only what is certain and lossless in meaning; damage is reported.

``repaired_document`` is what the importer calls after a file was read: it mends every cell and
tells what it did and what is damaged. The parsers use the single functions for comparing.
"""

from __future__ import annotations

from gongkai.readings.repair.comparing import folded, half_width
from gongkai.readings.repair.damage import FLAG, REFUSE, Damage, damage_of_cells, detect_damage
from gongkai.readings.repair.documents import (
    Repaired,
    RepairedDocument,
    repaired,
    repaired_document,
)
from gongkai.readings.repair.gloss import without_gloss
from gongkai.readings.repair.script import is_traditional, simplified
from gongkai.readings.repair.spacing import rejoined, without_inner_spaces, without_torn_spaces

__all__ = [
    "FLAG",
    "REFUSE",
    "Damage",
    "Repaired",
    "RepairedDocument",
    "damage_of_cells",
    "detect_damage",
    "folded",
    "half_width",
    "is_traditional",
    "rejoined",
    "repaired",
    "repaired_document",
    "simplified",
    "without_gloss",
    "without_inner_spaces",
    "without_torn_spaces",
]
