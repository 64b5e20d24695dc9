"""Finished pages kept in front of Django, dropped at once when what they show has changed."""
