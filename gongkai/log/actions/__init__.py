"""Acts of the public log: there is only one, appending."""

from gongkai.log.actions.append import append

__all__ = ["append"]
