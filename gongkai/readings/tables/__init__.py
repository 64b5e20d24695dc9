"""Interpreting tables: which column a source cell belongs to and what the rows say. No Django."""
