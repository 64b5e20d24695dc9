"""Divisions and bodies."""
