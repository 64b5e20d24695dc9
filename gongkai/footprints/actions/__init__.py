"""Acts of view counts."""

from gongkai.footprints.actions.count_view import count_view, count_views

__all__ = ["count_view", "count_views"]
