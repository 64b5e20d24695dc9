"""The texts of this app's refusals."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

TEXTS: Final[dict[str, str]] = {
    "footprints.not_a_subject": gettext_noop("“%(subject)s”不是可以统计的对象"),
    "footprints.not_a_count": gettext_noop("“%(subject)s”的次数必须大于零"),
}
