"""Duties, deadlines and evidence."""
